/** The form's choices and its counter. */
import type { FilingSubject } from '../../../app'
import { articles, type Topic } from '../../../i18n/articles'
import { fill, messages } from '../../../i18n/index'
import type { Album } from '../album'
import { isTooLong, type Room } from '../letter'
import type { RedrawnPhoto } from '../pictures'
import { MAX_TEXT } from '../seal/envelope'
import type { Door, FilingWords } from '../words/index'

/** One listing, or, after a death, everything one court has listed. */
export interface Option {
  /** Its words, broken between these where a line is too short. */
  parts: string[]
  target: string
  courtId: string
  caseNumber: string
}

export function isDoor(value: unknown): value is Door {
  return value === 'performed' || value === 'wrong' || value === 'died'
}

function ofListings(subject: FilingSubject, t: FilingWords): Option[] {
  return subject.listings.map(({ id, court, caseNumber }) => ({
    parts: fill(t.subject.listing, { court: court.name, number: caseNumber }).split(' · '),
    target: id || subject.entity,
    courtId: court.id,
    caseNumber
  }))
}

function ofCourts(subject: FilingSubject): Option[] {
  const courts = new Map(subject.listings.map(({ court }) => [court.id, court.name]))
  return [...courts].map(([courtId, name]) => {
    const cases = subject.listings.filter(({ court }) => court.id === courtId).map(({ caseNumber }) => caseNumber)
    const caseNumber = cases.join(messages().common.listSeparator)
    return { parts: [name], target: subject.entity, courtId, caseNumber }
  })
}

export function optionsOf(subject: FilingSubject, door: Door, t: FilingWords): Option[] {
  return door === 'died' ? ofCourts(subject) : ofListings(subject, t)
}

/** What the reader has said by the way here, so that it is not asked again; the words stand in i18n/articles. */
export interface Said {
  /** What helps at once, before any form. */
  advice: string[]
  /** Of the form's claims; '' where nothing was said. */
  claim: string
  /** Whether a call is faster than any form. */
  callsFirst: boolean
}

const CLAIMS: Partial<Record<Topic, string>> = { 'not-me': 'should-not-be-listed', child: 'details-wrong' }

export function saidBy(topic: Topic | undefined): Said {
  const claim = topic ? CLAIMS[topic] : undefined
  if (!topic || !claim) return { advice: [], claim: '', callsFirst: false }
  return { advice: articles().today[topic].now, claim, callsFirst: topic === 'child' }
}

export interface Thumb {
  src: string
  label: string
  remove: string
}

export function thumbsOf(photos: readonly RedrawnPhoto[], { photos: t }: FilingWords): Thumb[] {
  return photos.map(({ thumb }, at) => ({
    src: thumb,
    label: fill(t.label, { n: at + 1 }),
    remove: fill(t.remove, { n: at + 1 })
  }))
}

/** Why no photo came, and the button that puts this away. */
export function photoTrouble(problem: Album['problem'], { photos: t }: FilingWords) {
  const { privacyRefused, ok } = messages().state
  if (problem === 'privacy') return { photoProblem: privacyRefused, photoGoOn: ok }
  return { photoProblem: problem ? t[problem] : '', photoGoOn: t.goOn }
}

/** Whichever runs out first is said. */
export function counterText(room: Room, { counter: t }: FilingWords): string {
  const { characters, bytesLeft } = room
  if (!isTooLong(room)) return fill(t.count, { n: characters, bytes: bytesLeft })
  if (characters > MAX_TEXT) return fill(t.tooLong, { n: characters - MAX_TEXT })
  return fill(t.tooBig, { bytes: -bytesLeft })
}
