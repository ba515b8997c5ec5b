/** Which keys of a court may be used: those on a path of statements from the root key that is compiled in. */
import type { KeyStatement } from '../../api/courts'
import { toBytes } from './seal/bytes'
import { KEY_BYTES } from './seal/envelope'
import { refusalOf } from './seal/refusal'
import { ROOT_KEY } from './seal/root-key'
import { checkPath, type KeyUse } from './seal/statement'

const KEY = 'court-keys'

export interface CourtKey {
  number: number
  key: Uint8Array
}

/** By court and use, the highest number ever accepted. */
type Seen = Record<string, number>

function listSeen(): Seen {
  const stored: unknown = wx.getStorageSync(KEY)
  return typeof stored === 'object' && stored !== null ? (stored as Seen) : {}
}

function keep(court: string, use: KeyUse, number: number): void {
  const seen = listSeen()
  const name = `${court}/${use}`
  if (number <= (seen[name] ?? 0)) return
  try {
    wx.setStorageSync(KEY, { ...seen, [name]: number })
  } catch {
    // a full storage: the next visit accepts what this one did
  }
}

function lowestOf(court: string, use: KeyUse): number {
  return listSeen()[`${court}/${use}`] ?? 1
}

/** The key at the end of one path, or null where the path is refused. */
function follow(path: readonly KeyStatement[], court: string, root: Uint8Array, now: Date): Uint8Array | null {
  const wanted = path.map(({ use }) => ({ court, use: use as KeyUse, lowest: lowestOf(court, use as KeyUse) }))
  try {
    return checkPath(path, root, wanted, now)
  } catch (error) {
    if (refusalOf(error) === null) throw error
    return null
  }
}

/** A court's certified keys of one use, the newest first. None without a root: then nobody's word counts. */
export function certifiedKeys(
  court: { id: string; keys?: readonly KeyStatement[] },
  use: KeyUse,
  now: Date,
  rootKey: string = ROOT_KEY
): CourtKey[] {
  if (rootKey === '') return []
  const root = toBytes(rootKey, KEY_BYTES)
  const statements = court.keys ?? []
  const found: CourtKey[] = []
  for (const sign of statements.filter((statement) => statement.use === 'sign')) {
    for (const last of statements.filter((statement) => statement.use === use)) {
      const key = follow([sign, last], court.id, root, now)
      if (!key) continue
      keep(court.id, 'sign', sign.number)
      found.push({ number: last.number, key })
    }
  }
  found.sort((one, other) => other.number - one.number)
  if (found[0]) keep(court.id, use, found[0].number)
  return found
}
