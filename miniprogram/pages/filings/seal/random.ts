/** Random bytes, fetched ahead because WeChat gives them asynchronously. Where there are none, nothing is sealed. */
import { wipe } from './bytes'
import { Refused } from './refusal'

/** A filing with six photos takes 239: the receipt, the ephemeral key and a key for each photo. */
export const FILING_BYTES = 256
export const MESSAGE_BYTES = 32

export class RandomBytes {
  private used = 0

  constructor(private readonly bytes: Uint8Array) {}

  /** Bytes that nobody gets again. */
  take(length: number): Uint8Array {
    if (this.used + length > this.bytes.length) throw new Refused('no-randomness')
    const taken = this.bytes.slice(this.used, this.used + length)
    wipe(this.bytes.subarray(this.used, this.used + length))
    this.used += length
    return taken
  }

  /** What is left becomes unusable. */
  discard(): void {
    wipe(this.bytes)
    this.used = this.bytes.length
  }
}

function fromWeChat(length: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    wx.getUserCryptoManager().getRandomValues({
      length,
      success: ({ randomValues }) => resolve(new Uint8Array(randomValues)),
      fail: () => reject(new Refused('no-randomness'))
    })
  })
}

interface WebCrypto {
  getRandomValues?(bytes: Uint8Array): Uint8Array
}

async function fetchBytes(length: number): Promise<Uint8Array> {
  if (typeof wx !== 'undefined' && typeof wx.getUserCryptoManager === 'function') return fromWeChat(length)
  const { crypto } = globalThis as { crypto?: WebCrypto }
  if (typeof crypto?.getRandomValues !== 'function') throw new Refused('no-randomness')
  return crypto.getRandomValues(new Uint8Array(length))
}

/** Rejects with `no-randomness` where there is no source, or one that gives too little or always the same. */
export async function gatherRandom(length: number): Promise<RandomBytes> {
  const bytes = await fetchBytes(length)
  if (bytes.length !== length || bytes.every((byte) => byte === bytes[0])) throw new Refused('no-randomness')
  return new RandomBytes(bytes)
}
