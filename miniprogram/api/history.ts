/** What this phone remembers: areas and organisations looked at. Never people, never what was typed. */
import { keepOnPhone } from './storage'

export interface Seen {
  kind: 'area' | 'body'
  id: string
  name: string
  /** An invented organisation says so here too. */
  demo?: boolean
}

const KEY = 'seen'
const KEPT = 10

export function listSeen(): Seen[] {
  const stored: unknown = wx.getStorageSync(KEY)
  return Array.isArray(stored) ? (stored as Seen[]) : []
}

export function rememberSeen(seen: Seen): void {
  const others = listSeen().filter(({ kind, id }) => kind !== seen.kind || id !== seen.id)
  keepOnPhone(KEY, [seen, ...others].slice(0, KEPT))
}

/** Nothing tells afterwards that this organisation was looked at. */
export function forgetBody(name: string): void {
  const others = listSeen().filter((seen) => seen.kind !== 'body' || seen.name !== name)
  if (others.length > 0) keepOnPhone(KEY, others)
  else wx.removeStorageSync(KEY)
}

export function forgetSeen(): void {
  wx.removeStorageSync(KEY)
}
