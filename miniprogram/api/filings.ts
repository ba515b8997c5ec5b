/** What the sealed filings of every kind send. No visitor's token goes with them. */
import type { KeyStatement } from './courts'
import { type Pending, post } from './http'

/** As in the paths, and in what a challenge is for. */
export type FilingKind = 'objections' | 'tips'

/** As miniprogram/pages/filings/seal/certificate.ts checks it. */
export interface FilingCertificate {
  court: string
  number: number
  hour: string
  env: string
  head: string
  signature: string
}

/** All bytes as base64url. `target` is the id of a notice, a listing, an entity or the court. */
export interface SealedFiling {
  court: string
  target: string
  key_id: number
  lookup: string
  sealed: string
  photos: string[]
}

/** What every status says. */
export interface Followed {
  number: number
  /** The court's id. */
  court: string
  hour: string
  /** `key_id`: number of the court's box key that made it. */
  messages: { n: number; key_id: number; boxed: string }[]
  /** Statements of the keys that made the messages, of which the court may have others by now. */
  keys: KeyStatement[]
  /** Number of the sender's next message; null where no more are taken. */
  next_n: number | null
  expires_on: string | null
}

/** What may be offered in WeChat to an objector; a tip's answers have nothing of the kind. */
export interface Reminder {
  template_id: string
  asked: boolean
}

export interface Filed {
  certificate: FilingCertificate
  reminder?: Reminder | null
  /** Of requests, not of tips: last day for the court to decide. */
  answer_by?: string
  working_days_left?: number | null
}

export function fileSealed(kind: FilingKind, filing: SealedFiling, challenge: string): Pending<Filed> {
  return post(`/v1/${kind}`, { ...filing, challenge })
}

/** `key_id`: number of the court's box key it is sealed to. */
export function sendMessage(
  kind: FilingKind,
  message: { lookup: string; n: number; key_id: number; sealed: string }
): Pending<unknown> {
  return post(`/v1/${kind}/messages`, message)
}
