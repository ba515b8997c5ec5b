/**
 * SHA-256 (FIPS 180-4) of ASCII texts that begin alike, for proofs of work; never for secrets.
 *
 * Own code, because it makes nothing anew for each of thousands of digests, which halves the time where JavaScript is
 * interpreted (WeChat on iOS), and because a package would need a build step before WeChat's tools could open the folder.
 */

const BLOCK_BYTES = 64
/** A one bit, then the length in eight bytes. */
const LEAST_PADDING_BYTES = 9

/** Section 4.2.2: from the cube roots of the first 64 primes. */
const ROUND_WORDS = new Int32Array([
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98,
  0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
  0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8,
  0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
  0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819,
  0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
  0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2
])

/** Section 5.3.3: from the square roots of the first eight primes. */
const START = new Int32Array([
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19
])

const schedule = new Int32Array(64)

/** Section 6.2.2, step 1, from the 64 bytes at `offset`. */
function fillSchedule(bytes: Uint8Array, offset: number): void {
  const w = schedule
  for (let t = 0, at = offset; t < 16; t += 1, at += 4) {
    w[t] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3]
  }
  for (let t = 16; t < 64; t += 1) {
    const x = w[t - 15]
    const y = w[t - 2]
    const small0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3)
    const small1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10)
    w[t] = (small1 + w[t - 7] + small0 + w[t - 16]) | 0
  }
}

/** Section 6.2.2, steps 2 to 4: takes the block at `offset` into `state`. Letters as in the standard. */
function compress(state: Int32Array, bytes: Uint8Array, offset: number): void {
  fillSchedule(bytes, offset)
  let a = state[0]
  let b = state[1]
  let c = state[2]
  let d = state[3]
  let e = state[4]
  let f = state[5]
  let g = state[6]
  let h = state[7]
  for (let t = 0; t < 64; t += 1) {
    const big1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7))
    const t1 = (h + big1 + ((e & f) ^ (~e & g)) + ROUND_WORDS[t] + schedule[t]) | 0
    const big0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10))
    const t2 = (big0 + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g
    g = f
    f = e
    e = (d + t1) | 0
    d = c
    c = b
    b = a
    a = (t1 + t2) | 0
  }
  state[0] += a
  state[1] += b
  state[2] += c
  state[3] += d
  state[4] += e
  state[5] += f
  state[6] += g
  state[7] += h
}

/** Section 5.1.1. */
function sizeWithPadding(length: number): number {
  return Math.ceil((length + LEAST_PADDING_BYTES) / BLOCK_BYTES) * BLOCK_BYTES
}

/** WeChat has no `TextEncoder`. */
function write(text: string, bytes: Uint8Array, offset: number): void {
  for (let i = 0; i < text.length; i += 1) bytes[offset + i] = text.charCodeAt(i)
}

/** The digest of one prefix with many ends. The prefix's whole blocks are hashed once, and nothing is made anew. */
export class PrefixHash {
  private readonly start = START.slice()
  private readonly state = START.slice()
  private readonly bytes: Uint8Array
  private readonly view: DataView
  private readonly kept: number

  /** `end` may have up to `longest` characters. */
  constructor(
    private readonly prefix: string,
    longest: number
  ) {
    const hashed = prefix.length - (prefix.length % BLOCK_BYTES)
    this.kept = prefix.length - hashed
    this.bytes = new Uint8Array(sizeWithPadding(Math.max(prefix.length, this.kept + longest)))
    this.view = new DataView(this.bytes.buffer)
    write(prefix, this.bytes, 0)
    for (let offset = 0; offset < hashed; offset += BLOCK_BYTES) compress(this.start, this.bytes, offset)
    write(prefix.slice(hashed), this.bytes, 0)
  }

  /** Eight words, good until the next call. */
  digest(end: string): Int32Array {
    const length = this.kept + end.length
    const size = sizeWithPadding(length)
    write(end, this.bytes, this.kept)
    this.bytes.fill(0, length, size)
    this.bytes[length] = 0x80
    this.view.setUint32(size - 4, (this.prefix.length + end.length) * 8)
    this.state.set(this.start)
    for (let offset = 0; offset < size; offset += BLOCK_BYTES) compress(this.state, this.bytes, offset)
    return this.state
  }
}

/** The eight words of a digest in hexadecimal, or null where it is none. */
export function wordsOf(hex: string): Int32Array | null {
  if (!/^[0-9a-f]{64}$/i.test(hex)) return null
  return Int32Array.from({ length: 8 }, (_, i) => Number.parseInt(hex.slice(i * 8, i * 8 + 8), 16) | 0)
}
