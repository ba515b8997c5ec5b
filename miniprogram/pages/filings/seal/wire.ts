/**
 * The one spelling of what is hashed, signed and sealed: RFC 8785, narrowed to text, whole numbers, lists and objects.
 * The same rules, and the same refusals, as backend/core/sealing/wire.py.
 */
import { fromUtf8, toUtf8 } from './bytes'
import { Refused } from './refusal'

export type Json = string | number | readonly Json[] | { readonly [key: string]: Json }
export type JsonObject = { readonly [key: string]: Json }

/** Deeper than anything the protocol has, far shallower than any parser's stack. */
const MAX_DEPTH = 16
/** With the flag `u` a pair is one character, so this finds halves only. */
const HALF_PAIR = /[\ud800-\udfff]/u
/** From space to tilde, and what lies before and behind within ASCII. */
const ASCII = /^[\0-\x7f]*$/
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function canonical(value: Json): Uint8Array {
  return toUtf8(spell(value, MAX_DEPTH))
}

function spell(value: unknown, depth: number): string {
  if (depth === 0) throw new Refused('malformed')
  if (typeof value === 'string' && !HALF_PAIR.test(value)) return JSON.stringify(value)
  if (typeof value === 'number' && Number.isSafeInteger(value)) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map((item) => spell(item, depth - 1)).join(',')}]`
  if (!isObject(value)) throw new Refused('malformed')
  const keys = Object.keys(value).sort()
  if (!keys.every((key) => ASCII.test(key))) throw new Refused('malformed')
  return `{${keys.map((key) => `${JSON.stringify(key)}:${spell(value[key], depth - 1)}`).join(',')}}`
}

/** Refuses whatever would be written again in other bytes: double keys, spaces, fractions, other escapes. */
export function parseObject(bytes: Uint8Array): JsonObject {
  const value = parse(fromUtf8(bytes))
  if (!isObject(value)) throw new Refused('malformed')
  return value
}

export function parse(text: string): Json {
  let value: Json
  try {
    value = JSON.parse(text)
  } catch {
    throw new Refused('malformed')
  }
  if (spell(value, MAX_DEPTH) !== text) throw new Refused('malformed')
  return value
}

/** RFC 3339 UTC in whole seconds: such texts compare as their times do. */
export function timeText(moment: Date): string {
  return `${moment.toISOString().slice(0, 19)}Z`
}

export function isTime(text: unknown): text is string {
  return typeof text === 'string' && TIME.test(text)
}
