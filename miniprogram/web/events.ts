import { PRESSABLE_ROLES } from './element'
import { fire, nearestWxElement } from './wx_node'

/** Elements that the browser itself presses on Enter or Space. */
const NATIVE_PRESS = 'a[href],button,input,select,textarea,summary'

/** DOM events that pages may bind on any element, under the same name as in WeChat. */
const PASSED_ON = new Set(['touchstart', 'touchmove', 'touchend', 'touchcancel', 'transitionend', 'animationend'])

/**
 * A browser's click is WeChat's tap: it comes from mouse, finger, keyboard and assistive technology alike.
 *
 * A map tells its own taps, which carry a place.
 */
function onClick(event: MouseEvent): void {
  const element = nearestWxElement(event.target)
  if (!element || element.closest('[wx="map"]')) return
  fire(element, 'tap', { x: event.clientX, y: event.clientY }, { bubbles: true, composed: true })
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.key !== 'Enter' && event.key !== ' ') return
  const target = event.target as HTMLElement
  if (target.matches(NATIVE_PRESS) || !PRESSABLE_ROLES.has(target.getAttribute('role') ?? '')) return
  event.preventDefault()
  target.click()
}

export function listenForTaps(): void {
  document.addEventListener('click', onClick)
  document.addEventListener('keydown', onKeyDown)
}

const passing = new Set<string>()

/** Pass `type` on to the pages from the document, once. */
export function passOn(type: string): void {
  if (!PASSED_ON.has(type) || passing.has(type)) return
  passing.add(type)
  const pass = (event: Event) => {
    const element = nearestWxElement(event.target)
    const { touches, changedTouches } = event as TouchEvent
    if (element) fire(element, type, {}, { bubbles: true, composed: true, fields: { touches, changedTouches } })
  }
  document.addEventListener(type, pass, { capture: true, passive: true })
}

/** `catchtouchmove` on a mask keeps the page below from scrolling. */
export function blockScrolling(element: HTMLElement): void {
  element.addEventListener('touchmove', (event) => event.preventDefault(), { passive: false })
}
