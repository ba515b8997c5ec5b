import type { Query } from './http'

/** The chips above the map and the lists. `bodies` are companies and other organisations. */
export type KindChoice = 'all' | 'person' | 'bodies' | 'notice'

export interface Filter {
  kind: KindChoice
  grounds: number[]
  /** A court's id, or '' for all courts. */
  court: string
}

export const NO_FILTER: Filter = { kind: 'all', grounds: [], court: '' }

export function toFilterQuery(filter: Filter): Query {
  return {
    kind: filter.kind === 'person' ? ['person'] : filter.kind === 'bodies' ? ['company', 'organisation'] : [],
    notice: filter.kind === 'notice' ? true : null,
    ground: [...filter.grounds].sort(),
    court: filter.court
  }
}

/** How many choices stand behind "Filter". */
export function countChoices(filter: Filter): number {
  return filter.grounds.length + (filter.court === '' ? 0 : 1)
}

/** Whether counts of an area, which know no filter, still say what the map shows. */
export function changesCounts(filter: Filter): boolean {
  return filter.kind === 'notice' || countChoices(filter) > 0
}

const KINDS: KindChoice[] = ['all', 'person', 'bodies', 'notice']
const GROUNDS = [1, 2, 3, 4, 5, 6]
const COURT_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** A filter inside a page's address: `&kind=person&ground=1.4&court=…`. */
export function toAddress({ kind, grounds, court }: Filter): string {
  const parts = [
    kind === 'all' ? '' : `&kind=${kind}`,
    grounds.length === 0 ? '' : `&ground=${grounds.join('.')}`,
    court === '' ? '' : `&court=${encodeURIComponent(court)}`
  ]
  return parts.join('')
}

export function fromAddress(query: Record<string, string | undefined>): Filter {
  const grounds = (query.ground ?? '').split('.')
  return {
    kind: KINDS.find((kind) => kind === query.kind) ?? 'all',
    grounds: GROUNDS.filter((ground) => grounds.includes(String(ground))),
    court: COURT_ID.exec(query.court ?? '')?.[0] ?? ''
  }
}
