/** Outlines of areas: is a point inside, and what does the map draw. Positions are GCJ-02 `lon, lat`. */
import type { Outline } from '../api/areas'
import type { Region } from './tile'

export type Ring = readonly (readonly [number, number])[]

/** What WeChat's map draws; it knows no holes. */
export interface MapPolygon {
  points: { longitude: number; latitude: number }[]
  strokeWidth: number
  strokeColor: string
  fillColor: string
}

/** Behind a colour: a line to see, and a tint that lets streets through. */
const STROKE = 'cc'
const FILL = '1f'

export function ringsOf({ geometry }: Outline): Ring[][] {
  return geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
}

function isInRing(ring: Ring, lon: number, lat: number): boolean {
  let inside = false
  for (let index = 0, previous = ring.length - 1; index < ring.length; previous = index, index += 1) {
    const [x1, y1] = ring[index] ?? [0, 0]
    const [x2, y2] = ring[previous] ?? [0, 0]
    if (y1 > lat !== y2 > lat && lon < ((x2 - x1) * (lat - y1)) / (y2 - y1) + x1) inside = !inside
  }
  return inside
}

/** Holes count: an enclave inside an area is not that area. */
export function isInside(outline: Outline, lon: number, lat: number): boolean {
  return ringsOf(outline).some(([outer, ...holes]) => {
    return outer !== undefined && isInRing(outer, lon, lat) && !holes.some((hole) => isInRing(hole, lon, lat))
  })
}

export function regionOf(outline: Outline): Region {
  const region = { west: 180, south: 90, east: -180, north: -90 }
  for (const [outer] of ringsOf(outline)) {
    for (const [lon, lat] of outer ?? []) {
      region.west = Math.min(region.west, lon)
      region.east = Math.max(region.east, lon)
      region.south = Math.min(region.south, lat)
      region.north = Math.max(region.north, lat)
    }
  }
  return region
}

function distanceToSegment(
  point: readonly [number, number],
  from: readonly [number, number],
  to: readonly [number, number]
): number {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]]
  const length = dx * dx + dy * dy
  const along = length === 0 ? 0 : ((point[0] - from[0]) * dx + (point[1] - from[1]) * dy) / length
  const clamped = Math.max(0, Math.min(1, along))
  return Math.hypot(point[0] - from[0] - clamped * dx, point[1] - from[1] - clamped * dy)
}

/** Douglas and Peucker's simplification; `tolerance` in degrees. */
export function simplify(ring: Ring, tolerance: number): Ring {
  if (ring.length < 3 || tolerance === 0) return ring
  const [first, last] = [ring[0], ring[ring.length - 1]]
  if (!first || !last) return ring
  let [farthest, distance] = [0, 0]
  for (let index = 1; index < ring.length - 1; index += 1) {
    const away = distanceToSegment(ring[index] ?? first, first, last)
    if (away > distance) [farthest, distance] = [index, away]
  }
  if (distance <= tolerance) return [first, last]
  const head = simplify(ring.slice(0, farthest + 1), tolerance)
  return [...head.slice(0, -1), ...simplify(ring.slice(farthest), tolerance)]
}

/** More than a desktop screen of counties as they are served, whose shared edges fit: only beyond that they are simplified. */
const MAX_POINTS = 3000
/** Coarser and coarser, in pixels, until all outlines together fit. */
const TOLERANCES = [0, 1, 2, 4, 8]
/** An island smaller than this, in pixels, is a speck. */
const SPECK = 3

function toPolygon(ring: Ring, colour: string): MapPolygon {
  const points = ring.map(([lon, lat]) => ({ longitude: round(lon), latitude: round(lat) }))
  return { points, strokeWidth: 1.5, strokeColor: colour + STROKE, fillColor: colour + FILL }
}

/** Five decimals are a metre. */
function round(degrees: number): number {
  return Math.round(degrees * 1e5) / 1e5
}

function isSpeck(ring: Ring, degreesPerPixel: number): boolean {
  const lons = ring.map(([lon]) => lon)
  const lats = ring.map(([, lat]) => lat)
  const extent = Math.max(Math.max(...lons) - Math.min(...lons), Math.max(...lats) - Math.min(...lats))
  return extent < SPECK * degreesPerPixel
}

/** The first rings as far as the points go. */
function withinBudget(rings: readonly Ring[]): Ring[] {
  let points = 0
  return rings.filter((ring) => {
    points += ring.length
    return points <= MAX_POINTS
  })
}

/** `colour` as `#rrggbb`. */
export function drawOutlines(outlines: readonly Outline[], degreesPerPixel: number, colour: string): MapPolygon[] {
  const outers = outlines
    .flatMap((outline) => ringsOf(outline).map(([outer]) => outer ?? []))
    .filter((ring) => !isSpeck(ring, degreesPerPixel))
  let rings: Ring[] = []
  for (const tolerance of TOLERANCES) {
    rings = outers.map((ring) => simplify(ring, tolerance * degreesPerPixel)).filter((ring) => ring.length >= 4)
    if (rings.reduce((points, ring) => points + ring.length, 0) <= MAX_POINTS) break
  }
  return withinBudget(rings).map((ring) => toPolygon(ring, colour))
}
