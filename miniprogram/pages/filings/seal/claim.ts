/** The claim of a reward, sealed to reward officers. */
import { toText } from './bytes'
import { sealObject } from './envelope'
import type { RandomBytes } from './random'
import type { ReceiptKeys } from './receipt-keys'

/** Who is to be paid, and where. */
export interface Payee {
  readonly name: string
  readonly identityNumber: string
  readonly account: string
}

/** Always 4,144 bytes; `rewardKey` must be certified for use `reward`. */
export function sealClaim(payee: Payee, keys: ReceiptKeys, rewardKey: Uint8Array, random: RandomBytes): Uint8Array {
  const { name, identityNumber, account } = payee
  return sealObject({ claim: toText(keys.claim), name, id: identityNumber, account }, rewardKey, random)
}
