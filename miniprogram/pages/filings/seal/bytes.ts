/** Bytes and their spellings. WeChat has neither TextEncoder nor atob. */
import { Refused } from './refusal'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** Half a surrogate pair is refused: it has no UTF-8. */
export function toUtf8(text: string): Uint8Array {
  let escaped: string
  try {
    escaped = encodeURIComponent(text)
  } catch {
    throw new Refused('malformed')
  }
  const bytes = new Uint8Array(escaped.length)
  let length = 0
  for (let at = 0; at < escaped.length; at += 1) {
    if (escaped[at] === '%') {
      bytes[length] = Number.parseInt(escaped.slice(at + 1, at + 3), 16)
      at += 2
    } else {
      bytes[length] = escaped.charCodeAt(at)
    }
    length += 1
  }
  return bytes.slice(0, length)
}

export function fromUtf8(bytes: Uint8Array): string {
  let escaped = ''
  for (const byte of bytes) escaped += `%${byte < 16 ? '0' : ''}${byte.toString(16)}`
  try {
    return decodeURIComponent(escaped)
  } catch {
    throw new Refused('malformed')
  }
}

/** base64url without padding (RFC 4648 section 5). */
export function toText(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 3) {
    const [first, second = 0, third = 0] = bytes.subarray(at, at + 3)
    const bits = (first << 16) | (second << 8) | third
    const characters = Math.min(4, bytes.length - at + 1)
    for (let place = 0; place < characters; place += 1) text += ALPHABET[(bits >> (18 - 6 * place)) & 63]
  }
  return text
}

/** The bytes that `toText` wrote, `length` of them if it is given; any second spelling is refused. */
export function toBytes(text: unknown, length?: number): Uint8Array {
  if (typeof text !== 'string' || text.length % 4 === 1) throw new Refused('malformed')
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4))
  for (let at = 0, bits = 0; at < text.length; at += 1) {
    bits = (bits << 6) | ALPHABET.indexOf(text[at])
    const whole = (at * 6 + 6) % 8
    if (whole < 6) bytes[Math.floor((at * 6 + 6) / 8) - 1] = bits >> whole
  }
  if (toText(bytes) !== text || (length !== undefined && bytes.length !== length)) throw new Refused('malformed')
  return bytes
}

export function join(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** In a time that tells nothing of where they differ. */
export function isEqual(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false
  let difference = 0
  for (let at = 0; at < one.length; at += 1) difference |= one[at] ^ other[at]
  return difference === 0
}

/** What JavaScript allows: copies that the engine or a library made stay until they are collected. */
export function wipe(...secrets: readonly Uint8Array[]): void {
  for (const secret of secrets) secret.fill(0)
}
