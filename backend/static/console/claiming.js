/** What a reward officer does inside the worker: learn who claims, checked against what the reading officer awarded. */
import { toBytes } from './bytes.js'
import { unboxAward, unsealClaim } from './claim.js'
import { Refused } from './refused.js'
import { unwrapRow } from './row.js'
import { findKey } from './statement.js'

/**
 * @typedef {object} LentClaim a claim as the server lends it; `data` and row keys base64url
 * @property {{ id: string, court: string, key_id: number, data: string, row_key?: string }} claim
 * @property {{ tip: string, key_id: number, data: string, row_key?: string }} award
 * @property {import('./statement.js').Statement[]} statements of the box key that made the award, and its signing key's
 */

/**
 * @param {LentClaim} lent
 * @param {import('./keyring.js').Keyring} keyring
 * @param {string} rootKey
 */
export function openClaim({ claim, award, statements }, keyring, rootKey) {
  const boxed = takeOff({ ...award, id: award.tip, court: claim.court }, 'award')
  const asked = { court: claim.court, use: /** @type {const} */ ('box'), number: award.key_id }
  // The day does not matter: the award was made while the key was good.
  const { key } = findKey(statements, asked, null, rootKey)
  const opened = unbox(boxed, key, keyring)
  const pair = keyring.pair('reward', claim.key_id)
  const claimant = unsealClaim(takeOff(claim, 'claim'), pair, opened)
  return { tip: opened.number, rank: opened.rank, claimant }
}

/**
 * Boxed to the reward key of its day, which may be older than the claim's.
 *
 * @param {Uint8Array} boxed
 * @param {Uint8Array} courtKey
 * @param {import('./keyring.js').Keyring} keyring
 */
function unbox(boxed, courtKey, keyring) {
  for (const { secret } of keyring.all().filter(({ use }) => use === 'reward')) {
    try {
      return unboxAward(boxed, courtKey, secret)
    } catch (error) {
      if (!(error instanceof Refused) || error.reason !== 'cannot-open') throw error
    }
  }
  throw new Refused('cannot-open')
}

/**
 * @param {{ id: string, court: string, key_id: number, data: string, row_key?: string }} stored
 * @param {string} part
 */
function takeOff({ id, court, key_id, data, row_key }, part) {
  if (row_key === undefined) return toBytes(data)
  return unwrapRow(toBytes(data), { court, tip: id, keyId: key_id, part }, toBytes(row_key, 32))
}
