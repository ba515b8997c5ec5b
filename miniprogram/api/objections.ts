/** Requests of listed people and relatives, sealed before they come here. */
import type { Followed } from './filings'
import { type Pending, post } from './http'

export type FilingState = 'received' | 'checking' | 'decided' | 'acted' | 'destroyed'
export type Outcome = 'founded' | 'founded_in_part' | 'not_founded'

export interface FilingStatus extends Followed {
  state: FilingState
  outcome: Outcome | null
  answer_by: string | null
  /** Verifies the removal notice, where publication stopped. */
  removal_code?: string | null
}

export function findObjection(lookup: string): Pending<FilingStatus> {
  return post('/v1/objections/status', { lookup })
}
