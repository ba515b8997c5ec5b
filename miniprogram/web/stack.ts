import { Page } from './page'
import { type Address, isTab } from './routes'

/** One level of the page stack as the browser's history keeps it; `address` null: the link was bad. */
export interface Entry {
  key: string
  address: Address | null
}

/** Pages alive by key: those of the current stack, and every tab page once opened. */
const pages = new Map<string, Page>()
let current: Page | null = null
let container: HTMLElement

export function mountStack(element: HTMLElement): void {
  container = element
}

export function currentPage(): Page | null {
  return current
}

/** A tab page is one and the same wherever it stands in the history. */
export function newEntry(address: Address | null): Entry {
  const isKept = address !== null && isTab(address.path)
  const key = isKept ? `tab ${address.path}` : `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}`
  return { key, address }
}

function drop(keep: Set<string>): void {
  for (const [key, page] of pages) {
    if (keep.has(key) || isTab(page.address.path)) continue
    page.unload()
    pages.delete(key)
  }
}

function pageOf({ key, address }: Entry): Page | null {
  if (!address) return null
  let page = pages.get(key)
  if (!page) {
    page = new Page(address)
    pages.set(key, page)
    container.append(page.frame)
  }
  return page
}

function leave(next: Page | null, keep: Set<string>): void {
  if (!current || current === next) return
  const isKept = isTab(current.address.path) || [...pages].some(([key, page]) => page === current && keep.has(key))
  if (isKept) current.hide()
}

/**
 * Make `entries` the stack and show its last page.
 *
 * Pages that stay in the stack keep state and scroll position; pages below the top that are not alive (after a reload)
 * are made when they are returned to.
 */
export function showStack(entries: Entry[], takesFocus: boolean): Page | null {
  const keep = new Set(entries.map(({ key }) => key))
  const previous = current
  const next = pageOf(entries[entries.length - 1])
  leave(next, keep)
  drop(keep)
  current = next
  if (next && next !== previous) next.show()
  if (next && takesFocus) next.takeFocus()
  return next
}

/** Forget every page, kept tabs too: `wx.reLaunch`. */
export function closeAll(): void {
  for (const page of pages.values()) page.unload()
  pages.clear()
  current = null
}

/** The pages of `entries`, bottom first, as `getCurrentPages()` lists them; `object` null: not alive since a reload. */
export function pagesOf(entries: Entry[]): Pick<Page, 'address' | 'object'>[] {
  return entries.flatMap(({ key, address }) => pages.get(key) ?? (address ? { address, object: null } : []))
}
