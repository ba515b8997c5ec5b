/** Bytes and their spellings: base64url without padding (RFC 4648 section 5), and UTF-8. */
import { Refused } from './refused.js'

const HALF_PAIR = /[\ud800-\udfff]/u
const CHUNK = 0x8000

/** @param {string} text */
export function toUtf8(text) {
  if (HALF_PAIR.test(text)) throw new Refused('malformed')
  return new TextEncoder().encode(text)
}

/** @param {Uint8Array} bytes */
export function fromUtf8(bytes) {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new Refused('malformed')
  }
}

/** @param {Uint8Array} bytes */
export function toText(bytes) {
  let binary = ''
  for (let at = 0; at < bytes.length; at += CHUNK) binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK))
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/**
 * The bytes that `toText` wrote, `length` of them if it is given; any second spelling is refused.
 *
 * @param {unknown} text
 * @param {number} [length]
 */
export function toBytes(text, length) {
  if (typeof text !== 'string' || !/^[\w-]*$/.test(text) || text.length % 4 === 1) throw new Refused('malformed')
  const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0))
  if (toText(bytes) !== text || (length !== undefined && bytes.length !== length)) throw new Refused('malformed')
  return bytes
}

/** @param {Uint8Array[]} parts */
export function join(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/**
 * In a time that tells nothing of where they differ.
 *
 * @param {Uint8Array} one
 * @param {Uint8Array} other
 */
export function isEqual(one, other) {
  if (one.length !== other.length) return false
  let difference = 0
  for (let at = 0; at < one.length; at += 1) difference |= one[at] ^ other[at]
  return difference === 0
}

/**
 * What JavaScript allows: copies that the engine made stay until they are collected.
 *
 * @param {Uint8Array[]} secrets
 */
export function wipe(...secrets) {
  for (const secret of secrets) secret.fill(0)
}
