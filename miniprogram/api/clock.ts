/** The time by the service's clock: a phone's own may be wrong by years, and would call a day past that is to come. */

/** So far a phone's clock is believed: an answer may have waited in a cache, and phones of one room must agree. */
const BELIEVED_MS = 3_600_000

let ahead = 0

/**
 * Learns from an answer how far the phone's clock is off.
 *
 * Args:
 *   date: The answer's `Date` header, if it has one.
 */
export function learnTime(date: string | undefined): void {
  const off = Date.parse(date ?? '') - Date.now()
  if (!Number.isNaN(off)) ahead = Math.abs(off) > BELIEVED_MS ? off : 0
}

/** Milliseconds since 1970. Not for keys of courts: who serves the pages must not say how long those last. */
export function timeNow(): number {
  return Date.now() + ahead
}
