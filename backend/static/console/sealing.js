/** The primitives: labelled hashes, padding to one length, sealing to a key, boxing between keys, and signatures. */
import { blake2b } from '@noble/hashes/blake2.js'
import sodium from 'libsodium-wrappers-sumo'
import { join, toUtf8, wipe } from './bytes.js'
import { Refused } from './refused.js'
import { canonical, parseObject } from './wire.js'

/** @typedef {import('./wire.js').Json} Json */
/** @typedef {import('./wire.js').JsonObject} JsonObject */
/** @typedef {{ publicKey: Uint8Array, secretKey: Uint8Array }} Pair an X25519 pair, 32 bytes each */
/** @typedef {'lookup' | 'rowkey' | 'reply' | 'speak' | 'claim' | 'claimtag' | 'photo' | 'env' | 'chain'} Label */

export const PADDED_BYTES = 4096
export const SEALED_BYTES = PADDED_BYTES + 48
export const BOXED_BYTES = 24 + PADDED_BYTES + 16
export const KEY_BYTES = 32
export const HASH_BYTES = 32
/** Unicode code points, not JavaScript's halves. */
export const MAX_TEXT = 1000
const NONCE_BYTES = 24
const END = 0x80

export const ready = sodium.ready

/**
 * `BLAKE2b-256("lm1/" ‖ label ‖ 0x00 ‖ parts)`: a value made for one use can never serve another.
 *
 * @param {Label} label
 * @param {Uint8Array[]} parts of fixed length, or one alone
 */
export function labelledHash(label, ...parts) {
  return sodium.crypto_generichash(HASH_BYTES, join(toUtf8(`lm1/${label}\0`), ...parts), null)
}

/** @param {number} length */
export function randomBytes(length) {
  return sodium.randombytes_buf(length)
}

/**
 * @param {Uint8Array} secretKey
 * @returns {Pair}
 */
export function pairOf(secretKey) {
  if (secretKey.length !== KEY_BYTES) throw new Refused('malformed')
  return { publicKey: sodium.crypto_scalarmult_base(secretKey), secretKey }
}

/**
 * What libsodium throws, as one reason: it does not say which step failed.
 *
 * @param {import('./refused.js').Reason} reason
 * @param {() => Uint8Array} work
 */
export function refusing(reason, work) {
  try {
    return work()
  } catch {
    throw new Refused(reason)
  }
}

/** Always 4,096 bytes: data, 0x80, zeros. Above 4,095 bytes it is `too-long`. @param {Uint8Array} data */
export function pad(data) {
  if (data.length >= PADDED_BYTES) throw new Refused('too-long')
  const padded = new Uint8Array(PADDED_BYTES)
  padded.set(data)
  padded[data.length] = END
  return padded
}

/**
 * @param {Uint8Array} padded
 * @param {number} step the padded length is a multiple of it
 */
export function cutPadding(padded, step) {
  let last = padded.length - 1
  while (last > 0 && padded[last] === 0) last -= 1
  if (padded.length % step !== 0 || padded[last] !== END) throw new Refused('malformed')
  return padded.slice(0, last)
}

/** @param {Uint8Array} padded */
export function unpad(padded) {
  if (padded.length !== PADDED_BYTES) throw new Refused('malformed')
  return cutPadding(padded, PADDED_BYTES)
}

/** @param {unknown} text */
export function checkText(text) {
  if (typeof text !== 'string') throw new Refused('malformed')
  if (Array.from(text).length > MAX_TEXT) throw new Refused('too-long')
  return text
}

/**
 * @param {Uint8Array} plain
 * @param {Uint8Array} publicKey
 */
export function seal(plain, publicKey) {
  return refusing('malformed', () => sodium.crypto_box_seal(plain, publicKey))
}

/**
 * @param {Uint8Array} sealed
 * @param {Pair} pair
 */
export function unseal(sealed, { publicKey, secretKey }) {
  return refusing('cannot-open', () => sodium.crypto_box_seal_open(sealed, publicKey, secretKey))
}

/**
 * @param {JsonObject} value
 * @param {Uint8Array} publicKey
 */
export function sealObject(value, publicKey) {
  const padded = pad(canonical(value))
  const sealed = seal(padded, publicKey)
  wipe(padded)
  return sealed
}

/**
 * @param {Uint8Array} sealed
 * @param {Pair} pair
 */
export function unsealObject(sealed, pair) {
  return parseObject(unpad(unseal(sealed, pair)))
}

/**
 * `nonce ‖ crypto_box_easy`, always 4,136 bytes; only the holder of the writer's secret can have made it.
 *
 * @param {JsonObject} value
 * @param {Uint8Array} reader
 * @param {Uint8Array} writerSecret
 * @param {Uint8Array} [nonce] drawn unless given
 */
export function boxObject(value, reader, writerSecret, nonce = randomBytes(NONCE_BYTES)) {
  const padded = pad(canonical(value))
  const boxed = refusing('malformed', () => sodium.crypto_box_easy(padded, nonce, reader, writerSecret))
  wipe(padded)
  return join(nonce, boxed)
}

/**
 * @param {Uint8Array} boxed
 * @param {Uint8Array} writer
 * @param {Uint8Array} readerSecret
 */
export function unboxObject(boxed, writer, readerSecret) {
  if (boxed.length !== BOXED_BYTES) throw new Refused('cannot-open')
  const [nonce, rest] = [boxed.subarray(0, NONCE_BYTES), boxed.subarray(NONCE_BYTES)]
  return parseObject(
    unpad(refusing('cannot-open', () => sodium.crypto_box_open_easy(rest, nonce, writer, readerSecret)))
  )
}

/**
 * Ed25519 over a list whose first item says what is signed; the signature alone, 64 bytes.
 *
 * @param {Json[]} items
 * @param {Uint8Array} seed
 */
export function signList(items, seed) {
  return sodium.crypto_sign_detached(canonical(items), signingPair(seed).privateKey)
}

/** The public half of a signing key's 32-byte seed. @param {Uint8Array} seed */
export function verifyKeyOf(seed) {
  return signingPair(seed).publicKey
}

/** @param {Uint8Array} seed */
function signingPair(seed) {
  if (seed.length !== KEY_BYTES) throw new Refused('malformed')
  return sodium.crypto_sign_seed_keypair(seed)
}

/**
 * @param {Json[]} items
 * @param {Uint8Array} signature
 * @param {Uint8Array} verifyKey
 */
export function isSigned(items, signature, verifyKey) {
  if (signature.length !== 64 || verifyKey.length !== KEY_BYTES) return false
  return sodium.crypto_sign_verify_detached(signature, canonical(items), verifyKey)
}

/**
 * What two people compare in person: 80 bits in five groups, as `keys add-officer` prints it. libsodium makes no hash
 * that short, and a short one is not the beginning of a long one.
 *
 * @param {Uint8Array} publicKey
 */
export function fingerprint(publicKey) {
  const personalization = new Uint8Array(16)
  personalization.set(toUtf8('fingerprint'))
  const hash = sodium.to_hex(blake2b(publicKey, { dkLen: 10, personalization }))
  return hash.match(/.{4}/g)?.join(' ') ?? ''
}

export { sodium }
