/**
 * The one spelling of what is hashed, signed and sealed: RFC 8785, narrowed to text, whole numbers, lists and objects.
 * The same rules, and the same refusals, as backend/core/sealing/wire.py.
 *
 * @typedef {import('./types').Json} Json
 * @typedef {import('./types').JsonObject} JsonObject
 */
import { fromUtf8, toUtf8 } from './bytes.js'
import { Refused } from './refused.js'

/** Deeper than anything the protocol has, far shallower than any parser's stack. */
const MAX_DEPTH = 16
/** From space to tilde, and what lies before and behind within ASCII. */
const ASCII = /^\p{ASCII}*$/u
/** With the flag `u` a pair is one character, so this finds halves only; JSON.stringify would escape them. */
const HALF_PAIR = /[\ud800-\udfff]/u
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/

/**
 * @param {unknown} value
 * @returns {value is JsonObject}
 */
export function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** @param {Json} value */
export function canonical(value) {
  return toUtf8(spell(value, MAX_DEPTH))
}

/**
 * @param {unknown} value
 * @param {number} depth
 * @returns {string}
 */
function spell(value, depth) {
  if (depth === 0) throw new Refused('malformed')
  if (typeof value === 'string' && !HALF_PAIR.test(value)) return JSON.stringify(value)
  if (typeof value === 'number' && Number.isSafeInteger(value)) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map((item) => spell(item, depth - 1)).join(',')}]`
  if (!isObject(value)) throw new Refused('malformed')
  const keys = Object.keys(value).sort()
  if (!keys.every((key) => ASCII.test(key))) throw new Refused('malformed')
  return `{${keys.map((key) => `${JSON.stringify(key)}:${spell(value[key], depth - 1)}`).join(',')}}`
}

/**
 * Refuses whatever would be written again in other bytes: double keys, spaces, fractions, other escapes.
 *
 * @param {Uint8Array} bytes
 * @returns {Json}
 */
export function parse(bytes) {
  const text = fromUtf8(bytes)
  let value
  try {
    value = JSON.parse(text)
  } catch {
    throw new Refused('malformed')
  }
  if (spell(value, MAX_DEPTH) !== text) throw new Refused('malformed')
  return value
}

/** @param {Uint8Array} bytes */
export function parseObject(bytes) {
  const value = parse(bytes)
  if (!isObject(value)) throw new Refused('malformed')
  return value
}

/**
 * RFC 3339 UTC in whole seconds: such texts compare as their times do.
 *
 * @param {Date} moment
 */
export function timeText(moment) {
  return `${moment.toISOString().slice(0, 19)}Z`
}

/**
 * @param {unknown} text
 * @returns {text is string}
 */
export function isTime(text) {
  return (
    typeof text === 'string' && TIME.test(text) && !Number.isNaN(Date.parse(text)) && timeText(new Date(text)) === text
  )
}
