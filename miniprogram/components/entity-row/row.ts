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
  courtCase: string
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

function courtCase({ courts, case_numbers, area }: Summary, lang: Language): string {
  const t = messages(lang).common
  const court = courts.join(t.listSeparator)
  const [first = ''] = case_numbers
  const cases = case_numbers.length > 1 ? fill(t.moreCases, { case: first, n: case_numbers.length }) : first
  return [court || area.name, cases].filter(Boolean).join(' · ')
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
    courtCase: courtCase(summary, lang),
    grounds: groundsText(summary.grounds, lang),
    published: fill(t.published, { date: formatDay(summary.published_on, lang) })
  }
}
