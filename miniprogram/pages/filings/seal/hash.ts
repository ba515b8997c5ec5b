/** One hash with a label for each use, so that a value made for one use can never serve another. */
import { blake2b } from '@noble/hashes/blake2.js'
import { toUtf8 } from './bytes'

export type Label = 'lookup' | 'rowkey' | 'reply' | 'speak' | 'claim' | 'claimtag' | 'photo' | 'env' | 'chain'

export const HASH_BYTES = 32

/** Parts are joined as they are: callers give parts of fixed length, or one part alone. */
export function labelledHash(label: Label, ...parts: readonly Uint8Array[]): Uint8Array {
  const hash = blake2b.create({ dkLen: HASH_BYTES }).update(toUtf8(`lm1/${label}\0`))
  for (const part of parts) hash.update(part)
  return hash.digest()
}
