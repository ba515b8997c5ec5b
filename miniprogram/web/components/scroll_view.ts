import { domId, fire, type WxElement } from '../wx_node'
import type { Builtin } from './builtin'

/** WeChat's distance to the end, in px, at which `scrolltolower` fires. */
const DEFAULT_THRESHOLD = 50

function distanceToEnd(element: HTMLElement): { x: number; y: number } {
  return {
    x: element.scrollWidth - element.clientWidth - element.scrollLeft,
    y: element.scrollHeight - element.clientHeight - element.scrollTop
  }
}

function watchEnd(element: WxElement): void {
  let wasNear = false
  element.addEventListener('scroll', () => {
    const { scrollLeft, scrollTop, scrollWidth, scrollHeight } = element
    fire(element, 'scroll', { scrollLeft, scrollTop, scrollWidth, scrollHeight })
    const threshold = Number(element.dataset.lowerThreshold ?? DEFAULT_THRESHOLD)
    const { x, y } = distanceToEnd(element)
    const isVertical = element.hasAttribute('data-y')
    const isNear = (isVertical ? y : x) <= threshold
    if (isNear && !wasNear) fire(element, 'scrolltolower', { direction: isVertical ? 'bottom' : 'right' })
    wasNear = isNear
  })
}

export const scrollView: Builtin = {
  html: 'div',
  start: watchEnd,
  set: {
    'scroll-x': (element: HTMLElement, value) => element.toggleAttribute('data-x', Boolean(value)),
    'scroll-y': (element: HTMLElement, value) => element.toggleAttribute('data-y', Boolean(value)),
    'lower-threshold': (element: HTMLElement, value) => {
      element.dataset.lowerThreshold = String(Number(value))
    },
    'enable-flex': (element: HTMLElement, value) => element.toggleAttribute('data-flex', Boolean(value)),
    'scroll-top': (element: HTMLElement, value) => {
      requestAnimationFrame(() => element.scrollTo({ top: Number(value) }))
    },
    'scroll-into-view': (element: WxElement, value) => {
      if (!value) return
      const id = domId(element, String(value))
      requestAnimationFrame(() => document.getElementById(id)?.scrollIntoView({ block: 'nearest', inline: 'nearest' }))
    }
  }
}
