/** Requests of listed people and relatives, sealed before they come here. No visitor's token goes with them. */
import type { KeyStatement } from './courts'
import { get, type Pending, post } from './http'
import { type Challenge, solve, toPayload } from './proof'

/** As miniprogram/pages/filings/seal/certificate.ts checks it. */
export interface FilingCertificate {
  court: string
  number: number
  hour: string
  env: string
  head: string
  signature: string
}

/** All bytes as base64url. `target` is the id of a listing, an entity or the court. */
export interface SealedFiling {
  court: string
  target: string
  key_id: number
  lookup: string
  sealed: string
  photos: string[]
}

export type FilingState = 'received' | 'checking' | 'decided' | 'acted' | 'destroyed'
export type Outcome = 'founded' | 'founded_in_part' | 'not_founded'

/** What may be offered in WeChat; a tip's answers have nothing of the kind. */
export interface Reminder {
  template_id: string
  asked: boolean
}

export interface FiledObjection {
  certificate: FilingCertificate
  reminder?: Reminder | null
}

export interface FilingStatus {
  number: number
  /** The court's id. */
  court: string
  hour: string
  state: FilingState
  outcome: Outcome | null
  answer_by: string | null
  /** `key_id`: number of the court's box key that made it. */
  messages: { n: number; key_id: number; boxed: string }[]
  /** Statements of the keys that made the messages, of which the court may have others by now. */
  keys: KeyStatement[]
  /** Verifies the removal notice, where publication stopped. */
  removal_code?: string | null
  expires_on: string | null
  reminder?: Reminder | null
}

/** A solved challenge, or null where none is to be had; each serves once. */
export async function proveWork(): Promise<string | null> {
  const asked = await get<Challenge>('/v1/challenge', { for: 'objections' }).result
  if (!asked.ok) return null
  const number = await solve(asked.value)
  return number === null ? null : toPayload(asked.value, number)
}

export function fileObjection(filing: SealedFiling, challenge: string): Pending<FiledObjection> {
  return post('/v1/objections', { ...filing, challenge })
}

export function findObjection(lookup: string): Pending<FilingStatus> {
  return post('/v1/objections/status', { lookup })
}

/** `key_id`: number of the court's box key it is sealed to. */
export function sendMessage(message: { lookup: string; n: number; key_id: number; sealed: string }): Pending<unknown> {
  return post('/v1/objections/messages', message)
}

/** Whom to remind is forgotten. */
export function withdrawReminder(lookup: string): Pending<{ asked: false }> {
  return post('/v1/objections/reminders/withdrawals', { lookup })
}

/** `code`: of `wx.login`. */
export function askReminder(request: { lookup: string; code: string }): Pending<Reminder> {
  return post('/v1/objections/reminders', request)
}
