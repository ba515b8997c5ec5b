import { app, units } from 'virtual:miniprogram'
import { writeAttribute } from './components/dom'
import { warmUp } from './components/map/load'
import { type MountedPage, mountPage, type PageObject } from './host'
import type { Address } from './routes'

/** WeChat's default distance to the end of a page, in px, at which `onReachBottom` is called. */
const REACH_BOTTOM_PX = 50

function call(object: PageObject, name: string, ...args: unknown[]): void {
  const method = object[name]
  if (typeof method !== 'function') return
  try {
    const result = method.apply(object, args)
    if (result instanceof Promise) result.catch((error) => console.error(error))
  } catch (error) {
    console.error(error)
  }
}

/** One page of the stack, alive from `onLoad` to `onUnload`, in a scrolling frame of its own. */
export class Page {
  readonly frame = document.createElement('div')
  title: string
  private mounted: MountedPage | null = null
  private scrollTop = 0
  private focused: HTMLElement | null = null
  private wasNearEnd = false

  constructor(readonly address: Address) {
    const { config } = units[address.path]
    this.title = config.navigationBarTitleText ?? app.window?.navigationBarTitleText ?? ''
    this.frame.className = 'wx-frame'
    // a page that does not scroll is one picture, such as the map: on a wide screen it fills the window
    this.frame.toggleAttribute('data-wide', config.disableScroll === true)
    this.frame.toggleAttribute('data-still', config.disableScroll === true)
    this.frame.addEventListener('scroll', () => this.onScroll(), { passive: true })
  }

  get object(): PageObject | null {
    return this.mounted?.object ?? null
  }

  get hasOwnBar(): boolean {
    const style = units[this.address.path].config.navigationStyle ?? app.window?.navigationStyle
    return style === 'custom'
  }

  get main(): HTMLElement {
    return this.frame.firstElementChild as HTMLElement
  }

  /** Runs once, when the frame is in the document. */
  load(): void {
    if (units[this.address.path].hasMap) warmUp()
    this.mounted = mountPage(this.address.path, this.address.query, this.frame)
    // a stop of its own: a long page without anything to press could not be scrolled from a keyboard
    this.main.tabIndex = 0
    this.setTitle(this.title)
    call(this.mounted.object, 'onLoad', this.address.query)
  }

  show(): void {
    const isFirst = this.mounted === null
    this.frame.hidden = false
    if (isFirst) this.load()
    this.frame.scrollTop = this.scrollTop
    this.tell('onShow', 'show')
    if (isFirst) setTimeout(() => this.object && call(this.object, 'onReady'))
  }

  hide(): void {
    this.remember()
    this.tell('onHide', 'hide')
    this.frame.hidden = true
  }

  unload(): void {
    if (this.mounted) {
      call(this.mounted.object, 'onUnload')
      this.mounted.release()
    }
    this.mounted = null
    this.frame.remove()
  }

  /** To the page and to its components' pageLifetimes. */
  tell(method: string, lifetime: string): void {
    if (!this.mounted) return
    this.mounted.component.triggerPageLifetime(lifetime, [])
    call(this.mounted.object, method)
  }

  setTitle(title: string): void {
    this.title = title
    if (this.mounted) writeAttribute(this.main, 'aria-label', title)
  }

  /** A new page is announced by its name; a page returned to continues where the reader left it. */
  takeFocus(): void {
    const target = this.focused?.isConnected ? this.focused : this.main
    target.focus({ preventScroll: true })
  }

  private remember(): void {
    this.scrollTop = this.frame.scrollTop
    const { activeElement } = document
    this.focused = this.frame.contains(activeElement) ? (activeElement as HTMLElement) : null
  }

  private onScroll(): void {
    if (!this.mounted || this.frame.hidden) return
    const { scrollTop, scrollHeight, clientHeight } = this.frame
    call(this.mounted.object, 'onPageScroll', { scrollTop })
    const threshold = units[this.address.path].config.onReachBottomDistance ?? REACH_BOTTOM_PX
    const isNearEnd = scrollHeight - clientHeight - scrollTop <= threshold
    if (isNearEnd && !this.wasNearEnd) call(this.mounted.object, 'onReachBottom')
    this.wasNearEnd = isNearEnd
  }
}
