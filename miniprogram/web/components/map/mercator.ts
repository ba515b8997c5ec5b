import type { Camera, Point, Region } from './types'

interface Size {
  width: number
  height: number
}

const TILE_PX = 256

/** Web-mercator place in px of a world that is `TILE_PX * 2 ** scale` wide. The datum does not matter here. */
export function toWorld({ longitude, latitude }: Point, scale: number): { x: number; y: number } {
  const world = TILE_PX * 2 ** scale
  const sine = Math.sin((latitude * Math.PI) / 180)
  return {
    x: ((longitude + 180) / 360) * world,
    y: (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * world
  }
}

export function ofWorld(x: number, y: number, scale: number): Point {
  const world = TILE_PX * 2 ** scale
  const latitude = (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / world))) * 180) / Math.PI
  return { longitude: (x / world) * 360 - 180, latitude }
}

export function regionAround(camera: Camera, { width, height }: Size): Region {
  const { x, y } = toWorld(camera, camera.scale)
  return {
    southwest: ofWorld(x - width / 2, y + height / 2, camera.scale),
    northeast: ofWorld(x + width / 2, y - height / 2, camera.scale)
  }
}

/** The closest camera at a whole scale from which all points are seen. */
export function fit(points: Point[], { width, height }: Size): Camera {
  const places = points.map((point) => toWorld(point, 0))
  const xs = places.map(({ x }) => x)
  const ys = places.map(({ y }) => y)
  const [west, east, north, south] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
  const ratio = Math.min(width / Math.max(east - west, 1e-9), height / Math.max(south - north, 1e-9))
  const scale = Math.floor(Math.log2(ratio))
  return { ...ofWorld((west + east) / 2, (north + south) / 2, 0), scale }
}
