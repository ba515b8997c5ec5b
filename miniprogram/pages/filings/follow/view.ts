/** Where a request stands, and what the court wrote, as far as the court's own keys say so. */
import type { Followed } from '../../../api/filings'
import type { ObjectionStatus } from '../../../api/objections'
import { chinaToday, formatDate, formatDeadline, formatMoment } from '../../../i18n/format'
import { fill, type Language } from '../../../i18n/index'
import { hourText } from '../receipt/view'
import { toBytes, toUtf8 } from '../seal/bytes'
import { MAX_TEXT, PADDED_BYTES } from '../seal/envelope'
import { openMessage, survey } from '../seal/message'
import type { ReceiptKeys } from '../seal/receipt-keys'
import { refusalOf } from '../seal/refusal'
import { canonical } from '../seal/wire'
import type { CourtKey } from '../trust'
import { type FilingWords, words } from '../words/index'

export interface Answer {
  title: string
  text: string
}

export interface StatusView {
  line: string
  state: string
  answerBy: string
  late: string
  next: string
  /** How a review of the decision stands, in a sentence. */
  review: string
  /** When publication stopped, in a sentence. */
  stopped: string
  removalCode: string
  removal: string
  answers: Answer[]
  warnings: string[]
  canWrite: boolean
  destroyed: string
  /** Above what the court wrote. */
  heading: string
  /** A tip's reward can be claimed. */
  canClaim: boolean
  /** The number of its claim; '' without one. */
  claim: string
}

/** Everything that opens an answer. */
export interface Opening {
  keys: ReceiptKeys
  boxKeys: readonly CourtKey[]
  courtName: string
  canWrite: boolean
}

type Words = FilingWords['follow']

function openWith({ boxed, n, key_id }: Followed['messages'][0], { keys, boxKeys }: Opening): string | null {
  for (const { key } of boxKeys.filter(({ number }) => number === key_id)) {
    try {
      const message = openMessage(toBytes(boxed), key, keys)
      // the number inside the box counts; one that disagrees was moved by somebody
      if (message.n === n) return message.text
    } catch (error) {
      if (refusalOf(error) === null) throw error
    }
  }
  return null
}

/** What the court wrote, and what is missing, moved or cannot be opened. */
function conversation({ messages }: Followed, opening: Opening, t: Words): Pick<StatusView, 'answers' | 'warnings'> {
  const answers: Answer[] = []
  const warnings: string[] = []
  if (!opening.canWrite) warnings.push(t.noKey)
  for (const message of messages) {
    const { n } = message
    const text = openWith(message, opening)
    if (text === null) warnings.push(fill(t.unopened, { n }))
    else answers.push({ title: fill(t.message, { n }), text })
  }
  const { missing, repeated } = survey(messages.map(({ n }) => n))
  warnings.push(...missing.map((n) => fill(t.missing, { n })), ...repeated.map((n) => fill(t.repeated, { n })))
  return { answers, warnings }
}

function stateText({ state, outcome, review }: ObjectionStatus, t: Words): string {
  const parts = [t.states[state]]
  if (outcome) parts.push(t.outcomes[outcome])
  if (review) parts.push(t.review.states[review.outcome ?? 'open'])
  return parts.join(' · ')
}

function nextText({ state, outcome, review }: ObjectionStatus, t: Words): string {
  if (state === 'received' || state === 'checking' || state === 'destroyed') return t.next[state]
  if (review?.outcome === 'reversed') return state === 'acted' ? t.next.acted : t.next.reversed
  // who has asked for review is not told again that they may
  if (review && outcome === 'not_founded') return ''
  if (outcome === 'not_founded' || state === 'decided') return outcome ? t.next[outcome] : ''
  return t.next.acted
}

function reviewText({ review }: ObjectionStatus, t: Words, lang: Language, now: number): string {
  if (!review) return ''
  const { outcome, act, answer_by: due } = review
  const open = due < chinaToday(now) ? t.review.late : t.review.open
  return fill(outcome ? t.review[outcome] : open, {
    asked: formatDate(review.asked_on, lang),
    due: formatDate(due, lang),
    decided: review.decided_on ? formatDate(review.decided_on, lang) : '',
    act: act ? t.review.acts[act] : ''
  })
}

function dates(status: ObjectionStatus, t: Words, lang: Language, now: number): Pick<StatusView, 'answerBy' | 'late'> {
  const { answer_by: day, state } = status
  if (!day || (state !== 'received' && state !== 'checking')) return { answerBy: '', late: '' }
  if (day < chinaToday(now)) return { answerBy: '', late: fill(t.answerPassed, { date: formatDate(day, lang) }) }
  const date = formatDeadline(day, status.working_days_left, lang)
  return { answerBy: fill(t.answerBy, { date }), late: '' }
}

/** What every kind of filing shows. */
export function common(
  status: Followed,
  opening: Opening,
  lang: Language
): Pick<StatusView, 'line' | 'answers' | 'warnings' | 'canWrite' | 'destroyed'> {
  const t = words(lang).follow
  const { number, hour, expires_on: expiresOn } = status
  const { answers, warnings } = conversation(status, opening, t)
  return {
    line: fill(t.line, { number, court: opening.courtName, hour: hourText(hour, lang) }),
    answers,
    warnings: status.next_n === null ? [...warnings, t.full] : warnings,
    canWrite: opening.canWrite && status.next_n !== null,
    destroyed: expiresOn ? fill(t.destroyed, { date: formatDate(expiresOn, lang) }) : ''
  }
}

export function toStatusView(status: ObjectionStatus, opening: Opening, lang: Language, now: number): StatusView {
  const t = words(lang).follow
  const { removal_code: removalCode, stopped_at: stoppedAt } = status
  const shared = common(status, opening, lang)
  return {
    ...shared,
    state: stateText(status, t),
    ...dates(status, t, lang, now),
    next: nextText(status, t),
    review: reviewText(status, t, lang, now),
    stopped: stoppedAt ? fill(t.stopped, { time: formatMoment(stoppedAt, lang) }) : '',
    removalCode: removalCode ?? '',
    removal: removalCode ? fill(t.removalCode, { code: removalCode }) : '',
    canWrite: shared.canWrite && status.state !== 'destroyed',
    heading: t.messages,
    canClaim: false,
    claim: ''
  }
}

/** Room left for a message beside its number and the proof of who speaks. */
export function messageRoom(text: string): { characters: number; bytesLeft: number } {
  const fixed = canonical({ v: 1, dir: 'i', n: 100000, speak: 'A'.repeat(43), text: '' }).length
  const used = toUtf8(JSON.stringify(text)).length - 2
  return { characters: Array.from(text).length, bytesLeft: PADDED_BYTES - 1 - fixed - used }
}

export function isMessageTooLong(text: string): boolean {
  const { characters, bytesLeft } = messageRoom(text)
  return characters > MAX_TEXT || bytesLeft < 0
}
