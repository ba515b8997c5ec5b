/** The receipt: 15 random bytes that never leave the phone, as people write them. */
import type { RandomBytes } from './random'
import { Refused } from './refusal'

export const RECEIPT_BYTES = 15
/** Crockford's base32: no I, L, O, U. 24 characters carry the 120 bits, the 25th checks them. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const DATA_CHARACTERS = 24
const FOLDS: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1' }
/** Whatever people and their phones write between groups. */
const BETWEEN = /[ \t\r\n\u00a0\u3000\-\u2010-\u2015\u2212]/g
/** An input method's full-width forms of ASCII. */
const FULL_WIDTH = /[\uff01-\uff5e]/g

export function drawReceipt(random: RandomBytes): Uint8Array {
  return random.take(RECEIPT_BYTES)
}

/** `7K3QD-M2X9A-…`: five groups of five. */
export function formatReceipt(receipt: Uint8Array): string {
  if (receipt.length !== RECEIPT_BYTES) throw new Refused('malformed')
  const values = Array.from({ length: DATA_CHARACTERS }, (_, place) => fiveBits(receipt, 5 * place))
  const text = [...values, checkValue(values)].map((value) => ALPHABET[value]).join('')
  return text.replace(/.{5}(?=.)/g, '$&-')
}

/** The bytes of a receipt as typed. Every single wrong character is found, and most exchanges of neighbours. */
export function parseReceipt(text: string): Uint8Array {
  const values = Array.from(fold(text), (character) => ALPHABET.indexOf(character))
  const data = values.slice(0, DATA_CHARACTERS)
  const whole = values.length === DATA_CHARACTERS + 1 && !values.includes(-1)
  if (!whole || checkValue(data) !== values[DATA_CHARACTERS]) throw new Refused('mistyped-receipt')
  const receipt = new Uint8Array(RECEIPT_BYTES)
  for (let bit = 0; bit < 8 * RECEIPT_BYTES; bit += 1) {
    receipt[bit >> 3] |= ((data[Math.floor(bit / 5)] >> (4 - (bit % 5))) & 1) << (7 - (bit & 7))
  }
  return receipt
}

/** In any case, with or without separators; O reads as 0, I and L as 1. */
function fold(text: string): string {
  const narrow = text.replace(FULL_WIDTH, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
  const upper = narrow.replace(BETWEEN, '').replace(/[a-z]/g, (letter) => letter.toUpperCase())
  return upper.replace(/[OIL]/g, (letter) => FOLDS[letter])
}

function fiveBits(bytes: Uint8Array, bit: number): number {
  const at = bit >> 3
  return (((bytes[at] << 8) | (bytes[at + 1] ?? 0)) >> (11 - (bit & 7))) & 31
}

/** Luhn's algorithm in base 32: from the right every second value is doubled and its two digits are added. */
function checkValue(values: readonly number[]): number {
  let total = 0
  for (let place = 0; place < values.length; place += 1) {
    const value = values[values.length - 1 - place]
    const doubled = place % 2 === 0 ? 2 * value : value
    total += Math.floor(doubled / 32) + (doubled % 32)
  }
  return (32 - (total % 32)) % 32
}
