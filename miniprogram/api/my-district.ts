/** "My district": one rough position, used once, never kept. */

import { messages } from '../i18n/index'
import { type AreaReference, countAll, getArea, getAreaAt } from './areas'
import type { Failure } from './http'
import { isPrivacyRefusal } from './privacy'

export type Located =
  | { kind: 'found'; area: AreaReference }
  | { kind: 'outside'; here: string; home: AreaReference }
  | { kind: 'denied' }
  | { kind: 'privacy' }
  | Failure

type Position = { lon: number; lat: number } | { refused: 'denied' | 'privacy' }

function askPosition(): Promise<Position> {
  return new Promise((resolve) => {
    wx.getFuzzyLocation({
      type: 'gcj02',
      success: ({ longitude, latitude }) => resolve({ lon: longitude, lat: latitude }),
      fail: (error: { errMsg: string; errno?: number }) =>
        resolve({ refused: isPrivacyRefusal(error) ? 'privacy' : 'denied' })
    })
  })
}

/** Nothing is held for the county, and it is not in the area this site serves. */
async function isOutside(area: AreaReference, homeCode: string): Promise<boolean> {
  if (area.code.startsWith(homeCode)) return false
  const held = await getArea(area.code).result
  return held.ok && countAll(held.value.counts) === 0
}

export async function locate(homeCode: string | null): Promise<Located> {
  const position = await askPosition()
  if ('refused' in position) return { kind: position.refused }
  const county = await getAreaAt(position.lon, position.lat).result
  if (!county.ok && county.failure.kind !== 'gone') return county.failure
  if (homeCode === null) return county.ok ? { kind: 'found', area: county.value } : { kind: 'denied' }
  if (county.ok && !(await isOutside(county.value, homeCode))) return { kind: 'found', area: county.value }
  const home = await getArea(homeCode).result
  if (!home.ok) return home.failure
  return { kind: 'outside', here: county.ok ? county.value.name : messages().map.elsewhere, home: home.value }
}
