/** altcha's proof of work: the number whose digest the server has chosen, found by trying. */
import { PrefixHash, wordsOf } from './sha256'

/** As the server sends it. Sought is n of 0 to `maxnumber` with hex(SHA-256(salt + n)) = `challenge`. */
export interface Challenge {
  algorithm: string
  challenge: string
  maxnumber: number
  /** ASCII. */
  salt: string
  signature: string
}

/** The contract's limit, 1.5 s on a cheap phone: a server's slip must not empty a battery. */
const MOST = 50_000
/** About 12 ms of work where JavaScript is interpreted, as in WeChat on iOS: less than a frame. */
const SLICE = 250

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve))
}

function isSame(one: Int32Array, other: Int32Array): boolean {
  return one.every((word, index) => word === other[index])
}

function isReadable({ algorithm, maxnumber, salt }: Partial<Challenge>): boolean {
  return algorithm === 'SHA-256' && typeof salt === 'string' && Number(maxnumber) <= MOST
}

/** In slices, so that taps and drawing come between. Null where there is no such number, or too much is asked. */
export async function solve(asked: Challenge): Promise<number | null> {
  const wanted = wordsOf(String(asked?.challenge))
  if (!wanted || !isReadable(asked)) return null
  const hash = new PrefixHash(asked.salt, String(MOST).length)
  for (let number = 0; number <= asked.maxnumber; number += 1) {
    if (number % SLICE === 0) await pause()
    if (isSame(hash.digest(String(number)), wanted)) return number
  }
  return null
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** WeChat has no `btoa`. */
function toBase64(ascii: string): string {
  let text = ''
  for (let i = 0; i < ascii.length; i += 3) {
    const [a = 0, b = 0, c = 0] = [0, 1, 2].map((step) => ascii.charCodeAt(i + step) || 0)
    const four = [a >> 2, ((a & 3) << 4) | (b >> 4), ((b & 15) << 2) | (c >> 6), c & 63]
    text += four.map((six) => BASE64[six]).join('')
  }
  const missing = (3 - (ascii.length % 3)) % 3
  return text.slice(0, text.length - missing) + '='.repeat(missing)
}

/** What is sent back as `challenge`. */
export function toPayload({ algorithm, challenge, salt, signature }: Challenge, number: number): string {
  return toBase64(JSON.stringify({ algorithm, challenge, number, salt, signature }))
}
