/** Whose list a number or a row comes from, for the as-of line. */
import { messages } from '../i18n/index'
import { findOnlyCourt } from './courts'

let siteSource: Promise<string> | null = null

/** The one court behind the whole site, or "the courts in this service". */
export function getSiteSource(): Promise<string> {
  siteSource ??= findOnlyCourt().then((court) => court?.name ?? '')
  return siteSource.then((name) => name || messages().common.allCourts)
}

/** The courts of some rows by name while there are few; a longer list would push the date away. */
export function sourceOf(courts: readonly (readonly string[])[]): string {
  const distinct = [...new Set(courts.flat())]
  const { allCourts, listSeparator } = messages().common
  if (distinct.length === 0) return ''
  return distinct.length <= 2 ? distinct.join(listSeparator) : allCourts
}
