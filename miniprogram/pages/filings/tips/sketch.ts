/**
 * A county's outline to be tapped, drawn from what is in memory: no map service hears which place is looked at.
 *
 * WeChat's own map would ask its maker for the streets of every place that it shows.
 */
import type { Outline } from '../../../api/areas'
import { toGcj02, toWgs84 } from '../../../geo/gcj02'
import { isInside, regionOf, ringsOf } from '../../../geo/outline'
import { type Point, project, type Size, type View } from '../../../geo/screen'
import { worldX, worldY } from '../../../geo/tile'

/** Of the sketch, left free around the outline. */
const MARGIN = 0.06
const EARTH_KM = 40075
const SCALES_KM = [1, 2, 5, 10, 20, 50, 100, 200]

export interface Sketch {
  outline: Outline
  view: View
}

/** WGS 84, three decimals: a hundred metres, finer than a finger. */
export interface Position {
  lon: string
  lat: string
}

function latOf(world: number): number {
  return (Math.atan(Math.sinh(Math.PI * (1 - 2 * world))) * 180) / Math.PI
}

/** The outline in the middle of a picture of this size, undistorted. */
export function sketchOf(outline: Outline, size: Size): Sketch {
  const { west, south, east, north } = regionOf(outline)
  const [left, right, top, bottom] = [worldX(west), worldX(east), worldY(north), worldY(south)]
  const room = 1 - 2 * MARGIN
  const worldPerPixel = Math.max((right - left) / size.width, (bottom - top) / size.height) / room
  const [x, y] = [(left + right) / 2, (top + bottom) / 2]
  const [halfWidth, halfHeight] = [(worldPerPixel * size.width) / 2, (worldPerPixel * size.height) / 2]
  const region = {
    west: (x - halfWidth) * 360 - 180,
    east: (x + halfWidth) * 360 - 180,
    north: latOf(y - halfHeight),
    south: latOf(y + halfHeight)
  }
  return { outline, view: { region, size, scale: 0 } }
}

/** Where a tap lies, in pixels of the sketch; null outside the outline. */
export function positionAt({ outline, view }: Sketch, point: Point): Position | null {
  const { region, size } = view
  const gcjLon = region.west + ((region.east - region.west) * point.x) / size.width
  const [top, bottom] = [worldY(region.north), worldY(region.south)]
  const gcjLat = latOf(top + ((bottom - top) * point.y) / size.height)
  if (!isInside(outline, gcjLon, gcjLat)) return null
  const [lon, lat] = toWgs84(gcjLon, gcjLat)
  return { lon: lon.toFixed(3), lat: lat.toFixed(3) }
}

/** Where a position lies in the sketch, in pixels. */
export function pointOf({ view }: Sketch, { lon, lat }: Position): Point {
  return project(view, ...toGcj02(Number(lon), Number(lat)))
}

/** Lines of the outline in pixels, holes included. */
export function linesOf({ outline, view }: Sketch): Point[][] {
  const rings = ringsOf(outline).flat()
  return rings.map((ring) => ring.map(([lon, lat]) => project(view, lon, lat)))
}

export interface ScaleBar {
  km: number
  pixels: number
}

/** The longest round length that takes no more than a third of the width. */
export function scaleBarOf({ view: { region, size } }: Sketch): ScaleBar {
  const middle = ((region.north + region.south) / 2 / 180) * Math.PI
  const kmPerPixel = ((worldX(region.east) - worldX(region.west)) * EARTH_KM * Math.cos(middle)) / size.width
  const fits = SCALES_KM.filter((km) => km / kmPerPixel <= size.width / 3)
  const km = fits[fits.length - 1] ?? SCALES_KM[0]
  return { km, pixels: km / kmPerPixel }
}
