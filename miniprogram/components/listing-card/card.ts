/** One listing in the words of its card: what was ordered, done, why, since when, how it ends, by whom. */
import type { Bilingual, Listing } from '../../api/entities'
import { chinaToday, formatDate, formatDay, formatDeadline } from '../../i18n/format'
import { fill, type Language, type Messages, messages } from '../../i18n/index'

/** A stretch of text, or a place where private details were withheld. */
export interface Segment {
  key: number
  text: string
  withheld: boolean
}

export interface GroundView {
  lead: string
  basis: string
  legal: string
}

export interface CardView {
  heading: string
  duty: Segment[]
  performance: string
  performed: Segment[]
  unperformed: Segment[]
  grounds: GroundView[]
  since: string[]
  ends: string
  causes: string[]
  endNotes: string[]
  court: { id: string; name: string }
  caseNumber: string
  caseText: string
  basis: string
  origin: string[]
}

const WITHHELD = '〔已隐去〕'

export function splitWithheld(text: string, mark: string): Segment[] {
  return text
    .split(WITHHELD)
    .flatMap((part, index) => [...(index > 0 ? [{ text: mark, withheld: true }] : []), { text: part, withheld: false }])
    .filter(({ text: part }) => part !== '')
    .map((segment, key) => ({ key, ...segment }))
}

function segments(text: string | null, template: string, t: Messages['entity']): Segment[] {
  return text ? splitWithheld(fill(template, { text }), t.withheld) : []
}

function inLanguage(text: string | Bilingual, lang: Language): string {
  return typeof text === 'string' ? text : text[lang]
}

/** The next last day by itself, so that nobody has to look for it in the sentence on how the listing ends. */
function endNotes(listing: Listing, t: Messages['entity'], lang: Language, now: number): string[] {
  const { due, due_in_working_days: left } = listing
  if (!due?.on) return []
  if (due.on < chinaToday(now)) return [fill(t.duePassed, { date: formatDate(due.on, lang) })]
  return [fill(t.dueOn, { date: formatDeadline(due.on, left, lang) })]
}

function origin({ court, source_file_on, corrected }: Listing, t: Messages['entity'], lang: Language): string[] {
  const file = source_file_on
    ? fill(t.file, { court: court.name, date: formatDay(source_file_on, lang) })
    : fill(t.fileUndated, { court: court.name })
  if (!corrected) return [file]
  return [
    file,
    fill(t.correctedOn, { date: formatDay(corrected.on, lang), field: t.fields[corrected.field] ?? corrected.field })
  ]
}

function basis({ issuer, number }: Listing['basis'], t: Messages['entity']): string {
  if (!issuer && !number) return t.basisUnknown
  return fill(t.basis, { issuer: issuer ?? '', number: number ?? '' }).trim()
}

function since({ filed_on, published_on }: Listing, t: Messages['entity'], lang: Language): string[] {
  const published = fill(t.publishedOn, { date: formatDay(published_on, lang) })
  return filed_on ? [fill(t.filed, { date: formatDay(filed_on, lang) }), published] : [published]
}

export function toCard(listing: Listing, position: { n: number; of: number }, lang: Language, now: number): CardView {
  const { entity: t, common } = messages(lang)
  return {
    heading: position.of > 1 ? fill(t.listingNumber, position) : '',
    duty: splitWithheld(listing.duty || common.notInFile, t.withheld),
    performance: t[listing.performance],
    performed: segments(listing.performed_part, t.performed, t),
    unperformed: segments(listing.unperformed_part, t.unperformed, t),
    grounds: listing.grounds.map(({ id, text, plain, article }) => ({
      lead: plain[lang],
      basis: fill(t.basisArticle, { n: id }),
      legal: `${article} ${text}`
    })),
    since: since(listing, t, lang),
    ends: listing.how_it_ends[lang],
    causes: (listing.how_it_ends.causes ?? []).map((cause) => inLanguage(cause, lang)),
    endNotes: endNotes(listing, t, lang, now),
    court: listing.court,
    caseNumber: listing.case_number,
    caseText: fill(t.caseNumber, { number: listing.case_number }),
    basis: basis(listing.basis, t),
    origin: origin(listing, t, lang)
  }
}
