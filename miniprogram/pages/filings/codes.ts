/** Codes that somebody chose to keep on this phone: the code and the month, nothing of what it is about. */
import { keepOnPhone } from '../../api/storage'
import { chinaToday } from '../../i18n/format'

export interface KeptCode {
  code: string
  /** `YYYY-MM`. */
  month: string
}

const KEY = 'codes'

export function listCodes(): KeptCode[] {
  const stored: unknown = wx.getStorageSync(KEY)
  return Array.isArray(stored) ? (stored as KeptCode[]) : []
}

/** False where the phone's storage is full, or a browser keeps nothing. */
export function keepCode(code: string, now: number): boolean {
  const others = listCodes().filter((kept) => kept.code !== code)
  if (keepOnPhone(KEY, [{ code, month: chinaToday(now).slice(0, 7) }, ...others])) return true
  // a browser may hold until it closes what it could not keep
  removeCode(code)
  return false
}

export function removeCode(code: string): void {
  const others = listCodes().filter((kept) => kept.code !== code)
  if (others.length > 0) keepOnPhone(KEY, others)
  else wx.removeStorageSync(KEY)
}

/** `7K3QD`: as much as a list may show. */
export function startOf(code: string): string {
  return code.slice(0, 5)
}
