/** Whose list a number or a row comes from, for the as-of line. */
import { messages } from '../i18n/index'
import { findOnlyCourt } from './courts'

/** Name of the one court, '' where there are several; undefined until a look-up has answered. */
let siteCourt: string | undefined

/** The one court behind the whole site, or "the courts in this service". */
export async function getSiteSource(): Promise<string> {
  if (siteCourt === undefined) {
    const court = await findOnlyCourt()
    siteCourt = court === undefined ? undefined : (court?.name ?? '')
  }
  return siteCourt || messages().common.allCourts
}

/** What a row says of its courts and of the oldest of their lists (RFC 3339). */
interface Sourced {
  courts?: readonly string[]
  court?: { name: string }
  as_of: string | null
}

/** Whose date `asOf` is: another court's list may be older than those of the rows, and they would be blamed for it. */
export function sourceBehind(asOf: string | null, rows: readonly Sourced[]): string {
  const isTheirs = rows.length === 0 || rows.some(({ as_of }) => as_of === asOf)
  const courts = rows.map((row) => row.courts ?? (row.court ? [row.court.name] : []))
  return isTheirs ? sourceOf(courts) : messages().common.allCourts
}

/** The courts of some rows by name while there are few; a longer list would push the date away. */
export function sourceOf(courts: readonly (readonly string[])[]): string {
  const distinct = [...new Set(courts.flat())]
  const { allCourts, listSeparator } = messages().common
  if (distinct.length === 0) return ''
  return distinct.length <= 2 ? distinct.join(listSeparator) : allCourts
}
