/** Which key is whose, for what and until when: the root signs a court's signing key, that key signs all others. */
import { toBytes, toText } from './bytes.js'
import { Refused } from './refused.js'
import { isSigned, KEY_BYTES, signList } from './sealing.js'
import { isTime, timeText } from './wire.js'

/**
 * @typedef {'sign' | 'box' | 'reward' | 'cert'} Use
 * @typedef {object} Statement as it is stored and served: `key` and `signature` base64url, `not_after` RFC 3339 UTC
 * @property {string} court
 * @property {string} use
 * @property {number} number
 * @property {string} key
 * @property {string} not_after
 * @property {string} signature
 * @typedef {{ court: string, use: string, lowest: number }} Wanted `lowest`: the highest number known of this use, or 1
 */

/** @param {Omit<Statement, 'signature'>} statement */
function signedItems({ court, use, number, key, not_after }) {
  if (!Number.isSafeInteger(number) || !isTime(not_after)) throw new Refused('malformed')
  return ['lm1/key', court, use, number, toText(toBytes(key, KEY_BYTES)), not_after]
}

/**
 * @param {Omit<Statement, 'signature'>} unsigned
 * @param {Uint8Array} seed
 * @returns {Statement}
 */
export function signStatement(unsigned, seed) {
  const { court, use, number, key, not_after } = unsigned
  return { court, use, number, key, not_after, signature: toText(signList(signedItems(unsigned), seed)) }
}

/**
 * The key, if `signer` says that it serves what is wanted.
 *
 * @param {Statement} statement
 * @param {Uint8Array} signer
 * @param {Wanted} wanted
 * @param {Date | null} now null where it matters only that the key once was good
 */
export function checkStatement(statement, signer, wanted, now) {
  const signed = isSigned(signedItems(statement), toBytes(statement.signature), signer)
  const { court, use, number, not_after } = statement
  const fits = court === wanted.court && use === wanted.use && number >= wanted.lowest
  if (!signed || !fits || (now && timeText(now) > not_after)) throw new Refused('untrusted-key')
  return toBytes(statement.key, KEY_BYTES)
}

/**
 * The last key of a path from the root, each key signed by the one before.
 *
 * @param {Statement[]} statements
 * @param {Uint8Array} root
 * @param {Wanted[]} path
 * @param {Date | null} now
 */
export function checkPath(statements, root, path, now) {
  if (statements.length !== path.length) throw new Refused('untrusted-key')
  return statements.reduce((signer, statement, at) => checkStatement(statement, signer, path[at], now), root)
}

/**
 * A court's key of one use that the root vouches for: of this number, or the newest.
 *
 * @param {Statement[]} statements the court's, of any use
 * @param {{ court: string, use: Use, number?: number }} asked
 * @param {Date | null} now
 * @param {string} rootKey compiled in; without one nobody's word counts
 */
export function findKey(statements, { court, use, number }, now, rootKey) {
  const path = ['sign', use].map((one) => ({ court, use: one, lowest: 1 }))
  const last = statements.filter((one) => one.use === use && (number === undefined || one.number === number))
  for (const statement of last.sort((one, other) => other.number - one.number)) {
    for (const sign of statements.filter((one) => one.use === 'sign')) {
      const key = rootKey && follow([sign, statement], path, now, rootKey)
      if (key) return { number: statement.number, key }
    }
  }
  throw new Refused('untrusted-key')
}

/**
 * @param {Statement[]} statements
 * @param {Wanted[]} path
 * @param {Date | null} now
 * @param {string} rootKey
 */
function follow(statements, path, now, rootKey) {
  try {
    return checkPath(statements, toBytes(rootKey, KEY_BYTES), path, now)
  } catch (error) {
    if (error instanceof Refused) return null
    throw error
  }
}
