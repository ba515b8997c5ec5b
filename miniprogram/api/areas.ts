import { language } from '../i18n/index'
import { get, type Pending } from './http'

export type Level = 'province' | 'city' | 'county'

/** Entities with a current listing, never listings. */
export interface Counts {
  person: number
  company: number
  organisation: number
}

export interface AreaReference {
  code: string
  name: string
  /** Made of pinyin; null for a name that does not read. */
  name_en?: string | null
}

export interface AreaItem extends AreaReference {
  level: Level
  parent: string | null
}

/** `west, south, east, north`, WGS 84. */
export type BBox = [number, number, number, number]

export interface Area extends AreaItem {
  /** WGS 84. */
  label_point: [number, number] | null
  bbox: BBox | null
  counts: Counts
  /** How the people, and only they, came to be counted here. */
  placed_by: { county: number; court_area: number }
  recent: { days: number; added: number; removed: number }
  as_of: string | null
}

export interface Outline {
  type: 'Feature'
  geometry:
    | { type: 'Polygon'; coordinates: [number, number][][] }
    | { type: 'MultiPolygon'; coordinates: [number, number][][][] }
}

/** Pages show one name: the English one to whoever reads English, where there is one. */
export function named<T extends AreaReference>(area: T): T {
  return language() === 'en' && area.name_en ? { ...area, name: area.name_en } : area
}

function listNamed(query: { parent?: string; q?: string }): Pending<AreaItem[]> {
  return get('/v1/areas', query, (areas) => (areas as AreaItem[]).map(named))
}

export function listProvinces(): Pending<AreaItem[]> {
  return listNamed({})
}

export function listChildren(parent: string): Pending<AreaItem[]> {
  return listNamed({ parent })
}

/** As the register has them: what is written to a court is Chinese in every language. */
export function listOwnNames(parent: string): Pending<AreaItem[]> {
  return get('/v1/areas', { parent })
}

export function findAreas(q: string): Pending<AreaItem[]> {
  return listNamed({ q })
}

export function getArea(code: string): Pending<Area> {
  return get(`/v1/areas/${encodeURIComponent(code)}`, {}, (area) => named(area as Area))
}

/** What to call an area of which an answer gives the Chinese name only. */
export async function nameOf({ code, name }: AreaReference): Promise<string> {
  if (language() !== 'en') return name
  const area = await getArea(code).result
  return area.ok ? area.value.name : name
}

/** GCJ-02, simplified to `zoom`. */
export function getOutline(code: string, zoom: number): Pending<Outline> {
  return get(`/v1/areas/${encodeURIComponent(code)}/outline`, { zoom, crs: 'gcj02' })
}

/** The county that holds a GCJ-02 position. Five decimals (1 m) are more than a county needs. */
export function getAreaAt(lon: number, lat: number): Pending<AreaReference> {
  const query = { lon: lon.toFixed(5), lat: lat.toFixed(5), crs: 'gcj02' }
  return get('/v1/areas/at', query, (area) => named(area as AreaReference))
}

export function countBodies(counts: Counts): number {
  return counts.company + counts.organisation
}

export function countAll(counts: Counts): number {
  return counts.person + countBodies(counts)
}
