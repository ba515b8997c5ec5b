/** The one layer that can be destroyed: what is stored opens only with the row's own key, which no backup holds. */
import { join } from './bytes.js'
import { Refused } from './refused.js'
import { randomBytes, refusing, sodium } from './sealing.js'
import { canonical } from './wire.js'

/** @typedef {{ court: string, tip: string, keyId: number, part: string }} Place where stored bytes open, only there */

const VERSION = 1
const NONCE_BYTES = 24
const OVERHEAD = 1 + NONCE_BYTES + 16

/** @param {Place} place */
export function associatedData({ court, tip, keyId, part }) {
  return canonical(['lm1/row', court, tip, keyId, part])
}

/**
 * @param {Uint8Array} data
 * @param {Place} place
 * @param {Uint8Array} key
 */
export function wrapRow(data, place, key) {
  const nonce = randomBytes(NONCE_BYTES)
  const aad = associatedData(place)
  const sealed = sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(data, aad, null, nonce, key)
  return join(Uint8Array.of(VERSION), nonce, sealed)
}

/**
 * @param {Uint8Array} row
 * @param {Place} place
 * @param {Uint8Array} key
 */
export function unwrapRow(row, place, key) {
  if (row[0] !== VERSION || row.length < OVERHEAD) throw new Refused('cannot-open')
  const [nonce, sealed] = [row.subarray(1, 1 + NONCE_BYTES), row.subarray(1 + NONCE_BYTES)]
  const aad = associatedData(place)
  return refusing('cannot-open', () => sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(null, sealed, aad, nonce, key))
}
