import { writeAttribute } from './components/dom'
import { type Builtin, builtins, type Setter } from './components/index'
import { domId, type WxElement } from './wx_node'

/** Roles that promise a press: such a view must be reachable and answer the keyboard. */
export const PRESSABLE_ROLES = new Set(['button', 'link', 'tab', 'checkbox', 'switch', 'radio', 'option', 'menuitem'])

const ID_REFERENCES = new Set(['aria-labelledby', 'aria-describedby', 'aria-controls', 'aria-owns'])

/** Lengths in rpx occur in `style="…"` too; a style sheet's are converted by the build. */
function withoutRpx(style: string): string {
  return style.replace(/(-?[\d.]+)rpx\b/g, 'calc($1 * var(--wx-rpx))')
}

function writeAria(element: WxElement, name: string, value: unknown): void {
  const isEmpty = value === undefined || value === null || value === ''
  const text = isEmpty ? null : String(value)
  writeAttribute(element, name, text && ID_REFERENCES.has(name) ? domId(element, text) : text)
}

function writeRole(element: WxElement, value: unknown): void {
  const role = value ? String(value) : null
  writeAttribute(element, 'role', role)
  if (role && PRESSABLE_ROLES.has(role) && element.tabIndex < 0) element.tabIndex = 0
}

/** Attributes that mean the same on every WXML element. Others are WeChat's own and stay out of the DOM. */
function writeCommon(element: WxElement, name: string, value: unknown): void {
  if (name === 'hidden') element.hidden = Boolean(value)
  else if (name === 'aria-role' || name === 'role') writeRole(element, value)
  else if (name.startsWith('aria-')) writeAria(element, name, value)
}

function write(element: WxElement, setters: Record<string, Setter> | undefined, name: string, value: unknown): void {
  const setter = setters?.[name]
  if (setter) setter(element, value)
  else writeCommon(element, name, value)
}

/**
 * Route glass-easel's attribute writes on `element` through the built-in component's setters.
 *
 * glass-easel turns values into strings first, so the raw value is read back from its node. `style` goes through CSSOM:
 * the page's CSP forbids style attributes.
 */
function adopt(element: WxElement, builtin: Builtin | undefined): void {
  element.setAttribute = (name, text) => {
    if (name === 'style') element.style.cssText = withoutRpx(text)
    else if (name === 'wx-host') writeAttribute(element, name, text)
    else write(element, builtin?.set, name, element.__wxElement?.getAttribute(name) ?? undefined)
  }
  element.removeAttribute = (name) => write(element, builtin?.set, name, false)
}

/** The HTML element for a WXML tag; a custom component keeps its own tag name. */
export function createElement(tag: string): HTMLElement {
  const builtin = builtins[tag]
  const element: WxElement = document.createElement(builtin?.html ?? tag)
  if (builtin) writeAttribute(element, 'wx', tag)
  adopt(element, builtin)
  builtin?.start?.(element)
  return element
}
