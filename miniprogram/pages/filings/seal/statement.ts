/** Which key is whose, for what and until when: the root signs a court's signing key, that key signs all others. */
import { toBytes } from './bytes'
import { KEY_BYTES } from './envelope'
import { Refused } from './refusal'
import { isSigned } from './signature'
import { isTime, timeText } from './wire'

/** `sign` by the root; `box` to seal to, `reward` to claim by, `cert` the server's, by the court's signing key. */
export type KeyUse = 'sign' | 'box' | 'reward' | 'cert'

/** As the server passes it on: `key` and `signature` base64url, `not_after` RFC 3339 UTC. */
export interface Statement {
  readonly court: string
  readonly use: string
  readonly number: number
  readonly key: string
  readonly not_after: string
  readonly signature: string
}

/** `lowest` is the highest number ever accepted for this use, or 1. */
export interface Wanted {
  readonly court: string
  readonly use: KeyUse
  readonly lowest: number
}

/** The key, if `signer` says that it serves what is wanted; else throws `untrusted-key`. */
export function checkStatement(statement: Statement, signer: Uint8Array, wanted: Wanted, now: Date): Uint8Array {
  const { court, use, number, key, not_after, signature } = statement
  if (!Number.isSafeInteger(number) || !isTime(not_after)) throw new Refused('malformed')
  const signed = isSigned(['lm1/key', court, use, number, key, not_after], toBytes(signature), signer)
  const fits = court === wanted.court && use === wanted.use && number >= wanted.lowest && timeText(now) <= not_after
  if (!signed || !fits) throw new Refused('untrusted-key')
  return toBytes(key, KEY_BYTES)
}

/** The last key of a path from the root that is compiled in, each key signed by the one before. */
export function checkPath(
  statements: readonly Statement[],
  root: Uint8Array,
  path: readonly Wanted[],
  now: Date
): Uint8Array {
  if (statements.length !== path.length) throw new Refused('untrusted-key')
  return statements.reduce((signer, statement, at) => checkStatement(statement, signer, path[at], now), root)
}
