/** Ways from page to page, within the ten that WeChat keeps on its stack: it refuses an eleventh. */
const MOST_PAGES = 10

function isFull(): boolean {
  return getCurrentPages().length >= MOST_PAGES
}

/** How the links of the page in front open: on a full stack that page gives way. For a navigator's `open-type`. */
export function linkType(): 'navigate' | 'redirect' {
  return isFull() ? 'redirect' : 'navigate'
}

/** Should nobody tell that a page has come: less than `bringCodeBack` waits. */
const LONGEST_MS = 300
let coming = ''

/** From here on the page in front speaks for itself. */
function hasCome(): void {
  coming = ''
}

function isInFront(url: string): boolean {
  const pages = getCurrentPages()
  const front = pages[pages.length - 1]
  const [path, query = ''] = url.split('?')
  const options = Object.entries(front?.options ?? {}).map(([name, value]) => `${name}=${value}`)
  return front !== undefined && `/${front.route}` === path && options.join('&') === query
}

/** Of two presses the second opens nothing. */
function comesAlready(url: string): boolean {
  if (url === coming || isInFront(url)) return true
  coming = url
  setTimeout(hasCome, LONGEST_MS)
  return false
}

/** Opens a page, once. On a full stack the one in front gives way to it, and `givesWay` is told before. */
export function openPage(url: string, givesWay: () => void = () => {}): void {
  if (comesAlready(url)) return
  if (!isFull()) {
    wx.navigateTo({ url, complete: hasCome })
    return
  }
  givesWay()
  wx.redirectTo({ url, complete: hasCome })
}

/** Back to the page that asked, without its query; where it gave way or never was, there anew. */
export function returnTo(url: string): void {
  const pages = getCurrentPages()
  const before = pages[pages.length - 2]
  if (before && `/${before.route}` === url) wx.navigateBack()
  else wx.redirectTo({ url })
}
