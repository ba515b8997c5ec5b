import type { AreaReference } from './areas'
import type { Bilingual, Kind } from './entities'
import { get, type Page, type Pending } from './http'

export interface Notice {
  id: string
  kind: 'property' | 'whereabouts'
  promise: Bilingual
  funder: 'creditor' | 'insurer'
  published_on: string
  ends_on: string
  court: { id: string; name: string }
  area: AreaReference
  /** `name` is null for a person: only the person's own page gives it. */
  entity: { id: string; kind: Kind; name: string | null }
  case_number: string
  source: 'demo' | 'court'
  as_of: string | null
}

export interface NoticeDetail extends Notice {
  wanted: Bilingual
  example: Bilingual
  who_pays: Bilingual
  not_paid: Bilingual[]
  not_eligible: Bilingual[]
  how_to_claim: Bilingual
  court_adds: string | null
  misuse: Bilingual
}

export function listNotices(query: {
  area?: string
  court?: string
  limit?: number
  cursor?: string | null
}): Pending<Page<Notice>> {
  return get('/v1/notices', query)
}

export function getNotice(id: string): Pending<NoticeDetail> {
  return get(`/v1/notices/${encodeURIComponent(id)}`)
}
