import type { AreaReference } from './areas'
import { get, type Page, type Pending, type Result } from './http'

/** As miniprogram/pages/filings/seal/statement.ts checks it. */
export interface KeyStatement {
  court: string
  use: string
  number: number
  key: string
  not_after: string
  signature: string
}

export interface Court {
  id: string
  name: string
  area: AreaReference | null
  phone: string | null
  address: string | null
  as_of: string | null
  accepts_tips: boolean
  accepts_objections: boolean
  /** With one court only; lists leave it out. */
  keys?: KeyStatement[]
  self_check: { comparable: number; of: number }
}

/** The courts' national line, for courts without a number of their own. */
export const NATIONAL_LINE = '12368'

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

/** The API's largest page. */
const PAGE = 100
/** The largest province has some 200 courts. */
const PAGES = 3

/** Every court of an area, as far as somebody would scroll; null when the first answer fails. */
export async function listAllCourts(area: string): Promise<Court[] | null> {
  const courts: Court[] = []
  let cursor: string | null = null
  for (let page = 0; page < PAGES; page += 1) {
    const answer: Result<Page<Court>> = await listCourts({ area, limit: PAGE, cursor }).result
    if (!answer.ok) return page === 0 ? null : courts
    courts.push(...answer.value.items)
    cursor = answer.value.next
    if (cursor === null) break
  }
  return courts
}

/** The one court whose list this is, or null where several courts (or none) feed it; undefined while nobody can say. */
export async function findOnlyCourt(): Promise<Court | null | undefined> {
  const answer = await listCourts({ limit: 2 }).result
  if (!answer.ok) return undefined
  return answer.value.items.length === 1 ? (answer.value.items[0] ?? null) : null
}
