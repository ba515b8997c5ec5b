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

function publisherUrl(): string {
  return getApp<{ globalData: { apiBaseUrl: string } }>().globalData.apiBaseUrl
}
