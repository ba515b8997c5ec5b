/** Requests of listed people and relatives, sealed before they come here. No visitor's token goes with them. */
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

export type FilingState = 'received' | 'checking' | 'decided' | 'acted' | 'closed'
export type Outcome = 'founded' | 'partly' | 'unfounded'

export interface FilingStatus {
  number: number
  court: { id: string; name: string }
  hour: string
  state: FilingState
  outcome: Outcome | null
  answer_by: string | null
  messages: { n: number; boxed: string }[]
  certificate: FilingCertificate
  removal_code: string | null
  destroyed_on: string | null
}

/** A solved challenge, or null where none is to be had; each serves once. */
export async function proveWork(): Promise<string | null> {
  const asked = await get<Challenge>('/v1/challenge', { for: 'objections' }).result
  if (!asked.ok) return null
  const number = await solve(asked.value)
  return number === null ? null : toPayload(asked.value, number)
}

export function fileObjection(filing: SealedFiling, challenge: string): Pending<{ certificate: FilingCertificate }> {
  return post('/v1/objections', { ...filing, challenge })
}

export function findObjection(lookup: string): Pending<FilingStatus> {
  return post('/v1/objections/status', { lookup })
}

export function sendMessage(lookup: string, n: number, sealed: string): Pending<unknown> {
  return post('/v1/objections/messages', { lookup, n, sealed })
}
