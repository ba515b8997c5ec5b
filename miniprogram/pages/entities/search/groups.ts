/** Search results in the three groups people can judge: the same, beginning or containing, only similar. */
import type { MatchHow, Summary } from '../../../api/entities'
import { type RowView, toRow } from '../../../components/entity-row/row'
import { fill, type Language, messages } from '../../../i18n/index'

export type GroupName = 'exact' | 'begins' | 'similar'

export interface Group {
  name: GroupName
  heading: string
  /** The warning above people of the same name. */
  warning: string
  rows: RowView[]
  folded: boolean
  /** The fold's button; '' where nothing can be folded. */
  fold: string
}

const GROUP_OF: Record<MatchHow, GroupName> = {
  exact: 'exact',
  prefix: 'begins',
  contains: 'begins',
  pinyin: 'similar',
  initials: 'similar',
  similar: 'similar'
}

const ORDER: GroupName[] = ['exact', 'begins', 'similar']

export type QueryProblem = 'short' | 'long' | null

/** The API's rule: two Chinese characters or three letters or digits, at most 100 characters. */
export function problemOf(q: string): QueryProblem {
  if ([...q].length > 100) return 'long'
  const chinese = q.match(/[\u3400-\u9fff\uf900-\ufaff\u{20000}-\u{323af}]/gu)?.length ?? 0
  const others = q.match(/[\p{L}\p{N}]/gu)?.length ?? 0
  return chinese >= 2 || others >= 3 ? null : 'short'
}

/** Letters alone, as Chinese names are written by their sound; a code has digits. */
export function isPinyin(q: string): boolean {
  return /^[\p{Script=Latin}\p{M}\s'’·-]+$/u.test(q)
}

function isPerson({ kind }: Summary): boolean {
  return kind === 'person'
}

/** Whether similar names, which the server finds only when somebody goes on past an exact one, were asked for. */
export type Guesses = 'unasked' | 'asked'

/** A page that shows an exact match and ends short leads to the similar ones. */
export function guessesBehind(items: readonly Summary[], limit: number, next: string | null): Guesses {
  const exact = items.some(({ match }) => match?.how === 'exact')
  return exact && next !== null && items.length < limit ? 'unasked' : 'asked'
}

/**
 * Args:
 *   unfolded: Whether the reader has opened the similar group.
 */
export function toGroups(
  items: readonly Summary[],
  unfolded: boolean,
  lang: Language,
  guesses: Guesses = 'asked'
): Group[] {
  const groups = knownGroups(items, unfolded, lang)
  if (guesses === 'asked') return groups
  const { similar, showUnasked } = messages(lang).search
  return [...groups, { name: 'similar', heading: similar, warning: '', rows: [], folded: true, fold: showUnasked }]
}

function knownGroups(items: readonly Summary[], unfolded: boolean, lang: Language): Group[] {
  const t = messages(lang).search
  const onlySimilar = items.every(({ match }) => GROUP_OF[match?.how ?? 'exact'] === 'similar')
  return ORDER.flatMap((name) => {
    const members = items.filter(({ match }) => GROUP_OF[match?.how ?? 'exact'] === name)
    if (members.length === 0) return []
    const hasPeople = members.some(isPerson)
    const canFold = name === 'similar' && hasPeople && !onlySimilar
    const folded = canFold && !unfolded
    return [
      {
        name,
        heading: name === 'similar' && !hasPeople ? t.similarBodies : t[name],
        warning: name === 'exact' && hasPeople ? t.sameName : '',
        rows: folded ? [] : members.map((member) => toRow(member, lang)),
        folded,
        fold: canFold ? (folded ? fill(t.show, { n: members.length }) : t.hide) : ''
      }
    ]
  })
}

export function hasOnlySimilar(items: readonly Summary[]): boolean {
  return items.length > 0 && items.every(({ match }) => GROUP_OF[match?.how ?? 'exact'] === 'similar')
}

export function hasBodies(items: readonly Summary[]): boolean {
  return items.some((item) => !isPerson(item))
}
