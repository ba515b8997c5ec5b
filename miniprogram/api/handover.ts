import type { GlobalData } from '../app'

/** What one page leaves for another that takes no query. */
export function handover(): GlobalData {
  return getApp<{ globalData: GlobalData }>().globalData
}
