import type { Summary } from '../../api/entities'
import { articles } from '../../i18n/articles'
import { formatDay } from '../../i18n/format'
import { fill, type Language, messages } from '../../i18n/index'

/** One entity as a list shows it. Legal representatives are left to the entity's own page. */
export interface RowView {
  id: string
  name: string
  kind: string
  demo: string
  reward: string
  facts: string
  court: string
  /** Kept in one piece where the line has room for it. */
  cases: string
  grounds: string
  published: string
}

/** `40-49` with the dash of a range. */
export function ageText(band: string): string {
  return band.replace('-', '–')
}

export function personFacts({ sex, age_band }: Pick<Summary, 'sex' | 'age_band'>, lang: Language): string {
  const t = messages(lang).common
  const sexText = sex === null ? '' : t[sex]
  if (!age_band) return sexText
  return sexText
    ? fill(t.personFacts, { sex: sexText, age: ageText(age_band) })
    : fill(t.ageOnly, { age: ageText(age_band) })
}

function casesText({ case_numbers }: Summary, lang: Language): string {
  const [first = ''] = case_numbers
  if (case_numbers.length < 2) return first
  return fill(messages(lang).common.moreCases, { case: first, n: case_numbers.length })
}

/** The first ground in the short form, and how many there are. */
export function groundsText(grounds: readonly number[], lang: Language): string {
  const ground = articles(lang).groundsShort[grounds[0] ?? 0] ?? ''
  return grounds.length > 1 ? fill(messages(lang).common.andMore, { ground, n: grounds.length }) : ground
}

export function toRow(summary: Summary, lang: Language): RowView {
  const t = messages(lang).common
  return {
    id: summary.id,
    name: summary.name,
    kind: t[summary.kind],
    demo: summary.source === 'demo' ? t.demoTag : '',
    reward: summary.notice ? t.reward : '',
    facts: summary.kind === 'person' ? personFacts(summary, lang) : '',
    court: summary.courts.join(t.listSeparator) || summary.area.name,
    cases: casesText(summary, lang),
    grounds: groundsText(summary.grounds, lang),
    published: fill(t.published, { date: formatDay(summary.published_on, lang) })
  }
}
