import { toGcj02, toWgs84 } from '../../../geo/gcj02'
import type { Point } from './types'

/** MapLibre draws WGS 84; a WeChat map takes and gives GCJ-02. This is the only place where one becomes the other. */
export function toLngLat({ longitude, latitude }: Point): [number, number] {
  return toWgs84(longitude, latitude)
}

export function toPoint({ lng, lat }: { lng: number; lat: number }): Point {
  const [longitude, latitude] = toGcj02(lng, lat)
  return { longitude, latitude }
}
