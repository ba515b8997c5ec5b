/** From the map's coordinates to pixels of the screen, and back. */
import { latOfWorldY, type Region, worldX, worldY } from './tile'

export interface Size {
  width: number
  height: number
}

export interface View {
  region: Region
  size: Size
  scale: number
}

/** A view with its middle, `lon, lat`: not the mean of the region's edges, neither in latitude nor in GCJ-02. */
export interface CentredView extends View {
  centre: [number, number]
}

export interface Point {
  x: number
  y: number
}

export function project({ region, size }: View, lon: number, lat: number): Point {
  const [left, right] = [worldX(region.west), worldX(region.east)]
  const [top, bottom] = [worldY(region.north), worldY(region.south)]
  return {
    x: ((worldX(lon) - left) / (right - left)) * size.width,
    y: ((worldY(lat) - top) / (bottom - top)) * size.height
  }
}

export function isOnScreen({ size }: View, { x, y }: Point): boolean {
  return x >= 0 && y >= 0 && x <= size.width && y <= size.height
}

/** Room left around an area that is brought into view, so that its outline does not touch the edge. */
const MARGIN = 0.08
/** The pixel size of the whole world at scale 0. */
const WORLD_PIXELS = 256

/** What a camera shows on a screen of `size`. */
export function viewAround(camera: { longitude: number; latitude: number; scale: number }, size: Size): CentredView {
  const { longitude, latitude, scale } = camera
  const world = WORLD_PIXELS * 2 ** scale
  const [x, y] = [worldX(longitude), worldY(latitude)]
  const [across, down] = [size.width / 2 / world, size.height / 2 / world]
  const lonOf = (at: number) => at * 360 - 180
  const region = {
    west: lonOf(x - across),
    south: latOfWorldY(y + down),
    east: lonOf(x + across),
    north: latOfWorldY(y - down)
  }
  return { region, size, scale, centre: [longitude, latitude] }
}

/** The scale at which a region fills the screen. */
export function scaleToFit(region: Region, size: Size, maxScale: number): number {
  const wide = (worldX(region.east) - worldX(region.west)) * WORLD_PIXELS
  const high = (worldY(region.south) - worldY(region.north)) * WORLD_PIXELS
  const room = 1 - 2 * MARGIN
  const scale = Math.min(
    Math.log2((size.width * room) / Math.max(wide, 1e-9)),
    Math.log2((size.height * room) / Math.max(high, 1e-9))
  )
  return Math.max(3, Math.min(maxScale, scale))
}
