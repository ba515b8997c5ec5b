/** What sender and court write after the first letter, counted in each direction; neither can speak for the other. */
import { toText } from './bytes'
import { checkText, sealObject, unboxObject } from './envelope'
import type { RandomBytes } from './random'
import type { ReceiptKeys } from './receipt-keys'
import { Refused } from './refusal'

/** `n` counts one direction's messages from 1. */
export interface Message {
  readonly n: number
  readonly text: string
}

/** Numbers that never came, and numbers that came more than once. A message lost at the end cannot show. */
export interface Survey {
  readonly missing: readonly number[]
  readonly repeated: readonly number[]
}

/** No conversation comes near it, and every gap below it can still be listed. */
const MAX_NUMBER = 100_000
const FIELDS = 'dir,n,text,v'

export function sealMessage(
  message: Message,
  keys: ReceiptKeys,
  courtKey: Uint8Array,
  random: RandomBytes
): Uint8Array {
  const text = checkText(message.text)
  return sealObject({ v: 1, dir: 'i', n: checkNumber(message.n), speak: toText(keys.speak), text }, courtKey, random)
}

/** `courtKey` must be a certified one: then the server cannot have written it. */
export function openMessage(boxed: Uint8Array, courtKey: Uint8Array, keys: ReceiptKeys): Message {
  const value = unboxObject(boxed, courtKey, keys.reply.secretKey)
  if (Object.keys(value).join() !== FIELDS || value.v !== 1) throw new Refused('malformed')
  if (value.dir !== 'c') throw new Refused('misdirected')
  return { n: checkNumber(value.n), text: checkText(value.text) }
}

export function survey(numbers: readonly number[]): Survey {
  const seen = new Set(numbers)
  const all = Array.from({ length: Math.max(0, ...numbers) }, (_, at) => at + 1)
  const repeated = all.filter((n) => numbers.indexOf(n) !== numbers.lastIndexOf(n))
  return { missing: all.filter((n) => !seen.has(n)), repeated }
}

function checkNumber(n: unknown): number {
  if (typeof n !== 'number' || !Number.isInteger(n) || n < 1 || n > MAX_NUMBER) throw new Refused('malformed')
  return n
}
