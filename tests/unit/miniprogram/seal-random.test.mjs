import assert from 'node:assert/strict'
import { webcrypto } from 'node:crypto'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import { load } from './load.mjs'

const { gatherRandom, RandomBytes, refusalOf, isSigned } = await load(
  'pages/filings/seal/random',
  'pages/filings/seal/refusal',
  'pages/filings/seal/signature'
)
const none = (error) => refusalOf(error) === 'no-randomness'

/** Run with only this source of randomness; wx is what WeChat or the browser's host would give. */
async function within({ wx = {}, crypto }, run) {
  const before = { wx: globalThis.wx, crypto: Object.getOwnPropertyDescriptor(globalThis, 'crypto') }
  globalThis.wx = wx
  Object.defineProperty(globalThis, 'crypto', { value: crypto, configurable: true, writable: true })
  try {
    return await run()
  } finally {
    globalThis.wx = before.wx
    if (before.crypto) Object.defineProperty(globalThis, 'crypto', before.crypto)
    else delete globalThis.crypto
  }
}

const weChat = (answer) => ({ getUserCryptoManager: () => ({ getRandomValues: answer }) })
const bytes = (...values) => Uint8Array.from(values).buffer

test("WeChat's own source is asked first", async () => {
  const asked = []
  const wx = weChat(({ length, success }) => {
    asked.push(length)
    success({ randomValues: bytes(1, 2, 3) })
  })
  const random = await within({ wx, crypto: webcrypto }, () => gatherRandom(3))
  assert.deepEqual(asked, [3])
  assert.deepEqual(random.take(3), Uint8Array.of(1, 2, 3))
})

test("where WeChat's is missing the browser's is asked", async () => {
  const [one, other] = await within({ crypto: webcrypto }, () => Promise.all([gatherRandom(32), gatherRandom(32)]))
  assert.notDeepEqual(one.take(32), other.take(32))
})

test('without a source nothing is given', async () => {
  const silent = weChat(({ fail }) => fail({ errMsg: 'no' }))
  const short = weChat(({ success }) => success({ randomValues: bytes(1, 2) }))
  const constant = weChat(({ success }) => success({ randomValues: bytes(0, 0, 0) }))
  for (const wx of [{}, silent, short, constant]) {
    await assert.rejects(within({ wx, crypto: undefined }, () => gatherRandom(3)), none)
  }
  await assert.rejects(within({ crypto: {} }, () => gatherRandom(3)), none)
})

test('a failing source of WeChat is not made up for by another', async () => {
  const wx = weChat(({ fail }) => fail({ errMsg: 'no' }))
  await assert.rejects(within({ wx, crypto: webcrypto }, () => gatherRandom(3)), none)
})

test('no byte is given twice, and none is left behind', () => {
  const source = Uint8Array.of(1, 2, 3, 4)
  const random = new RandomBytes(source)
  assert.deepEqual(random.take(1), Uint8Array.of(1))
  assert.deepEqual(random.take(2), Uint8Array.of(2, 3))
  assert.deepEqual(source, Uint8Array.of(0, 0, 0, 4))
  assert.throws(() => random.take(2), none)
  random.discard()
  assert.throws(() => random.take(1), none)
})

test('a signature has one form, though tweetnacl takes a second', () => {
  const nacl = createRequire(new URL('../../../miniprogram/package.json', import.meta.url))('tweetnacl')
  const { publicKey, secretKey } = nacl.sign.keyPair.fromSeed(new Uint8Array(32).fill(7))
  const message = new TextEncoder().encode('["lm1/test"]')
  const signature = nacl.sign.detached(message, secretKey)
  const order = 2n ** 252n + 27742317777372353535851937790883648493n
  let scalar = signature.slice(32).reduceRight((sum, byte) => sum * 256n + BigInt(byte), 0n) + order
  const second = signature.map((byte, at) => {
    if (at < 32) return byte
    const digit = Number(scalar & 255n)
    scalar >>= 8n
    return digit
  })
  assert.equal(isSigned(['lm1/test'], signature, publicKey), true)
  assert.equal(nacl.sign.detached.verify(message, second, publicKey), true)
  assert.equal(isSigned(['lm1/test'], second, publicKey), false)
})
