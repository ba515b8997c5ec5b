import { isBrowser } from '../geo/base-map'

/** In a browser the pages come from the API's own origin. In WeChat the operator's domain stands in `app.ts`. */
export function apiBaseUrl(): string {
  if (isBrowser()) return ''
  return publisherUrl()
}

/** An address that can be opened elsewhere too. */
export function publicBaseUrl(): string {
  const { location } = globalThis as { location?: { origin: string } }
  return isBrowser() ? (location?.origin ?? '') : publisherUrl()
}

/** WeChat opens no page of the service's own that is to be printed. */
export function canOpenPages(): boolean {
  return isBrowser()
}

/** Beside this page, which keeps what it shows. */
export function openBeside(url: string): void {
  const { open } = globalThis as { open?: (url: string, target: string, features: string) => void }
  open?.(url, '_blank', 'noopener')
}

function publisherUrl(): string {
  return getApp<{ globalData: { apiBaseUrl: string } }>().globalData.apiBaseUrl
}
