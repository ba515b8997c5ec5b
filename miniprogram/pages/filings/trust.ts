/** Which keys of a court may be used: those on a path of statements from the root key that is compiled in. */
import type { KeyStatement } from '../../api/courts'
import { keepOnPhone } from '../../api/storage'
import { toBytes } from './seal/bytes'
import { KEY_BYTES } from './seal/envelope'
import { refusalOf } from './seal/refusal'
import { ROOT_KEY } from './seal/root-key'
import { checkPath, type KeyUse, type Wanted } from './seal/statement'

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
  // where it cannot be kept, the next visit accepts what this one did
  keepOnPhone(KEY, { ...seen, [name]: number })
}

function lowestOf(court: string, use: KeyUse): number {
  return listSeen()[`${court}/${use}`] ?? 1
}

/** The key at the end of one path, or null where the path is refused. */
function follow(path: readonly KeyStatement[], wanted: readonly Wanted[], now: Date, rootKey: string) {
  try {
    return checkPath(path, toBytes(rootKey, KEY_BYTES), wanted, now)
  } catch (error) {
    if (refusalOf(error) === null) throw error
    return null
  }
}

/** Every path from the root to a key of one use. None without a root: then nobody's word counts. */
function findPaths(statements: readonly KeyStatement[], wanted: readonly Wanted[], now: Date, rootKey: string) {
  if (rootKey === '') return []
  const [first, second] = wanted.map(({ use }) => statements.filter((statement) => statement.use === use))
  const paths = first.flatMap((sign) => second.map((last) => [sign, last]))
  return paths.flatMap(([sign, last]) => {
    const key = follow([sign, last], wanted, now, rootKey)
    return key ? [{ sign: sign.number, number: last.number, key }] : []
  })
}

/** A court's certified keys of one use, the newest first; none that is lower than one accepted before. */
export function certifiedKeys(
  court: { id: string; keys?: readonly KeyStatement[] },
  use: KeyUse,
  now: Date,
  rootKey: string = ROOT_KEY
): CourtKey[] {
  const uses: KeyUse[] = ['sign', use]
  const wanted = uses.map((one) => ({ court: court.id, use: one, lowest: lowestOf(court.id, one) }))
  const found = findPaths(court.keys ?? [], wanted, now, rootKey)
  for (const { sign, number } of found) {
    keep(court.id, 'sign', sign)
    keep(court.id, use, number)
  }
  return found.sort((one, other) => other.number - one.number).map(({ number, key }) => ({ number, key }))
}

/** Keys that made earlier answers, certified as well: a court that has changed its key wrote them with the one before. */
export function earlierKeys(
  court: string,
  statements: readonly KeyStatement[],
  now: Date,
  rootKey: string = ROOT_KEY
): CourtKey[] {
  const uses: KeyUse[] = ['sign', 'box']
  const wanted = uses.map((use) => ({ court, use, lowest: 1 }))
  return findPaths(statements, wanted, now, rootKey).map(({ number, key }) => ({ number, key }))
}
