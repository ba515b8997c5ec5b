/** Photos: each under a key of its own, padded so that its size says little. */
import nacl from 'tweetnacl'
import { labelledHash } from './hash'
import type { RandomBytes } from './random'

export const MAX_PHOTOS = 6
export const PHOTO_STEP = 128 * 1024
const END = 0x80

/** `blob` goes to the server, `key` and `hash` into the seal. */
export interface SealedPhoto {
  readonly blob: Uint8Array
  readonly key: Uint8Array
  readonly hash: Uint8Array
}

/** `jpeg` must already be redrawn: what stands in the file is what the court sees. */
export function sealPhoto(jpeg: Uint8Array, random: RandomBytes): SealedPhoto {
  const padded = new Uint8Array((Math.floor(jpeg.length / PHOTO_STEP) + 1) * PHOTO_STEP)
  padded.set(jpeg)
  padded[jpeg.length] = END
  const key = random.take(nacl.secretbox.keyLength)
  // The key is used for one picture only, so that one nonce is enough.
  const blob = nacl.secretbox(padded, new Uint8Array(nacl.secretbox.nonceLength), key)
  return { blob, key, hash: labelledHash('photo', blob) }
}
