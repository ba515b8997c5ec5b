/** The claim under way: whose receipt, which reward key, and what was sealed. In memory only, until it is left. */
import { getCourt } from '../../../api/courts'
import { findTip, sendClaim } from '../../../api/tips'
import { toText } from '../seal/bytes'
import { type Payee, sealClaim } from '../seal/claim'
import { gatherRandom, MESSAGE_BYTES } from '../seal/random'
import type { ReceiptKeys } from '../seal/receipt-keys'
import { type CourtKey, certifiedKeys } from '../trust'

export type ClaimOutcome =
  | { kind: 'done'; number: number }
  | { kind: 'unconfirmed' }
  | { kind: 'refused' }
  | { kind: 'taken' }
  | { kind: 'noKey' }
  | { kind: 'noRandom' }

export class Claiming {
  private rewardKey: CourtKey | null
  private sealed: { payee: string; blob: string } | null = null
  /** Whether some attempt may have arrived. */
  private tried = false

  constructor(
    private readonly keys: ReceiptKeys,
    private readonly court: Parameters<typeof certifiedKeys>[0]
  ) {
    this.rewardKey = newestRewardKey(court)
  }

  /** Other words after an attempt that may have arrived: whichever came first counts. */
  wouldChange(payee: Payee): boolean {
    return this.tried && this.sealed !== null && this.sealed.payee !== JSON.stringify(payee)
  }

  /** The same payee after a failure is the same sealed claim: sent again, it is not a second one. */
  async send(payee: Payee): Promise<ClaimOutcome> {
    const { rewardKey } = this
    if (!rewardKey) return { kind: 'noKey' }
    const sealed = await this.seal(payee, rewardKey)
    this.tried = true
    const lookup = toText(this.keys.lookup)
    const answer = await sendClaim({ lookup, key_id: rewardKey.number, sealed }).result
    if (answer.ok) return { kind: 'done', number: answer.value.number }
    return answer.failure.kind === 'conflict' ? this.resolve(lookup) : { kind: 'unconfirmed' }
  }

  private async seal(payee: Payee, rewardKey: CourtKey): Promise<string> {
    const text = JSON.stringify(payee)
    if (this.sealed?.payee === text) return this.sealed.blob
    const random = await gatherRandom(MESSAGE_BYTES)
    const blob = toText(sealClaim(payee, this.keys, rewardKey.key, random))
    this.sealed = { payee: text, blob }
    return blob
  }

  /** Refused: a claim lies there already, or the court has another reward key by now. */
  private async resolve(lookup: string): Promise<ClaimOutcome> {
    const status = await findTip(lookup).result
    if (!status.ok) return { kind: 'unconfirmed' }
    if (!status.value.can_claim) return { kind: 'taken' }
    const court = await getCourt(this.court.id).result
    if (!court.ok) return { kind: 'unconfirmed' }
    this.rewardKey = newestRewardKey(court.value)
    this.sealed = null
    this.tried = false
    return this.rewardKey ? { kind: 'refused' } : { kind: 'noKey' }
  }
}

function newestRewardKey(court: Parameters<typeof certifiedKeys>[0]): CourtKey | null {
  return certifiedKeys(court, 'reward', new Date())[0] ?? null
}

let current: Claiming | null = null

export function currentClaim(): Claiming | null {
  return current
}

export function startClaim(claiming: Claiming): void {
  current = claiming
}

export function forgetClaim(): void {
  current = null
}
