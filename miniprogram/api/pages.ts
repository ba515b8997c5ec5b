/** Ways from page to page, within the ten that WeChat keeps on its stack: it refuses an eleventh. */
const MOST_PAGES = 10

function isFull(): boolean {
  return getCurrentPages().length >= MOST_PAGES
}

/** How the links of the page in front open: on a full stack that page gives way. For a navigator's `open-type`. */
export function linkType(): 'navigate' | 'redirect' {
  return isFull() ? 'redirect' : 'navigate'
}

/** Opens a page. On a full stack the one in front gives way to it, and `givesWay` is told before. */
export function openPage(url: string, givesWay: () => void = () => {}): void {
  if (!isFull()) {
    wx.navigateTo({ url })
    return
  }
  givesWay()
  wx.redirectTo({ url })
}

/** Back to the page that asked, without its query; where it gave way or never was, there anew. */
export function returnTo(url: string): void {
  const pages = getCurrentPages()
  const before = pages[pages.length - 2]
  if (before && `/${before.route}` === url) wx.navigateBack()
  else wx.redirectTo({ url })
}
