/** What the self-check says: of a court before asking, and of an answer. */
import type { Court } from '../../../api/courts'
import type { SelfCheckAnswer } from '../../../api/self-check'
import { formatNumber } from '../../../i18n/format'
import { fill, type Language, messages } from '../../../i18n/index'
import { type DetailView, toView } from '../../entities/detail/view'

/** One of the two is empty: how much can be compared, or why nothing can. */
export interface CoverageView {
  coverage: string
  cannot: string
}

export interface ResultView {
  found: string
  notFound: string
  /** Whatever is not found stands beside what could not be looked at. */
  rest: string
  people: (DetailView & { id: string })[]
}

export function toCoverage({ name, as_of, self_check }: Court, lang: Language): CoverageView {
  const { selfCheck: t } = messages(lang)
  const { comparable, of } = self_check
  if (comparable > 0) return { coverage: coverageText(comparable, of, name, lang), cannot: '' }
  if (as_of === null) return { coverage: '', cannot: fill(t.noData, { court: name }) }
  return { coverage: '', cannot: of === 0 ? fill(t.nobodyListed, { court: name }) : t.nothingToCompare }
}

function coverageText(comparable: number, of: number, court: string, lang: Language): string {
  const values = { comparable: formatNumber(comparable, lang), of: formatNumber(of, lang), court }
  return fill(messages(lang).selfCheck.coverage, values)
}

function notFound({ comparable, of }: SelfCheckAnswer, lang: Language): Pick<ResultView, 'notFound' | 'rest'> {
  const { selfCheck: t } = messages(lang)
  const uncompared = of > comparable ? [fill(t.uncompared, { n: formatNumber(of - comparable, lang) })] : []
  return {
    notFound: comparable > 0 ? fill(t.notFound, { comparable: formatNumber(comparable, lang) }) : t.nothingToCompare,
    rest: [...uncompared, t.noCertificate].join(lang === 'zh' ? '' : ' ')
  }
}

export function toResult(answer: SelfCheckAnswer, lang: Language, now: number): ResultView {
  const { selfCheck: t } = messages(lang)
  const n = answer.items.reduce((sum, { listings }) => sum + listings.length, 0)
  if (n === 0) return { found: '', people: [], ...notFound(answer, lang) }
  const people = answer.items.map((item) => ({ ...toView(item, lang, now), id: item.id }))
  return { found: fill(n === 1 ? t.foundOne : t.found, { n }), notFound: '', rest: '', people }
}
