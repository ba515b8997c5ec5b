import { type Address, addressOfLocation, home, isTab, parseUrl } from './routes'
import { updateShell } from './shell'
import { closeAll, currentPage, type Entry, newEntry, pagesOf, showStack } from './stack'

/** WeChat's limit; the eleventh `navigateTo` fails there, so it must fail here. */
const MAX_DEPTH = 10

let stack: Entry[] = []
let arrival: (() => void) | null = null

function render(entries: Entry[], takesFocus = true): void {
  stack = entries
  const page = showStack(entries, takesFocus)
  updateShell(page, entries.length > 1)
}

function resolve(url: string): Address {
  const address = parseUrl(url, currentPage()?.address.path ?? home)
  if (!address) throw new Error(`page "${url}" is not found`)
  return address
}

function resolvePlain(url: string): Address {
  const address = resolve(url)
  if (isTab(address.path)) throw new Error('can not open a tabbar page: use switchTab')
  return address
}

function remember(entries: Entry[], how: 'pushState' | 'replaceState'): void {
  const top = entries[entries.length - 1].address
  history[how]({ stack: entries }, '', top?.url ?? location.href)
}

/** Not of WeChat: what the page in front shows becomes its address, in place. A page behind it changes nothing. */
export function keepInAddress(page: string, query: string): void {
  const top = stack[stack.length - 1]
  const address = top?.address?.path === page ? resolve(`/${page}${query && `?${query}`}`) : null
  if (!address || address.url === top.address?.url) return
  stack = [...stack.slice(0, -1), { key: top.key, address }]
  remember(stack, 'replaceState')
}

export async function navigateTo(url: string): Promise<void> {
  const address = resolvePlain(url)
  if (stack.length >= MAX_DEPTH) throw new Error('webview count limit exceed')
  const entries = [...stack, newEntry(address)]
  remember(entries, 'pushState')
  render(entries)
}

export async function redirectTo(url: string): Promise<void> {
  const entries = [...stack.slice(0, -1), newEntry(resolvePlain(url))]
  remember(entries, 'replaceState')
  render(entries)
}

export async function switchTab(url: string): Promise<void> {
  const address = resolve(url)
  if (!isTab(address.path)) throw new Error('can not switch to no-tabBar page')
  const entries = [newEntry(address)]
  if (entries[0].key === stack[stack.length - 1]?.key) return
  remember(entries, 'pushState')
  render(entries)
}

export async function reLaunch(url: string): Promise<void> {
  const entries = [newEntry(resolve(url))]
  closeAll()
  remember(entries, 'replaceState')
  render(entries)
}

export async function navigateBack(delta = 1): Promise<void> {
  const steps = Math.min(delta, stack.length - 1)
  if (steps < 1) throw new Error('cannot navigate back at first page')
  const arrived = new Promise<void>((done) => {
    arrival = done
  })
  history.go(-steps)
  await arrived
}

function onPopState(event: PopStateEvent): void {
  render(event.state?.stack ?? [newEntry(addressOfLocation())])
  arrival?.()
  arrival = null
}

export function currentPages() {
  return pagesOf(stack)
}

/** Open what the address bar says; after a reload the history still knows the stack below it. */
export function startNavigation(): void {
  addEventListener('popstate', onPopState)
  const address = addressOfLocation()
  const known: Entry[] | undefined = history.state?.stack
  const entries = known?.length ? known : [newEntry(address)]
  remember(entries, 'replaceState')
  render(entries, false)
}
