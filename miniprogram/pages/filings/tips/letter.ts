/** What a tip says, what is missing, and what goes into the seal. */
import { fill } from '../../../i18n/index'
import { clean, type Line } from '../letter'
import type { Draft } from '../seal/filing'
import type { JsonObject } from '../seal/wire'
import type { FilingWords } from '../words/index'

/** Inside the seal, as officers' programs read them. */
export type TipKind = 'vehicle' | 'real_estate' | 'money' | 'share' | 'whereabouts' | 'spending_violation' | 'other'

/** Every field of every kind, empty where it is not asked or not filled. */
export interface TipFields {
  kind: TipKind | ''
  /** Whom it is about, and the case, where the page it comes from names neither. */
  about: string
  caseNumber: string
  plate: string
  make: string
  holder: string
  bank: string
  company: string
  what: string
  where: string
  when: string
  how: string
  text: string
  /** Code and name of an area. */
  area: string
  areaName: string
  /** WGS 84, three decimals: a hundred metres. */
  lon: string
  lat: string
  contact: string
}

export type TipField = keyof TipFields

export const NO_TIP: TipFields = {
  kind: '',
  about: '',
  caseNumber: '',
  plate: '',
  make: '',
  holder: '',
  bank: '',
  company: '',
  what: '',
  where: '',
  when: '',
  how: '',
  text: '',
  area: '',
  areaName: '',
  lon: '',
  lat: '',
  contact: ''
}

export type Asked = 'plate' | 'make' | 'holder' | 'bank' | 'company' | 'what' | 'where' | 'when' | 'how'

/** In the order of the page. */
export const ASKED: Record<TipKind, readonly Asked[]> = {
  vehicle: ['plate', 'make', 'where', 'when', 'how'],
  real_estate: ['where', 'holder', 'how'],
  money: ['bank', 'holder', 'how'],
  share: ['company', 'holder', 'how'],
  whereabouts: ['where', 'when', 'how'],
  spending_violation: ['what', 'where', 'when', 'how'],
  other: ['where', 'when', 'how']
}

/** Names in the letter; protocol_vectors.json has `place` and `when`. */
const KEYS: Partial<Record<TipField, string>> = { caseNumber: 'case_number', where: 'place', areaName: 'area_name' }
/** What every kind may have besides what it asks. */
const ALWAYS = ['about', 'caseNumber', 'area', 'areaName', 'contact'] as const

function askedOf({ kind }: TipFields): readonly Asked[] {
  return kind ? ASKED[kind] : []
}

function pointOf({ lon, lat }: TipFields): JsonObject {
  return lon && lat ? { point: [lon, lat] } : {}
}

/** What is not said is left out; nor goes in what another kind asked before the sender changed it. */
export function toTipDraft(fields: TipFields, address: Draft['address']): Draft {
  const said = [...askedOf(fields), ...ALWAYS].filter((field) => clean(fields[field]) !== '')
  const more = Object.fromEntries(said.map((field) => [KEYS[field] ?? field, clean(fields[field])]))
  return { address, kind: fields.kind || 'other', text: clean(fields.text), more: { ...more, ...pointOf(fields) } }
}

/** Whether there is anything for the court to read. */
export function saysSomething(fields: TipFields): boolean {
  const answers = askedOf(fields).filter((field) => field !== 'when' && field !== 'how')
  return [...answers, 'text' as const].some((field) => clean(fields[field]) !== '')
}

function toldOf(fields: TipFields, field: TipField, { tip: t }: FilingWords): string {
  const value = fields[field].trim()
  if (field === 'kind') return t.kinds.find((one) => one.value === value)?.text ?? ''
  if (field === 'when') return t.whens.find((one) => one.value === value)?.text ?? value
  return value
}

/** Everything that will be sealed, for a last look; `about` comes from the page. */
export function summariseTip(fields: TipFields, about: string, t: FilingWords): Line[] {
  const { labels, point } = t.tip
  const told: TipField[] = ['kind', ...askedOf(fields), 'areaName', 'text', 'contact']
  const lines = told
    .map((field) => ({ label: labels[field as keyof typeof labels], value: toldOf(fields, field, t) }))
    .filter(({ value }) => value !== '')
  const { lon, lat } = fields
  const place = lon && lat ? [{ label: point, value: fill(t.tip.pointText, { lon, lat }) }] : []
  const who = fields.contact.trim() ? [] : [{ label: labels.contact, value: t.tip.anonymous }]
  const all = [{ label: labels.about, value: about }, ...lines, ...place, ...who]
  // what a label says about filling it in is of no use any more
  return all.map(({ label, value }) => ({ label: label.replace(/ ?\(.*\)$/, ''), value }))
}
