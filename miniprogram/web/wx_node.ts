import { Event as WxEvent, type Element as WxNode } from 'glass-easel'

/** An HTML element that glass-easel made for a WXML node. */
export type WxElement = HTMLElement & { __wxElement?: WxNode }

/** Fields glass-easel keeps to itself but that the DOM needs: ids are written as `<prefix>--<id>`. */
interface ShadowHost {
  _$idPrefix?: string
  is: string
}

export interface FireOptions {
  bubbles?: boolean
  composed?: boolean
  /** Copied onto the event object itself, as WeChat does with `markerId`. */
  fields?: Record<string, unknown>
}

/** Raise a WeChat event on the WXML node behind `element`. Built-in components' events do not bubble. */
export function fire(element: WxElement, name: string, detail: unknown, options: FireOptions = {}): void {
  if (!element.__wxElement) return
  const { bubbles = false, composed = false, fields } = options
  WxEvent.triggerEvent(element.__wxElement, name, detail, {
    bubbles,
    composed,
    capturePhase: bubbles,
    extraFields: fields
  })
}

/** The component or page whose template `element` stands in. */
function hostOf(element: WxElement): ShadowHost | undefined {
  return element.__wxElement?.ownerShadowRoot?.getHostNode() as unknown as ShadowHost | undefined
}

/** DOM id of `id` as written in the WXML of the page or component that `element` belongs to. */
export function domId(element: WxElement, id: string): string {
  const prefix = hostOf(element)?._$idPrefix
  return prefix ? `${prefix}--${id}` : id
}

/** Path of the page or component that `element` is written in: relative URLs start there. */
export function sourcePath(element: WxElement): string {
  return hostOf(element)?.is ?? ''
}

/** Id as the WXML has it, without the prefix of the page. */
export function wxId(element: WxElement): string {
  return element.__wxElement?.id ?? ''
}

/** The nearest element at or above `node` that a WXML node stands behind. */
export function nearestWxElement(node: EventTarget | null): WxElement | null {
  let element = node instanceof Element ? node : null
  while (element && !(element as WxElement).__wxElement) element = element.parentElement
  return element as WxElement | null
}
