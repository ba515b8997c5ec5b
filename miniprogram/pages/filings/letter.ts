/** What a form asks, what is missing, and what goes into the seal. */
import { toUtf8 } from './seal/bytes'
import { MAX_TEXT, PADDED_BYTES } from './seal/envelope'
import { type Draft, toLetter } from './seal/filing'
import { HASH_BYTES } from './seal/hash'
import type { SealedPhoto } from './seal/photo'
import type { ReceiptKeys } from './seal/receipt-keys'
import { canonical } from './seal/wire'
import type { Door, FilingWords } from './words/index'

/** Every field of every door, empty where it is not asked or not filled. */
export interface Fields {
  name: string
  caseNumber: string
  paidOn: string
  amount: string
  how: string
  claim: string
  by: string
  relation: string
  diedOn: string
  text: string
  contact: string
}

export const NO_FIELDS: Fields = {
  name: '',
  caseNumber: '',
  paidOn: '',
  amount: '',
  how: '',
  claim: '',
  by: '',
  relation: '',
  diedOn: '',
  text: '',
  contact: ''
}

/** In the order of the page. */
const ASKED: Record<Door, (keyof Fields)[]> = {
  performed: ['paidOn', 'amount', 'how', 'contact'],
  wrong: ['claim', 'by', 'text', 'contact'],
  died: ['relation', 'diedOn', 'contact']
}
const TOLD: Record<Door, (keyof Fields)[]> = {
  performed: ['name', 'caseNumber', 'paidOn', 'amount', 'how', 'contact'],
  wrong: ['name', 'caseNumber', 'claim', 'by', 'contact'],
  died: ['name', 'caseNumber', 'relation', 'diedOn', 'contact']
}

/** Names in the letter, as the court's side reads them. */
const KEYS: Partial<Record<keyof Fields, string>> = {
  caseNumber: 'case_number',
  paidOn: 'paid_on',
  diedOn: 'died_on'
}

export function firstMissing(door: Door, fields: Fields): keyof Fields | null {
  return (['name', ...ASKED[door]] as const).find((field) => fields[field].trim() === '') ?? null
}

/** Half a surrogate pair, which an input method may leave, has no UTF-8. */
export function clean(text: string): string {
  return text.replace(/[\ud800-\udfff]/gu, '').trim()
}

/** What is not said is left out. */
export function toDraft(door: Door, fields: Fields, address: Draft['address']): Draft {
  const said = TOLD[door].filter((field) => clean(fields[field]) !== '')
  const more = Object.fromEntries(said.map((field) => [KEYS[field] ?? field, clean(fields[field])]))
  return { address, kind: door, text: clean(fields.text), more }
}

const ZEROS = new Uint8Array(HASH_BYTES)
/** Keys and hashes have one length whatever they are. */
const ANY_KEYS = {
  reply: { publicKey: ZEROS, secretKey: ZEROS },
  speak: ZEROS,
  claimTag: ZEROS,
  lookup: ZEROS,
  claim: ZEROS
}
const ANY_PHOTO: SealedPhoto = { blob: ZEROS, key: ZEROS, hash: ZEROS }

export interface Room {
  characters: number
  /** Below zero: so many bytes too many. */
  bytesLeft: number
}

/** What remains of the seal; a Chinese character takes three bytes, so that characters alone would promise too much. */
export function measure(draft: Draft, photos: number): Room {
  const characters = Array.from(draft.text).length
  const short = { ...draft, text: '' }
  const fixed = canonical(
    toLetter(
      short,
      ANY_KEYS as ReceiptKeys,
      Array.from({ length: photos }, () => ANY_PHOTO)
    )
  )
  const text = toUtf8(JSON.stringify(draft.text)).length - 2
  return { characters, bytesLeft: PADDED_BYTES - 1 - fixed.length - text }
}

export function isTooLong({ characters, bytesLeft }: Room): boolean {
  return characters > MAX_TEXT || bytesLeft < 0
}

export interface Line {
  label: string
  value: string
}

function choiceText(t: FilingWords, field: keyof Fields, value: string): string {
  const choices = [...t.performed.hows, ...t.wrong.claims, ...t.wrong.bys]
  return field === 'how' || field === 'claim' || field === 'by'
    ? (choices.find((choice) => choice.value === value)?.text ?? value)
    : value
}

/** Everything that will be sealed, for a last look. */
export function summarise(door: Door, fields: Fields, t: FilingWords): Line[] {
  const labels: Record<keyof Fields, string> = { ...t.summary, name: t.summary.about }
  const told = [...TOLD[door].filter((field) => field !== 'contact'), 'text' as const, 'contact' as const]
  return told
    .filter((field) => fields[field].trim() !== '')
    .map((field) => ({ label: labels[field], value: choiceText(t, field, fields[field].trim()) }))
}
