/**
 * Which opened tips may tell the same: compared here, because the server holds nothing that would let it compare.
 * A machine's guess: an officer reads both before deciding who was first.
 */

/**
 * @typedef {{ number: number, text: string, place?: string, photos?: string[] }} Tip `photos`: showPhoto()'s hashes
 * @typedef {{ first: number, second: number, likeness: number, same: string[] }} Pair the earlier first;
 *   `likeness` of the texts from 0 to 1; `same`: `text`, `plate:…`, `place`, `photo`
 */

/** Shares of three-character pieces above which two texts look alike; two accounts of one car lie near a third. */
const LIKE = 0.5
/** Bits of 64 in which two drawings of one picture differ at most. */
const NEAR = 6
/** 省份简称、发牌机关字母、五位或六位 (GA 36-2018); spoken separators are dropped before. */
const PLATE = /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼虚][A-Z][A-Z0-9]{4,5}[A-Z0-9挂学警港澳]/g

/** @param {string} text */
export function normalise(text) {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')
}

/** Number plates in a text, however they are separated. @param {string} text */
export function platesOf(text) {
  return [...new Set(normalise(text).match(PLATE) ?? [])]
}

/** Shared three-character pieces, as a share of all. @param {string} one @param {string} other */
export function likeness(one, other) {
  const [left, right] = [piecesOf(one), piecesOf(other)]
  const shared = [...left].filter((piece) => right.has(piece)).length
  const all = left.size + right.size - shared
  return all ? shared / all : 0
}

/** @param {string} text */
function piecesOf(text) {
  const characters = Array.from(normalise(text))
  return new Set(characters.slice(2).map((last, at) => characters[at] + characters[at + 1] + last))
}

/** @param {string} one @param {string} other */
function distance(one, other) {
  let bits = BigInt(`0x${one}`) ^ BigInt(`0x${other}`)
  let count = 0
  for (; bits; bits &= bits - 1n) count += 1
  return count
}

/** Pairs that have something in common, the likest first. @param {Tip[]} tips @returns {Pair[]} */
export function findDuplicates(tips) {
  const ordered = [...tips].sort((one, other) => one.number - other.number)
  const pairs = ordered.flatMap((first, at) => ordered.slice(at + 1).map((second) => compare(first, second)))
  const found = pairs.filter(({ same }) => same.length)
  return found.sort((one, other) => other.same.length - one.same.length || other.likeness - one.likeness)
}

/** @param {Tip} first @param {Tip} second @returns {Pair} */
function compare(first, second) {
  const like = likeness(first.text, second.text)
  const plates = platesOf(second.text)
  const place = normalise(first.place ?? '')
  const same = platesOf(first.text)
    .filter((plate) => plates.includes(plate))
    .map((plate) => `plate:${plate}`)
  if (like >= LIKE) same.unshift('text')
  if (place && place === normalise(second.place ?? '')) same.push('place')
  if (shareAPhoto(first.photos ?? [], second.photos ?? [])) same.push('photo')
  return { first: first.number, second: second.number, likeness: like, same }
}

/** @param {string[]} ours @param {string[]} theirs */
function shareAPhoto(ours, theirs) {
  return ours.some((one) => theirs.some((other) => distance(one, other) <= NEAR))
}
