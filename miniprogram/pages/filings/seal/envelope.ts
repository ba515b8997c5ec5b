/** Padding to one length, sealing to a court, and opening what a court boxed. */
import { blake2b } from '@noble/hashes/blake2.js'
import nacl from 'tweetnacl'
import { join, wipe } from './bytes'
import type { RandomBytes } from './random'
import { Refused } from './refusal'
import { canonical, type JsonObject, parseObject } from './wire'

export const PADDED_BYTES = 4096
export const SEALED_BYTES = PADDED_BYTES + 48
export const BOXED_BYTES = 24 + PADDED_BYTES + 16
export const KEY_BYTES = 32
/** Unicode code points, not JavaScript's halves. */
export const MAX_TEXT = 1000
const END = 0x80

/** Always 4,096 bytes: data, 0x80, zeros. Above 4,095 bytes it is `too-long`. */
export function pad(data: Uint8Array): Uint8Array {
  if (data.length >= PADDED_BYTES) throw new Refused('too-long')
  const padded = new Uint8Array(PADDED_BYTES)
  padded.set(data)
  padded[data.length] = END
  return padded
}

export function unpad(padded: Uint8Array): Uint8Array {
  let last = padded.length - 1
  while (last > 0 && padded[last] === 0) last -= 1
  if (padded.length !== PADDED_BYTES || padded[last] !== END) throw new Refused('malformed')
  return padded.slice(0, last)
}

export function checkText(text: unknown): string {
  if (typeof text !== 'string') throw new Refused('malformed')
  if (Array.from(text).length > MAX_TEXT) throw new Refused('too-long')
  return text
}

/** libsodium's `crypto_box_seal`: 48 bytes longer, with a sender's key that is used once and forgotten. */
export function seal(plain: Uint8Array, publicKey: Uint8Array, random: RandomBytes): Uint8Array {
  if (publicKey.length !== KEY_BYTES) throw new Refused('malformed')
  const secret = random.take(KEY_BYTES)
  const ephemeral = nacl.box.keyPair.fromSecretKey(secret)
  const nonce = blake2b(join(ephemeral.publicKey, publicKey), { dkLen: nacl.box.nonceLength })
  const sealed = join(ephemeral.publicKey, nacl.box(plain, nonce, publicKey, ephemeral.secretKey))
  wipe(secret, ephemeral.secretKey)
  return sealed
}

/** Always 4,144 bytes. */
export function sealObject(value: JsonObject, publicKey: Uint8Array, random: RandomBytes): Uint8Array {
  const padded = pad(canonical(value))
  const sealed = seal(padded, publicKey, random)
  wipe(padded)
  return sealed
}

/** Opens `nonce ‖ crypto_box_easy` of 4,136 bytes; only the holder of the writer's secret key can have made it. */
export function unboxObject(boxed: Uint8Array, writer: Uint8Array, reader: Uint8Array): JsonObject {
  if (boxed.length !== BOXED_BYTES || writer.length !== KEY_BYTES) throw new Refused('cannot-open')
  const nonce = boxed.subarray(0, nacl.box.nonceLength)
  const padded = nacl.box.open(boxed.subarray(nacl.box.nonceLength), nonce, writer, reader)
  if (padded === null) throw new Refused('cannot-open')
  return parseObject(unpad(padded))
}
