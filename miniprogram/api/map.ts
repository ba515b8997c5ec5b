import type { TileAddress } from '../geo/tile'
import type { Counts, Level } from './areas'
import type { Kind } from './entities'
import { type Filter, toFilterQuery } from './filter'
import { getTagged, type Pending, type Tagged } from './http'

export interface AreaProperties {
  class: 'area'
  code: string
  name: string
  name_en?: string | null
  level: Level
  /** From z 12 only those who stand in the area rather than at a point. */
  counts: Counts
}

export interface ClusterProperties {
  class: 'cluster'
  count: number
  counts: Counts
  /** Null where the organisations share one point, so that no zoom parts them. */
  expansion_zoom: number | null
}

export interface EntityProperties {
  class: 'entity'
  id: string
  kind: Exclude<Kind, 'person'>
  name: string
  listings: number
  notice: boolean
  source: 'demo' | 'court'
}

export interface MapFeature<P = AreaProperties | ClusterProperties | EntityProperties> {
  type: 'Feature'
  /** GCJ-02. */
  geometry: { type: 'Point'; coordinates: [number, number] }
  properties: P
}

export interface MapTile {
  type: 'FeatureCollection'
  features: MapFeature[]
}

/** The tile's address is WGS 84 whatever the datum of its answer; `etag` is that of the tile held, or empty. */
export function getTile({ z, x, y }: TileAddress, filter: Filter, etag: string): Pending<Tagged<MapTile>> {
  return getTagged(`/v1/map/${z}/${x}/${y}.json`, { crs: 'gcj02', ...toFilterQuery(filter) }, etag)
}
