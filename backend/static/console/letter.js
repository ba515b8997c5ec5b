/** What a sender seals to a court: the first letter, its photos, and the words that follow. */
import { isEqual, toBytes } from './bytes.js'
import { Refused } from './refused.js'
import {
  boxObject,
  checkText,
  cutPadding,
  HASH_BYTES,
  KEY_BYTES,
  labelledHash,
  refusing,
  SEALED_BYTES,
  sodium,
  unboxObject,
  unsealObject
} from './sealing.js'
import { isObject } from './wire.js'

/**
 * @typedef {import('./sealing.js').Pair} Pair
 * @typedef {import('./wire.js').Json} Json
 * @typedef {import('./wire.js').JsonObject} JsonObject
 * @typedef {{ court: string, target: string, key: number }} Address ids of court and target, number of the court's key
 * @typedef {{ key: Uint8Array, hash: Uint8Array }} PhotoKey
 * @typedef {{ n: number, text: string }} Message `n` counts one direction's messages from 1
 * @typedef {{ missing: number[], repeated: number[] }} Survey
 * @typedef {object} Letter `more` holds what a feature adds (`place`, `when`, `contact` …)
 * @property {Address} address
 * @property {string} kind
 * @property {string} text
 * @property {Uint8Array} reply the key to answer to
 * @property {Uint8Array} speak what later words must show
 * @property {Uint8Array} claimTag
 * @property {PhotoKey[]} photos
 * @property {JsonObject} more
 */

export const MAX_PHOTOS = 6
const PHOTO_STEP = 128 * 1024
/** The key is used for one picture only, so that one nonce is enough. */
const PHOTO_NONCE = new Uint8Array(24)
/** No conversation comes near it, and every gap below it can still be listed. */
const MAX_NUMBER = 100_000

/** @param {Json} value @returns {PhotoKey} */
function photoKeyOf(value) {
  if (!isObject(value) || Object.keys(value).sort().join() !== 'h,k') throw new Refused('malformed')
  return { key: toBytes(value.k, KEY_BYTES), hash: toBytes(value.h, HASH_BYTES) }
}

/** @param {Json} value */
function checkString(value) {
  if (typeof value !== 'string') throw new Refused('malformed')
  return value
}

/** @param {unknown} value */
export function checkInteger(value) {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw new Refused('malformed')
  return value
}

/** @param {JsonObject} value @returns {Letter} */
export function letterOf(value) {
  const { v, court, target, key, kind, text, reply, speak, claim_tag, photos, ...more } = value
  if (v !== 1 || !Array.isArray(photos) || photos.length > MAX_PHOTOS) throw new Refused('malformed')
  return {
    address: { court: checkString(court), target: checkString(target), key: checkInteger(key) },
    kind: checkString(kind),
    text: checkText(text),
    reply: toBytes(reply, KEY_BYTES),
    speak: toBytes(speak, HASH_BYTES),
    claimTag: toBytes(claim_tag, HASH_BYTES),
    photos: photos.map(photoKeyOf),
    more
  }
}

/**
 * The letter, if it was sealed for this address: the server says where it belongs, only the seal proves it.
 *
 * @param {Uint8Array} sealed
 * @param {Pair} pair
 * @param {Address} address
 */
export function unsealLetter(sealed, pair, address) {
  const letter = letterOf(unsealObject(sealed, pair))
  const { court, target, key } = letter.address
  if (court !== address.court || target !== address.target || key !== address.key) throw new Refused('misdirected')
  return letter
}

/**
 * The bytes that the sender called a JPEG; nothing here looks at them.
 *
 * @param {Uint8Array} blob
 * @param {PhotoKey} photo
 */
export function openPhoto(blob, photo) {
  if (!isEqual(labelledHash('photo', blob), photo.hash)) throw new Refused('misdirected')
  const padded = refusing('cannot-open', () => sodium.crypto_secretbox_open_easy(blob, PHOTO_NONCE, photo.key))
  return cutPadding(padded, PHOTO_STEP)
}

/**
 * The fingerprint of a filing: of its sealed text and of its sealed photos' hashes, in their order.
 *
 * @param {Uint8Array} sealed
 * @param {Uint8Array[]} photoHashes
 */
export function envOf(sealed, photoHashes) {
  const fits = sealed.length === SEALED_BYTES && photoHashes.length <= MAX_PHOTOS
  if (!fits || photoHashes.some(({ length }) => length !== HASH_BYTES)) throw new Refused('malformed')
  return labelledHash('env', sealed, ...photoHashes)
}

/**
 * Refuses whatever does not show the `speak` that the first letter gave: anybody can seal to a court.
 *
 * @param {Uint8Array} sealed
 * @param {Pair} pair
 * @param {Uint8Array} speak
 */
export function unsealWords(sealed, pair, speak) {
  const { speak: shown = 0, ...value } = unsealObject(sealed, pair)
  if (!isEqual(toBytes(shown, HASH_BYTES), speak)) throw new Refused('misdirected')
  return messageOf(value, 'i')
}

/**
 * @param {Message} message
 * @param {Uint8Array} reply
 * @param {Uint8Array} courtSecret
 * @param {Uint8Array} [nonce]
 */
export function boxAnswer({ n, text }, reply, courtSecret, nonce) {
  const value = { v: 1, dir: 'c', n: checkNumber(n), text: checkText(text) }
  return boxObject(value, reply, courtSecret, nonce)
}

/**
 * What the court itself wrote: both halves of a box make the same key, so that the court's secret opens it too.
 *
 * @param {Uint8Array} boxed
 * @param {Uint8Array} reply
 * @param {Uint8Array} courtSecret
 */
export function unboxAnswer(boxed, reply, courtSecret) {
  return messageOf(unboxObject(boxed, reply, courtSecret), 'c')
}

/**
 * Numbers of one direction that never came, and that came more than once. A message lost at the end cannot show.
 *
 * @param {number[]} numbers
 * @returns {Survey}
 */
export function survey(numbers) {
  const seen = new Set(numbers)
  const all = Array.from({ length: Math.max(0, ...numbers) }, (_, at) => at + 1)
  const repeated = all.filter((n) => numbers.indexOf(n) !== numbers.lastIndexOf(n))
  return { missing: all.filter((n) => !seen.has(n)), repeated }
}

/** @param {JsonObject} value @param {string} direction @returns {Message} */
function messageOf(value, direction) {
  if (Object.keys(value).sort().join() !== 'dir,n,text,v' || value.v !== 1) throw new Refused('malformed')
  if (typeof value.dir !== 'string') throw new Refused('malformed')
  if (value.dir !== direction) throw new Refused('misdirected')
  return { n: checkNumber(value.n), text: checkText(value.text) }
}

/** @param {unknown} n */
function checkNumber(n) {
  const number = checkInteger(n)
  if (number < 1 || number > MAX_NUMBER) throw new Refused('malformed')
  return number
}
