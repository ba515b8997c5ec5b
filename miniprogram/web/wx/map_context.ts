import type { WxMap } from '../components/map/element'
import type { MapView, Point } from '../components/map/types'
import { currentPage } from '../stack'
import { type WxElement, wxId } from '../wx_node'
import { api } from './api'

interface IncludeOptions {
  points: Point[]
  padding?: number[]
}

/** `createMapContext` names a map of the current page; components pass themselves, but ids are looked up page-wide. */
function findMap(id: string): WxMap {
  const maps = [...(currentPage()?.frame.querySelectorAll<WxMap>('wx-map') ?? [])]
  const map = maps.find((element) => wxId(element as unknown as WxElement) === id)
  if (!map) throw new Error(`no map "${id}" on this page`)
  return map
}

/** The map may still be loading: every call waits for it. */
async function viewOf(map: WxMap): Promise<MapView> {
  const view = await map.view
  if (!view) throw new Error('the map is gone')
  return view
}

export function createMapContext(id: string) {
  let map: WxMap | null = null
  const view = () => {
    map ??= findMap(id)
    return viewOf(map)
  }
  return {
    getRegion: api('getRegion', async () => (await view()).region()),
    getScale: api('getScale', async () => ({ scale: (await view()).camera().scale })),
    getCenterLocation: api('getCenterLocation', async () => {
      const { longitude, latitude } = (await view()).camera()
      return { longitude, latitude }
    }),
    moveToLocation: api('moveToLocation', async ({ longitude, latitude }: Partial<Point>) => {
      if (longitude === undefined || latitude === undefined) throw new Error('no position is shown')
      await (await view()).move({ longitude, latitude }, true)
      return undefined
    }),
    includePoints: api('includePoints', async ({ points, padding = [] }: IncludeOptions) => {
      await (await view()).include(points, padding)
      return undefined
    })
  }
}
