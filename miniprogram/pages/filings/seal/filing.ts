/** A filing: the letter and photos that a sender seals to a court, and what the server is told of them. */
import { toText, wipe } from './bytes'
import { checkText, SEALED_BYTES, sealObject } from './envelope'
import { labelledHash } from './hash'
import { MAX_PHOTOS, type SealedPhoto, sealPhoto } from './photo'
import type { RandomBytes } from './random'
import type { ReceiptKeys } from './receipt-keys'
import { Refused } from './refusal'
import type { JsonObject } from './wire'

/** Ids of the court and of what it is about, and the number of the court's key. */
export interface Address {
  readonly court: string
  readonly target: string
  readonly key: number
}

/** `more` holds what a form adds (`place`, `when`, `contact` …); what is not said is left out, never null. */
export interface Draft {
  readonly address: Address
  readonly kind: string
  readonly text: string
  readonly more?: JsonObject
}

/** `env` is the fingerprint that the server's certificate must repeat. */
export interface Filing {
  readonly sealed: Uint8Array
  readonly photos: readonly Uint8Array[]
  readonly env: Uint8Array
}

export function toLetter(draft: Draft, keys: ReceiptKeys, photos: readonly SealedPhoto[]): JsonObject {
  if (photos.length > MAX_PHOTOS) throw new Refused('malformed')
  return {
    ...draft.more,
    v: 1,
    court: draft.address.court,
    target: draft.address.target,
    key: draft.address.key,
    kind: draft.kind,
    text: checkText(draft.text),
    reply: toText(keys.reply.publicKey),
    speak: toText(keys.speak),
    claim_tag: toText(keys.claimTag),
    photos: photos.map(({ key, hash }) => ({ k: toText(key), h: toText(hash) }))
  }
}

export function envOf(sealed: Uint8Array, photoHashes: readonly Uint8Array[]): Uint8Array {
  if (sealed.length !== SEALED_BYTES || photoHashes.length > MAX_PHOTOS) throw new Refused('malformed')
  return labelledHash('env', sealed, ...photoHashes)
}

/**
 * Seal a draft with its redrawn photos to a certified court key. Keep the filing until it is acknowledged: sent again
 * as it is, it is the same filing; sealed again, it is another one under the same receipt, which the server refuses.
 */
export function makeFiling(
  draft: Draft,
  jpegs: readonly Uint8Array[],
  keys: ReceiptKeys,
  courtKey: Uint8Array,
  random: RandomBytes
): Filing {
  const photos = jpegs.map((jpeg) => sealPhoto(jpeg, random))
  const sealed = sealObject(toLetter(draft, keys, photos), courtKey, random)
  for (const { key } of photos) wipe(key)
  const hashes = photos.map(({ hash }) => hash)
  return { sealed, photos: photos.map(({ blob }) => blob), env: envOf(sealed, hashes) }
}
