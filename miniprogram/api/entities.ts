import type { AreaReference, BBox } from './areas'
import { type Filter, NO_FILTER, toFilterQuery } from './filter'
import { get, type Page, type Pending, type Query } from './http'
import { visitors } from './visitors'

export type Kind = 'person' | 'company' | 'organisation'
export type PlacedBy = 'registered_address' | 'county' | 'court_area'
export type MatchHow = 'exact' | 'prefix' | 'contains' | 'pinyin' | 'initials' | 'similar'

export interface Summary {
  id: string
  kind: Kind
  name: string
  sex: 'male' | 'female' | null
  age_band: string | null
  area: AreaReference
  placed_by: PlacedBy
  courts: string[]
  case_numbers: string[]
  grounds: number[]
  /** The latest current listing's date. */
  published_on: string
  notice: boolean
  source: 'demo' | 'court'
  as_of: string
  match?: { how: MatchHow; score: number }
}

export interface Bilingual {
  zh: string
  en: string
}

export interface ListingGround {
  id: number
  text: string
  plain: Bilingual
  article: string
}

export type Performance = 'none' | 'partial' | 'full' | 'other'

export interface Listing {
  id: string
  court: { id: string; name: string }
  case_number: string
  basis: { issuer: string | null; number: string | null }
  duty: string | null
  performance: Performance
  performed_part: string | null
  unperformed_part: string | null
  grounds: ListingGround[]
  filed_on: string | null
  published_on: string
  term_ends_on: string | null
  how_it_ends: Bilingual & { causes: (string | Bilingual)[] | null }
  how_to_object: Bilingual
  objection_open: boolean
  notice_id: string | null
  corrected: { on: string; field: string } | null
  /** `on` is null where the law sets no last day. */
  due: { what: string; on: string | null } | null
  /** By the court's calendar, which the phone does not know; null once the day is past. */
  due_in_working_days?: number | null
  source_file_on: string | null
}

export interface Detail extends Summary {
  uscc?: string | null
  representative?: string | null
  registered_address?: string | null
  listings: Listing[]
}

/** Set (RFC 3339) when the reader's names are used up: until then people not seen before appear by surname only. */
export interface SurnamesOnly {
  surnames_only_until?: string | null
}

export type EntityPage = Page<Summary> & SurnamesOnly

/** The request goes out before the work on a token begins. */
function getNames<T>(path: string, query?: Query): Pending<T> {
  const pending = get<T>(path, query)
  visitors.want()
  return pending
}

export interface EntityQuery {
  q?: string
  area?: string
  bbox?: BBox
  filter?: Filter
  /** Leaves people out whatever the filter says: `bbox` would find them by their area's label point. */
  bodiesOnly?: boolean
  limit?: number
  cursor?: string | null
}

export function listEntities({
  filter = NO_FILTER,
  bbox,
  bodiesOnly = false,
  ...rest
}: EntityQuery): Pending<EntityPage> {
  return getNames('/v1/entities', {
    ...toFilterQuery(filter),
    ...(bodiesOnly ? { kind: ['company', 'organisation'] } : {}),
    ...rest,
    bbox: bbox?.map((degrees) => degrees.toFixed(6)).join(',')
  })
}

/** Companies and organisations only: a suggestion must never spend or leak people's names. */
export function suggestBodies(q: string): Pending<EntityPage> {
  return listEntities({ q, filter: { ...NO_FILTER, kind: 'bodies' }, limit: 5 })
}

export function getEntity(id: string): Pending<Detail & SurnamesOnly> {
  return getNames(`/v1/entities/${encodeURIComponent(id)}`)
}
