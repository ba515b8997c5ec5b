import { navigateBack, navigateTo, redirectTo, reLaunch, switchTab } from '../navigation'
import { webUrl } from '../routes'
import { sourcePath, type WxElement } from '../wx_node'
import type { Builtin } from './builtin'

const TARGETS: Record<string, (url: string) => Promise<void>> = {
  navigate: navigateTo,
  redirect: redirectTo,
  switchTab,
  reLaunch
}

interface Link {
  url: string
  openType: string
  delta: number
}

const links = new WeakMap<Element, Link>()

function linkOf(element: Element): Link {
  return links.get(element) ?? { url: '', openType: 'navigate', delta: 1 }
}

function update(element: WxElement, change: Partial<Link>): void {
  const link = { ...linkOf(element), ...change }
  links.set(element, link)
  const address = link.url ? webUrl(link.url, sourcePath(element)) : null
  ;(element as HTMLAnchorElement).href = address ?? location.href
}

/** The middle button and modifier keys keep their meaning: a new tab. */
function isPlainClick(event: MouseEvent): boolean {
  return event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
}

function follow(element: WxElement): Promise<void> {
  const { url, openType, delta } = linkOf(element)
  if (openType === 'navigateBack') return navigateBack(delta)
  const open = TARGETS[openType] ?? navigateTo
  return open(new URL(url, `http://program/${sourcePath(element)}`).href.slice('http://program'.length))
}

export const navigator: Builtin = {
  html: 'a',
  start: (element) => {
    element.addEventListener('click', (event) => {
      if (!isPlainClick(event)) return
      event.preventDefault()
      follow(element).catch((error) => console.error(error))
    })
  },
  set: {
    url: (element: WxElement, value) => update(element, { url: String(value ?? '') }),
    'open-type': (element: WxElement, value) => update(element, { openType: String(value ?? 'navigate') }),
    delta: (element: WxElement, value) => update(element, { delta: Number(value) || 1 })
  }
}
