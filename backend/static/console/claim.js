/** The claim of a reward: who claims is sealed to reward officers, and proved by a tag that lay in the first letter. */
import { isEqual, toBytes, toText } from './bytes.js'
import { checkInteger } from './letter.js'
import { Refused } from './refused.js'
import { boxObject, HASH_BYTES, labelledHash, unboxObject, unsealObject } from './sealing.js'

/**
 * @typedef {{ number: number, rank: number, claimTag: Uint8Array }} Award what reward officers are told of a useful tip
 * @typedef {{ name: string, id: string, account: string }} Claimant
 */

/**
 * @param {Award} award
 * @param {Uint8Array} rewardKey
 * @param {Uint8Array} courtSecret
 */
export function boxAward({ number, rank, claimTag }, rewardKey, courtSecret) {
  return boxObject({ number, rank, claim_tag: toText(claimTag) }, rewardKey, courtSecret)
}

/**
 * @param {Uint8Array} boxed
 * @param {Uint8Array} courtKey
 * @param {Uint8Array} rewardSecret
 * @returns {Award}
 */
export function unboxAward(boxed, courtKey, rewardSecret) {
  const { number, rank, claim_tag, ...rest } = unboxObject(boxed, courtKey, rewardSecret)
  if (Object.keys(rest).length) throw new Refused('malformed')
  return { number: checkInteger(number), rank: checkInteger(rank), claimTag: toBytes(claim_tag, HASH_BYTES) }
}

/**
 * Who claims; refused unless it can only be who sent what the award is for.
 *
 * @param {Uint8Array} sealed
 * @param {import('./sealing.js').Pair} pair
 * @param {Award} award
 * @returns {Claimant}
 */
export function unsealClaim(sealed, pair, award) {
  const { claim, name, id, account, ...rest } = unsealObject(sealed, pair)
  const texts = typeof name === 'string' && typeof id === 'string' && typeof account === 'string'
  if (!texts || Object.keys(rest).length) throw new Refused('malformed')
  if (!isEqual(labelledHash('claimtag', toBytes(claim, HASH_BYTES)), award.claimTag)) throw new Refused('misdirected')
  return { name, id, account }
}
