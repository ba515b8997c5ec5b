/** Web-mercator tile mathematics. Longitudes and latitudes are WGS 84 degrees; `world` runs from 0 to 1, north up to south. */
import { toWgs84 } from './gcj02'

export interface TileAddress {
  z: number
  x: number
  y: number
}

/** What the map shows, in the map's own datum (GCJ-02). */
export interface Region {
  west: number
  south: number
  east: number
  north: number
}

export const MIN_ZOOM = 3
export const MAX_ZOOM = 18
/** Beyond this latitude the web-mercator square ends. */
const MAX_LATITUDE = 85.0511287798

export function worldX(lon: number): number {
  return (lon + 180) / 360
}

export function worldY(lat: number): number {
  const clamped = Math.max(-MAX_LATITUDE, Math.min(MAX_LATITUDE, lat))
  const sine = Math.sin((clamped * Math.PI) / 180)
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)
}

export function clampZoom(scale: number): number {
  return Math.max(MIN_ZOOM, Math.min(MAX_ZOOM, Math.floor(scale)))
}

export function tileAt(lon: number, lat: number, z: number): TileAddress {
  const size = 2 ** z
  const clamp = (index: number) => Math.max(0, Math.min(size - 1, index))
  return { z, x: clamp(Math.floor(worldX(lon) * size)), y: clamp(Math.floor(worldY(lat) * size)) }
}

/** The tiles under a GCJ-02 region at zoom `z`, row by row. */
export function tilesUnder(region: Region, z: number): TileAddress[] {
  const first = tileAt(...toWgs84(region.west, region.north), z)
  const last = tileAt(...toWgs84(region.east, region.south), z)
  const tiles: TileAddress[] = []
  for (let y = first.y; y <= last.y; y += 1) {
    for (let x = first.x; x <= last.x; x += 1) tiles.push({ z, x, y })
  }
  return tiles
}

/**
 * A phone needs at most a dozen tiles, a 1280-pixel window up to 24. Above that (very wide screens) the next
 * coarser zoom is read, so that one glance never costs more than this.
 */
const MAX_TILES = 24

export function tilesFor(region: Region, scale: number): TileAddress[] {
  for (let z = clampZoom(scale); ; z -= 1) {
    const tiles = tilesUnder(region, z)
    if (tiles.length <= MAX_TILES || z <= 0) return tiles
  }
}

export function tileKey({ z, x, y }: TileAddress): string {
  return `${z}/${x}/${y}`
}

export function latOfWorldY(y: number): number {
  return (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI
}

/** WGS 84. */
export function regionOfTile({ z, x, y }: TileAddress): Region {
  const size = 2 ** z
  return {
    west: (x / size) * 360 - 180,
    east: ((x + 1) / size) * 360 - 180,
    north: latOfWorldY(y / size),
    south: latOfWorldY((y + 1) / size)
  }
}

/** A tile's circles stand for cells, eight to a side. */
const CELL_LEVELS = 3

/** The cell a circle of a tile at zoom `z` stands for, from the circle's GCJ-02 position; WGS 84. */
export function cellAround(lon: number, lat: number, z: number): Region {
  return regionOfTile(tileAt(...toWgs84(lon, lat), z + CELL_LEVELS))
}
