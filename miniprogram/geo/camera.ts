/** Where the map looks, as its properties say it: GCJ-02. */
import type { Area } from '../api/areas'
import { toGcj02, toWgs84 } from './gcj02'
import { project, type Size, scaleToFit, viewAround } from './screen'
import { latOfWorldY, worldY } from './tile'

export interface Camera {
  longitude: number
  latitude: number
  scale: number
}

/** The whole country, for when nothing else is known. */
export const CHINA: Camera = { longitude: 104.2, latitude: 35.9, scale: 4 }

const KEY = 'map-view'

/** Nothing but ground would be seen from farther off. */
export const MIN_SCALE = 3

/** Nearer than this a plate leaves out the organisations that are drawn beside it; a whole area shows whole counts. */
const WHOLE_AREA_SCALE = 11.9

/** Half a plate, and what the lines below the map may still take of its height when they come, px. */
const UNDER_A_PLATE = 44
/** Of the map's height: farther, and its middle, of which the strip speaks, might lie in another area. */
const MOST_UP = 1 / 8

/**
 * The whole of an area; nearer than that where `leastScale` asks for its children, and then around its label.
 */
export function cameraOn(
  { bbox, label_point }: Area,
  size: Size,
  maxScale: number,
  leastScale = MIN_SCALE
): Camera | null {
  if (!bbox) return label_point ? around(label_point, Math.max(10, leastScale)) : null
  const [west, south] = toGcj02(bbox[0], bbox[1])
  const [east, north] = toGcj02(bbox[2], bbox[3])
  const scale = scaleToFit({ west, south, east, north }, size, Math.min(maxScale, WHOLE_AREA_SCALE))
  if (scale < leastScale && label_point) return around(label_point, leastScale)
  return { longitude: (west + east) / 2, latitude: (south + north) / 2, scale: Math.max(scale, leastScale) }
}

function around([lon, lat]: [number, number], scale: number): Camera {
  const [longitude, latitude] = toGcj02(lon, lat)
  return { longitude, latitude, scale }
}

/**
 * The same view a little higher, where what lies over the map's lower edge would hide the area's plate.
 *
 * Args:
 *   below: Height of what lies there, px.
 */
export function clearOf(camera: Camera, [lon, lat]: [number, number], size: Size, below: number): Camera {
  const view = viewAround(camera, size)
  const lowest = size.height - below - UNDER_A_PLATE
  const up = Math.min(project(view, ...toGcj02(lon, lat)).y - lowest, size.height * MOST_UP)
  if (up <= 0) return camera
  const { north, south } = view.region
  const aPixel = (worldY(south) - worldY(north)) / size.height
  return { ...camera, latitude: latOfWorldY(worldY(camera.latitude) + up * aPixel) }
}

/** The map ignores a property equal to the last one given, wherever the reader has moved it since: 1e-7 is a centimetre. */
export function differently(next: Camera, given: Camera): Camera {
  const isSame = next.longitude === given.longitude && next.latitude === given.latitude && next.scale === given.scale
  return isSame ? { ...next, longitude: next.longitude + 1e-7, scale: next.scale + 1e-4 } : next
}

/** A camera inside an address: longitude, latitude and scale, WGS 84 as everywhere outside the map; to a metre. */
export function cameraToAddress({ longitude, latitude, scale }: Camera): string {
  const [lon, lat] = toWgs84(longitude, latitude)
  return `${lon.toFixed(5)},${lat.toFixed(5)},${scale.toFixed(2)}`
}

/** Null for what is no place on the map, whoever wrote it. */
export function cameraFromAddress(text: string | undefined, maxScale: number): Camera | null {
  const found = /^(-?[\d.]+)(?:,|%2C)(-?[\d.]+)(?:,|%2C)([\d.]+)$/i.exec(text ?? '')
  const [lon = 0, lat = 0, scale = 0] = (found ?? []).slice(1).map(Number)
  const isPlace = Math.abs(lon) <= 180 && Math.abs(lat) <= 85 && scale >= MIN_SCALE && scale <= maxScale
  if (!isPlace) return null
  const [longitude, latitude] = toGcj02(lon, lat)
  return { longitude, latitude, scale }
}

/** Where one left off, on this phone only. */
export function rememberCamera(camera: Camera): void {
  wx.setStorage({ key: KEY, data: camera, fail: () => {} })
}

export function recallCamera(): Camera | null {
  const stored = wx.getStorageSync(KEY) as Partial<Camera> | ''
  if (!stored || typeof stored.longitude !== 'number' || typeof stored.latitude !== 'number') return null
  return { longitude: stored.longitude, latitude: stored.latitude, scale: stored.scale ?? CHINA.scale }
}
