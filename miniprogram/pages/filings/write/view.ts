/** What the steps of a tip show. */
import type { TipOption } from '../../../app'
import { fill, messages } from '../../../i18n/index'
import type { TrustedCourt } from '../tips/courts'
import type { TipDraft } from '../tips/draft'
import { ASKED, type Asked, type TipFields, type TipKind } from '../tips/letter'
import type { FilingWords } from '../words/index'

export const STEPS = 5

export interface Row {
  text: string
  value: string
}

export interface AskedField {
  field: Asked
  label: string
}

/** The court of a chosen option, whose keys the phone has checked. */
export function courtOf({ subject, option }: TipDraft, trusted: readonly TrustedCourt[]): TrustedCourt | null {
  const id = subject.options[option]?.court
  return trusted.find(({ court }) => court.id === id) ?? null
}

function isOfCourt({ target, court }: TipOption): boolean {
  return target === court
}

/** Options of courts that can be sealed to, with their places in the subject. */
export function optionRows({ subject }: TipDraft, trusted: readonly TrustedCourt[], t: FilingWords): Row[] {
  return subject.options.flatMap((option, at) => {
    const found = trusted.find(({ court }) => court.id === option.court)
    if (!found) return []
    const text = fill(t.subject.listing, { court: found.court.name, number: option.caseNumber })
    return [{ text: option.rewarded ? fill(t.tip.optionReward, { text }) : text, value: String(at) }]
  })
}

export interface AboutView {
  about: string
  /** The page it comes from named nobody, so that the sender may. */
  asksWho: boolean
  reward: string
}

export function aboutOf(draft: TipDraft, court: TrustedCourt | null, { tip: t }: FilingWords): AboutView {
  const { subject } = draft
  const option = subject.options[draft.option]
  const asksWho = subject.options.every(isOfCourt)
  const named = subject.about || t.aboutNotice
  const about = asksWho
    ? fill(t.aboutCourt, { court: court?.court.name ?? '' })
    : fill(t.aboutPage, { name: named }) + (subject.demo ? ` (${messages().common.demoTag})` : '')
  const reward = option ? (option.rewarded ? t.rewarded : t.unrewarded) : ''
  return { about, asksWho, reward }
}

/** As the last look says it: a name or the notice, and the case. */
export function aboutLine(draft: TipDraft, { tip: t }: FilingWords): string {
  const option = draft.subject.options[draft.option]
  const { about, caseNumber } = draft.fields
  if (option && isOfCourt(option)) return [about, caseNumber].filter((text) => text.trim()).join(' · ') || t.unsaid
  return `${draft.subject.about || t.aboutNotice} · ${option?.caseNumber ?? ''}`
}

function labelOf(field: Asked, kind: TipKind, { tip: t }: FilingWords): string {
  const places: Partial<Record<TipKind, string>> = t.whereOf
  return field === 'where' ? (places[kind] ?? t.labels.where) : t.labels[field]
}

/** `when` and `how` stand at the end, in forms of their own. */
export function askedFields({ kind }: TipFields, t: FilingWords): AskedField[] {
  if (!kind) return []
  const typed = ASKED[kind].filter((field) => field !== 'when' && field !== 'how')
  return typed.map((field) => ({ field, label: labelOf(field, kind, t) }))
}

export function asksWhen({ kind }: TipFields): boolean {
  return kind !== '' && ASKED[kind].includes('when')
}

export function stepTitle(step: number, { tip: t }: FilingWords): string {
  return `${fill(t.step, { n: step })} · ${t.steps[step - 1]}`
}
