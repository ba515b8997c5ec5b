import { app, routes } from 'virtual:miniprogram'
import { programPath } from './images'

/** A page and its query; `url` is how the browser's address bar writes it. */
export interface Address {
  path: string
  query: Record<string, string>
  url: string
}

const webPaths = new Map(Object.entries(routes).map(([web, page]) => [page, web]))
const tabs = new Set(app.tabBar?.list.map((tab) => tab.pagePath) ?? [])

export const home = app.pages[0]

export function isTab(path: string): boolean {
  return tabs.has(path)
}

/** Values stay encoded, as WeChat hands them to `onLoad`: pages decode what they encoded. */
function parseQuery(search: string): Record<string, string> {
  const pairs = search.replace(/^\?/, '').split('&').filter(Boolean)
  return Object.fromEntries(
    pairs.map((pair) => {
      const [name, ...value] = pair.split('=')
      return [name, value.join('=')]
    })
  )
}

function address(path: string, search: string): Address | null {
  const web = webPaths.get(path)
  return web === undefined ? null : { path, query: parseQuery(search), url: web + search }
}

/** Address of a WeChat URL such as `/pages/x/index?id=1`, relative to the page or component `source`. */
export function parseUrl(url: string, source: string): Address | null {
  const [path, search] = url.split(/(?=\?)/)
  const page = path === '' ? source : programPath(path, source).slice(1)
  return address(page, search ?? '')
}

export function webUrl(url: string, source: string): string | null {
  return parseUrl(url, source)?.url ?? null
}

/** The page the browser was sent to; null where no page has this address. */
export function addressOfLocation(): Address | null {
  const path = location.pathname.replace(/(.)\/$/, '$1')
  const page = routes[path]
  return page === undefined ? null : address(page, location.search)
}
