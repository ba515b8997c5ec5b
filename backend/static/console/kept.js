/** How secret keys are kept: an officer's under a generated phrase, the recovery key on two sheets of paper. */
import { isEqual, join, toUtf8, wipe } from './bytes.js'
import { Refused } from './refused.js'
import { KEY_BYTES, pairOf, randomBytes, refusing, sodium } from './sealing.js'

/** Argon2id, RFC 9106: 64 MiB and three passes, which libsodium runs in one lane. */
const MEMORY = 64 * 1024 * 1024
const PASSES = 3
const SALT_BYTES = 16
const NONCE_BYTES = 24
const WRAP_BYTES = SALT_BYTES + NONCE_BYTES + KEY_BYTES + 16
const CONSONANTS = 'bdfghjklmnprstvz'
const VOWELS = 'aiou'
const WORDS = 6
/** As Python's `str.split`, but for four control characters that no keyboard types. */
const SPACES = /\p{White_Space}+/u

/** One spelling of a phrase however it is typed: NFKC, lower case, single spaces. @param {string} phrase */
export function foldPhrase(phrase) {
  return toUtf8(phrase.normalize('NFKC').toLowerCase().split(SPACES).filter(Boolean).join(' '))
}

/** Six words that can be said and written down: 16 random bits each, consonants and vowels in turn. */
export function makePhrase() {
  const bits = new Uint16Array(randomBytes(2 * WORDS).buffer)
  return Array.from(bits, word).join(' ')
}

/** @param {number} bits */
function word(bits) {
  const first = CONSONANTS[bits >> 12] + VOWELS[(bits >> 10) & 3]
  return first + CONSONANTS[(bits >> 6) & 15] + VOWELS[(bits >> 4) & 3] + CONSONANTS[bits & 15]
}

/** @param {string} phrase @param {Uint8Array} salt */
function stretch(phrase, salt) {
  const algorithm = sodium.crypto_pwhash_ALG_ARGON2ID13
  return sodium.crypto_pwhash(KEY_BYTES, foldPhrase(phrase), salt, PASSES, MEMORY, algorithm)
}

/** `salt ‖ nonce ‖ secretbox`, 88 bytes. @param {Uint8Array} secret @param {string} phrase */
export function wrapSecret(secret, phrase) {
  const [salt, nonce] = [randomBytes(SALT_BYTES), randomBytes(NONCE_BYTES)]
  const key = stretch(phrase, salt)
  const wrapped = join(salt, nonce, sodium.crypto_secretbox_easy(secret, nonce, key))
  wipe(key)
  return wrapped
}

/** @param {Uint8Array} wrapped @param {string} phrase */
export function unwrapSecret(wrapped, phrase) {
  if (wrapped.length !== WRAP_BYTES) throw new Refused('malformed')
  const key = stretch(phrase, wrapped.subarray(0, SALT_BYTES))
  const [nonce, rest] = [
    wrapped.subarray(SALT_BYTES, SALT_BYTES + NONCE_BYTES),
    wrapped.subarray(SALT_BYTES + NONCE_BYTES)
  ]
  const secret = refusing('cannot-open', () => sodium.crypto_secretbox_open_easy(rest, nonce, key))
  wipe(key)
  return secret
}

/** Two shares, each by itself as random as the other. @param {Uint8Array} secret */
export function splitSecret(secret) {
  const first = randomBytes(secret.length)
  return [first, first.map((byte, at) => byte ^ secret[at])]
}

/**
 * The recovery secret; refused if it does not belong to `publicKey`: a share mistyped or of another key.
 *
 * @param {Uint8Array} first
 * @param {Uint8Array} second
 * @param {Uint8Array} publicKey
 */
export function joinShares(first, second, publicKey) {
  if (first.length !== KEY_BYTES || second.length !== KEY_BYTES) throw new Refused('malformed')
  const pair = pairOf(first.map((byte, at) => byte ^ second[at]))
  if (!isEqual(pair.publicKey, publicKey)) throw new Refused('cannot-open')
  return pair
}
