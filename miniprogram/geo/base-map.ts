/** What differs between WeChat and the browser, decided here and nowhere else. */

interface BrowserDocument {
  querySelector(selector: string): { getAttribute(name: string): string | null } | null
}
declare const document: BrowserDocument | undefined

/** WeChat's logic layer has no `document`. */
export function isBrowser(): boolean {
  return typeof document !== 'undefined'
}

/** WeChat always brings streets; a browser only where the operator has configured tiles. */
export function hasBaseMap(): boolean {
  if (typeof document === 'undefined') return true
  return Boolean(document.querySelector('meta[name=tiles]')?.getAttribute('content'))
}

/** Below scale 13 there is nothing but streets to read, so without streets the map stops there. */
export function maxScale(): number {
  return hasBaseMap() ? 18 : 13
}
