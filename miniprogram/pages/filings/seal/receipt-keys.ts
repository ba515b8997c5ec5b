/** What is derived from a receipt. */
import nacl from 'tweetnacl'
import { wipe } from './bytes'
import { labelledHash } from './hash'
import { RECEIPT_BYTES } from './receipt'
import { Refused } from './refusal'

export interface KeyPair {
  readonly publicKey: Uint8Array
  readonly secretKey: Uint8Array
}

/** `lookup` goes to the server; the reply's public key, `speak` and `claimTag` into the seal; `claim` to reward officers. */
export interface ReceiptKeys {
  readonly lookup: Uint8Array
  readonly reply: KeyPair
  readonly speak: Uint8Array
  readonly claim: Uint8Array
  readonly claimTag: Uint8Array
}

export function deriveKeys(receipt: Uint8Array): ReceiptKeys {
  if (receipt.length !== RECEIPT_BYTES) throw new Refused('malformed')
  const claim = labelledHash('claim', receipt)
  const secret = labelledHash('reply', receipt)
  const reply = nacl.box.keyPair.fromSecretKey(secret)
  wipe(secret)
  return {
    lookup: labelledHash('lookup', receipt),
    reply,
    speak: labelledHash('speak', receipt),
    claim,
    claimTag: labelledHash('claimtag', claim)
  }
}

/** Done with the receipt: call it when the page leaves. */
export function wipeKeys({ lookup, reply, speak, claim }: ReceiptKeys): void {
  wipe(lookup, reply.secretKey, speak, claim)
}
