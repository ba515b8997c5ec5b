/** Tips, sealed before they come here, and claims of their rewards. */
import type { Followed } from './filings'
import { type Pending, post } from './http'

export type TipState = 'received' | 'checking' | 'useful' | 'not_used' | 'rewarded' | 'claimable' | 'closed'
export type TipReason = 'known' | 'unconfirmed' | 'unrelated' | 'earlier'

export interface TipStatus extends Followed {
  state: TipState
  /** How it was decided, also once it is closed. */
  outcome: 'useful' | 'not_used' | null
  /** Why it was not used. */
  reason: TipReason | null
  can_claim: boolean
  /** Number of the claim that was sent. */
  claim: number | null
}

export function findTip(lookup: string): Pending<TipStatus> {
  return post('/v1/tips/status', { lookup })
}

/** `key_id`: number of the court's reward key it is sealed to. `number` is the claim's. */
export function sendClaim(claim: {
  lookup: string
  key_id: number
  sealed: string
}): Pending<{ court: string; number: number }> {
  return post('/v1/claims', claim)
}
