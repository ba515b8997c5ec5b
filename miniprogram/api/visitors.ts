/**
 * Gets the reader an anonymous token, so that the hourly number of people's names is the reader's own and not shared
 * with everybody behind the same address.
 *
 * When: shortly after launch, or with the first request for entities if that comes earlier (a link, a quick finger).
 * Waiting for the first list would spare those who never read one a second of unseen work once a token's life; but
 * everybody else's first names would come out of the shared budget, which a mobile network's thousands may have spent,
 * and surnames that turn into names before one's eyes cost a reader more. No list ever waits for a token.
 */
import { type Failure, post, type Result } from './http'
import { prove } from './proven'
import { heldToken, keepToken } from './visitor-token'

const MINUTE_MS = 60_000
/** The map is drawn by then; the two must not compete for a cheap phone. */
const AFTER_LAUNCH_MS = 2000
/** So long before its end a token is renewed. */
const RENEW_MS = 60 * MINUTE_MS
/** After a new token: a clock that is wrong, or a short-lived token, must not make every list ask anew. */
const REST_MS = 10 * MINUTE_MS
const LONGEST_PAUSE_MS = 60 * MINUTE_MS

function pauseAfter(failure: Failure, failures: number): number {
  const doubled = Math.min(MINUTE_MS * 2 ** (failures - 1), LONGEST_PAUSE_MS)
  return Math.max('seconds' in failure ? failure.seconds * 1000 : 0, doubled)
}

/** Null where the token stopped being wanted on the way: then nothing more goes out, and nothing is kept. */
async function obtain(isWanted: () => boolean): Promise<Result<null> | null> {
  const proof = await prove('visitors')
  if (!isWanted()) return null
  if (!proof.ok) return proof
  const answer = await post<unknown>('/v1/visitors', { challenge: proof.value }).result
  if (!isWanted()) return null
  if (!answer.ok) return answer
  return keepToken(answer.value) ? { ok: true, value: null } : { ok: false, failure: { kind: 'failed' } }
}

export class Visitors {
  private attempt: Promise<void> | null = null
  private failures = 0
  private notBefore = 0
  private launched: ReturnType<typeof setTimeout> | 0 = 0
  private hushed = 0

  constructor(private readonly now: () => number = Date.now) {}

  /** Starts an attempt in the background unless one is under way, was made lately, or the token lasts. */
  want(): void {
    if (this.attempt || this.now() < this.notBefore || this.lasts()) return
    this.attempt = this.tryOnce()
  }

  wantAfterLaunch(): void {
    this.launched = setTimeout(() => this.want(), AFTER_LAUNCH_MS)
  }

  /** A tip begins: nothing more goes out by itself. The next list of names asks again. */
  stayQuiet(): void {
    if (this.launched) clearTimeout(this.launched)
    this.launched = 0
    this.hushed += 1
  }

  /**
   * Call it before asking for names. The function it gives waits for the attempt under way, if any, and tells whether
   * asking again would go out with another token: surnames may have been all there was without it.
   */
  mark(): () => Promise<boolean> {
    const sent = heldToken()?.visitor
    return async () => {
      await this.attempt
      return heldToken()?.visitor !== sent
    }
  }

  private lasts(): boolean {
    const held = heldToken()
    return held !== null && Date.parse(held.expires_at) - RENEW_MS > this.now()
  }

  /** Nobody is told of a failure: without a token everything works, from the shared budget. */
  private async tryOnce(): Promise<void> {
    const begun = this.hushed
    const result = await obtain(() => this.hushed === begun)
    this.attempt = null
    if (!result) return
    this.failures = result.ok ? 0 : this.failures + 1
    this.notBefore = this.now() + (result.ok ? REST_MS : pauseAfter(result.failure, this.failures))
  }
}

export const visitors = new Visitors()
