import { isBrowser } from '../geo/base-map'

/** In a browser the pages come from the API's own origin. In WeChat the operator's domain stands in `app.ts`. */
export function apiBaseUrl(): string {
  if (isBrowser()) return ''
  return getApp<{ globalData: { apiBaseUrl: string } }>().globalData.apiBaseUrl
}
