/** Requests of listed people and relatives, sealed before they come here. */
import type { Followed, Reminder } from './filings'
import { type Pending, post } from './http'

export type ObjectionState = 'received' | 'checking' | 'decided' | 'acted' | 'destroyed'
export type Outcome = 'founded' | 'founded_in_part' | 'not_founded'

/** By the next higher court, of the court's decision. */
export interface Review {
  asked_on: string
  answer_by: string
  decided_on: string | null
  /** `upheld`: the decision stands; null while it is open. */
  outcome: 'upheld' | 'reversed' | 'withdrawn' | null
  /** What a reversal asks of the court. */
  act: 'withdraw' | 'correct' | 'delete' | null
}

export interface ObjectionStatus extends Followed {
  state: ObjectionState
  outcome: Outcome | null
  answer_by: string | null
  /** By the court's calendar; null once the day is past, or it is decided. */
  working_days_left?: number | null
  /** When the last of the listings meant went off view. */
  stopped_at?: string | null
  /** Verifies the removal notice, where publication stopped. */
  removal_code?: string | null
  reminder?: Reminder | null
  review?: Review | null
}

export function findObjection(lookup: string): Pending<ObjectionStatus> {
  return post('/v1/objections/status', { lookup })
}

/** Whom to remind is forgotten. */
export function withdrawReminder(lookup: string): Pending<{ asked: false }> {
  return post('/v1/objections/reminders/withdrawals', { lookup })
}

/** `code`: of `wx.login`. */
export function askReminder(request: { lookup: string; code: string }): Pending<Reminder> {
  return post('/v1/objections/reminders', request)
}
