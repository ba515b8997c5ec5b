/** The head of an entity's page: who, on what standing, and how the map came to count it where it does. */
import type { Detail } from '../../../api/entities'
import { handover } from '../../../api/handover'
import { openPage } from '../../../api/pages'
import { sourceOf } from '../../../api/source'
import type { FilingSubject } from '../../../app'
import { personFacts } from '../../../components/entity-row/row'
import { type CardView, toCard } from '../../../components/listing-card/card'
import type { TipAim } from '../../../components/tip-door/index'
import { articles, type Topic } from '../../../i18n/articles'
import { fill, type Language, messages } from '../../../i18n/index'

export interface Choice {
  topic: Topic
  title: string
  /** The form it leads to; empty where a call is all that helps. */
  door: '' | 'performed' | 'wrong' | 'died'
}

export interface RewardView {
  id: string
  status: string
  action: string
}

export interface DetailView {
  name: string
  kind: string
  isPerson: boolean
  demo: string
  facts: string
  uscc: string
  representative: string
  status: string
  /** The notices that run; of several each names its case. */
  rewards: RewardView[]
  objection: boolean
  placed: string
  /** The end of the placement sentence, which must not be overlooked. */
  placedNot: string
  cards: CardView[]
  asOf: string
  source: string
  courtId: string
  howToObject: string
  choices: Choice[]
  subject: FilingSubject
  aim: TipAim
}

const TOPICS_OF_PEOPLE: Topic[] = ['performed', 'wrong', 'not-me', 'died', 'child', 'ask']
const TOPICS_OF_BODIES: Topic[] = ['performed', 'wrong', 'not-me', 'ask']

const DOORS: Record<Topic, Choice['door']> = {
  performed: 'performed',
  wrong: 'wrong',
  'not-me': 'wrong',
  died: 'died',
  child: 'wrong',
  ask: ''
}

function placement({ placed_by, area, registered_address, kind }: Detail, lang: Language): [string, string] {
  const t = messages(lang).entity
  if (placed_by === 'registered_address') return [fill(t.placedAddress, { address: registered_address ?? '' }), '']
  if (placed_by === 'county') return [fill(t.placedFile, { area: area.name }), '']
  return [fill(t.placedCourt, { area: area.name }), kind === 'person' ? t.placedCourtNot : t.placedBodyNot]
}

/** In the words of somebody looking at the page; the titles of the pages behind them are longer. */
function choicesOf(isPerson: boolean, lang: Language): Choice[] {
  const { today } = articles(lang)
  return (isPerson ? TOPICS_OF_PEOPLE : TOPICS_OF_BODIES).map((topic) => ({
    topic,
    title: today[topic].choice ?? today[topic].title,
    door: DOORS[topic]
  }))
}

/** What a request is about, handed over in memory only. */
function subjectOf({ id, name, source, listings }: Detail): FilingSubject {
  return {
    entity: id,
    name,
    demo: source === 'demo',
    listings: listings.map((listing) => ({
      id: listing.id,
      court: listing.court,
      caseNumber: listing.case_number,
      hasTerm: listing.term_ends_on !== null
    }))
  }
}

/** What a tip from here may name: one of the listings. */
function aimOf({ id, name, source, listings }: Detail): TipAim {
  const options = listings.map((listing) => ({
    target: listing.id || id,
    court: listing.court.id,
    caseNumber: listing.case_number,
    rewarded: listing.notice_id !== null
  }))
  return { about: name, demo: source === 'demo', options }
}

function rewardsOf({ listings }: Detail, lang: Language): RewardView[] {
  const t = messages(lang).entity
  const held = listings.flatMap(({ notice_id: id, case_number: number }) => (id ? [{ id, number }] : []))
  return held.map(({ id, number }) => {
    const ofCase = held.length > 1 ? ` · ${number}` : ''
    return { id, status: `${t.reward}${ofCase}`, action: `${t.seeReward}${ofCase}` }
  })
}

export function toView(detail: Detail, lang: Language, now: number): DetailView {
  const { common, entity: t } = messages(lang)
  const isPerson = detail.kind === 'person'
  const [placed, placedNot] = placement(detail, lang)
  const of = detail.listings.length
  return {
    name: detail.name,
    kind: common[detail.kind],
    isPerson,
    demo: detail.source === 'demo' ? common.demoTag : '',
    facts: isPerson ? personFacts(detail, lang) : '',
    uscc: detail.uscc ? fill(t.uscc, { code: detail.uscc }) : '',
    representative: detail.representative ? fill(t.representative, { name: detail.representative }) : '',
    status: fill(of === 1 ? t.statusOne : t.status, { n: of }),
    rewards: rewardsOf(detail, lang),
    objection: detail.listings.some(({ objection_open }) => objection_open),
    placed,
    placedNot,
    cards: detail.listings.map((listing, index) => toCard(listing, { n: index + 1, of }, lang, now)),
    asOf: detail.as_of,
    source: sourceOf(detail.listings.map(({ court }) => [court.name])),
    courtId: detail.listings[0]?.court.id ?? '',
    howToObject: detail.listings[0]?.how_to_object[lang] ?? '',
    choices: choicesOf(isPerson, lang),
    subject: subjectOf(detail),
    aim: aimOf(detail)
  }
}

/** To the form about this listing, which is handed over and never stands in an address, or to whom to call. */
export function openChoice(choice: Choice, { subject }: Pick<DetailView, 'subject'>): void {
  // left lying for nobody: the next form that opens would be about this person
  handover().filing = choice.door ? { ...subject, topic: choice.topic } : null
  const courts = [...new Set(subject.listings.map(({ court }) => court.id))].join()
  const asked = `/pages/services/today/index?topic=${choice.topic}&court=${courts}`
  openPage(choice.door ? `/pages/filings/file/index?door=${choice.door}` : asked)
}
