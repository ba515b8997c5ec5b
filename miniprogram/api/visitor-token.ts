/** The reader's anonymous token as this phone keeps it: the token and its end, nothing else. */
import { keepOnPhone } from './storage'

export interface VisitorToken {
  visitor: string
  /** RFC 3339. */
  expires_at: string
}

const KEY = 'visitor'
/** What may stand in a header: anything else would make every request for people fail. */
const TOKEN = /^[\w.~+/=:-]{1,1024}$/

function isToken(value: unknown): value is VisitorToken {
  const { visitor, expires_at } = (value ?? {}) as Partial<Record<keyof VisitorToken, unknown>>
  return typeof visitor === 'string' && TOKEN.test(visitor) && !Number.isNaN(Date.parse(String(expires_at)))
}

/** Even where its end seems past: the phone's clock may err, and to the server an ended token is as good as none. */
export function heldToken(): VisitorToken | null {
  const stored: unknown = wx.getStorageSync(KEY)
  return isToken(stored) ? stored : null
}

/** False where the answer was no token, or cannot be kept. */
export function keepToken(answer: unknown): boolean {
  return isToken(answer) && keepOnPhone(KEY, { visitor: answer.visitor, expires_at: answer.expires_at })
}
