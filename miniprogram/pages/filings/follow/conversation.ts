/** Further words to the court, numbered from 1; the phone keeps no count, so the server's "taken" moves it on. */
import { type FilingKind, sendMessage } from '../../../api/filings'
import { toText } from '../seal/bytes'
import { sealMessage } from '../seal/message'
import { gatherRandom, MESSAGE_BYTES } from '../seal/random'
import type { ReceiptKeys } from '../seal/receipt-keys'
import type { CourtKey } from '../trust'

/** More than anybody writes about one request. */
const MOST_MESSAGES = 50

export type Sent = 'sent' | 'unconfirmed'

export class Writer {
  private n = 1
  private sealed: { text: string; blob: string } | null = null

  constructor(
    private readonly kind: FilingKind,
    private readonly keys: ReceiptKeys,
    private readonly courtKey: CourtKey
  ) {}

  /** The same words after a failure are the same sealed message: sent again, it is not a second one. */
  async send(text: string): Promise<Sent> {
    const lookup = toText(this.keys.lookup)
    while (this.n <= MOST_MESSAGES) {
      const sealed = await this.seal(text)
      const answer = await sendMessage(this.kind, { lookup, n: this.n, key_id: this.courtKey.number, sealed }).result
      if (!answer.ok && answer.failure.kind !== 'conflict') return 'unconfirmed'
      this.n += 1
      this.sealed = null
      if (answer.ok) return 'sent'
    }
    return 'unconfirmed'
  }

  private async seal(text: string): Promise<string> {
    if (this.sealed?.text === text) return this.sealed.blob
    const random = await gatherRandom(MESSAGE_BYTES)
    const blob = toText(sealMessage({ n: this.n, text }, this.keys, this.courtKey.key, random))
    this.sealed = { text, blob }
    return blob
  }
}
