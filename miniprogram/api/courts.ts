import type { AreaReference } from './areas'
import { get, type Page, type Pending } from './http'

export interface Court {
  id: string
  name: string
  area: AreaReference | null
  phone: string | null
  address: string | null
  as_of: string | null
  accepts_tips: boolean
  accepts_objections: boolean
  self_check: { comparable: number; of: number }
}

export interface CourtQuery {
  q?: string
  area?: string
  limit?: number
  cursor?: string | null
}

export function listCourts(query: CourtQuery): Pending<Page<Court>> {
  return get('/v1/courts', { ...query })
}

export function getCourt(id: string): Pending<Court> {
  return get(`/v1/courts/${encodeURIComponent(id)}`)
}

/** The one court whose list this is, or null where several courts (or none) feed it. */
export async function findOnlyCourt(area?: string): Promise<Court | null> {
  const answer = await listCourts({ area, limit: 2 }).result
  return answer.ok && answer.value.items.length === 1 ? (answer.value.items[0] ?? null) : null
}
