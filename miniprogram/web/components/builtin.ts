import type { WxElement } from '../wx_node'

// biome-ignore lint/suspicious/noExplicitAny: a property has whatever type the page's data have
export type Setter = (element: any, value: any) => void

/** A built-in component of WeChat: the HTML element is the component, no wrapper around it. */
export interface Builtin {
  html: string
  /** Runs once, before any property is set and before the element is in the document. */
  start?: (element: WxElement) => void
  /** WXML attribute to what it does to the element; others are handled in element.ts or ignored. */
  set?: Record<string, Setter>
}

/** Give forms something to read: `formValue(element)` of an element with a `name`. */
const readers = new WeakMap<Element, () => unknown>()

export function readAs(element: Element, read: () => unknown): void {
  readers.set(element, read)
}

export function formValue(element: Element): unknown {
  return readers.get(element)?.()
}

export const setName: Setter = (element: HTMLElement, value: unknown) => {
  element.dataset.name = String(value ?? '')
}
