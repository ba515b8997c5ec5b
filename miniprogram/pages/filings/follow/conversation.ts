/** Further words to the court. The phone keeps no count: the status tells the next number, and "taken" moves it on. */
import { type FilingKind, sendMessage } from '../../../api/filings'
import { toText } from '../seal/bytes'
import { sealMessage } from '../seal/message'
import { gatherRandom, MESSAGE_BYTES } from '../seal/random'
import type { ReceiptKeys } from '../seal/receipt-keys'
import type { CourtKey } from '../trust'

/** Numbers that other phones with the same code may have taken meanwhile; a court takes no more messages than that. */
const MOST_TAKEN = 50

export type Sent = 'sent' | 'unconfirmed' | 'full'

export class Writer {
  private sealed: { text: string; blob: string } | null = null

  constructor(
    private readonly kind: FilingKind,
    private readonly keys: ReceiptKeys,
    private readonly courtKey: CourtKey,
    private n: number
  ) {}

  /** The same words after a failure are the same sealed message: sent again, it is not a second one. */
  async send(text: string): Promise<Sent> {
    const lookup = toText(this.keys.lookup)
    for (let taken = 0; taken < MOST_TAKEN; taken += 1) {
      const sealed = await this.seal(text)
      const answer = await sendMessage(this.kind, { lookup, n: this.n, key_id: this.courtKey.number, sealed }).result
      if (!answer.ok && answer.failure.kind !== 'conflict') return 'unconfirmed'
      this.n += 1
      this.sealed = null
      if (answer.ok) return 'sent'
    }
    return 'full'
  }

  private async seal(text: string): Promise<string> {
    if (this.sealed?.text === text) return this.sealed.blob
    const random = await gatherRandom(MESSAGE_BYTES)
    const blob = toText(sealMessage({ n: this.n, text }, this.keys, this.courtKey.key, random))
    this.sealed = { text, blob }
    return blob
  }
}
