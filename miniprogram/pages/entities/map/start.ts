/** Where the map opens: where one was sent, else where one left off, else the operator's home area. */
import { keepInAddress } from '../../../api/address'
import { type Area, getArea } from '../../../api/areas'
import { type Filter, toAddress } from '../../../api/filter'
import type { Failure } from '../../../api/http'
import {
  type Camera,
  CHINA,
  cameraOn,
  cameraToAddress,
  clearOf,
  recallCamera,
  rememberCamera
} from '../../../geo/camera'
import { sizeOf } from '../../../geo/look'
import { type CentredView, viewAround } from '../../../geo/screen'

/** The buttons over the map's lower edge. */
const OVER_MAP = '.over-bottom'

export interface Start {
  camera: Camera
  /** Why the map opens on the whole country instead. */
  failure: Failure | null
}

/**
 * Args:
 *   sentTo: An area somebody chose elsewhere, or the view of an address.
 *   homeOf: Asked only where nothing else says where to look; its answer takes a moment.
 *   selector: The box that the map will fill.
 */
export async function findStart(
  sentTo: string | Camera | null,
  homeOf: () => Promise<string | null>,
  selector: string,
  maxScale: number
): Promise<Start> {
  const left = sentTo ?? recallCamera()
  if (left !== null && typeof left !== 'string') return { camera: left, failure: null }
  const code = left ?? (await homeOf())
  if (!code) return { camera: CHINA, failure: null }
  const area = await getArea(code).result
  if (sentTo !== null && !area.ok && area.failure.kind === 'gone')
    return { ...(await findStart(null, homeOf, selector, maxScale)), failure: { kind: 'invalid' } }
  if (!area.ok) return { camera: CHINA, failure: area.failure }
  return { camera: (await cameraOnScreen(area.value, selector, maxScale)) ?? CHINA, failure: null }
}

/** What the map will show once it is there, so that tiles come while its library still loads. */
export async function viewAhead(camera: Camera, selector: string): Promise<CentredView | null> {
  const size = await sizeOf(selector)
  return size && viewAround(camera, size)
}

/** The whole area on the box's present size; null while the box is not laid out. */
export async function cameraOnScreen(
  area: Area,
  selector: string,
  maxScale: number,
  leastScale?: number
): Promise<Camera | null> {
  const [size, over] = await Promise.all([sizeOf(selector), sizeOf(OVER_MAP)])
  const camera = size && cameraOn(area, size, maxScale, leastScale)
  if (!camera || !over || !area.label_point) return camera
  return clearOf(camera, area.label_point, size, over.height)
}

/** Where the reader has come to rest: for the next visit, and for a reload or whoever is sent the address. */
export function leaveOff(camera: Camera, filter: Filter): void {
  rememberCamera(camera)
  keepInAddress('pages/entities/map/index', `view=${cameraToAddress(camera)}${toAddress(filter)}`)
}
