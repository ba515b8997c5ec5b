// The phone's side for tests/unit/core/sealing/test_across.py: reads one JSON object, answers with one.
import { webcrypto } from 'node:crypto'
import { createRequire } from 'node:module'
import { text as readText } from 'node:stream/consumers'
import { load } from './load.mjs'

globalThis.crypto ??= webcrypto // Node 18 has it only as a module
const nacl = createRequire(new URL('../../../miniprogram/package.json', import.meta.url))('tweetnacl')
const seal = await load(
  'pages/filings/seal/bytes',
  'pages/filings/seal/envelope',
  'pages/filings/seal/filing',
  'pages/filings/seal/message',
  'pages/filings/seal/random',
  'pages/filings/seal/receipt',
  'pages/filings/seal/receipt-keys',
  'pages/filings/seal/wire',
  'node_modules/@noble/hashes/blake2'
)
const { toBytes, toText } = seal

/** libsodium's `crypto_box_seal_open`, which the phone itself never needs. */
function unseal(sealed, publicKey, secretKey) {
  const ephemeral = sealed.subarray(0, 32)
  const nonce = seal.blake2b(seal.join(ephemeral, publicKey), { dkLen: 24 })
  return seal.parseObject(seal.unpad(nacl.box.open(sealed.subarray(32), nonce, ephemeral, secretKey)))
}

const asked = JSON.parse(await readText(process.stdin))
const courtKey = toBytes(asked.court_public)
const secretKey = toBytes(asked.court_secret)
const random = await seal.gatherRandom(65536)
const keys = seal.deriveKeys(seal.parseReceipt(asked.receipt))
const address = { court: 'court', target: 'target', key: 1 }
const fileText = (text) => seal.makeFiling({ address, kind: 'other', text }, [], keys, courtKey, random)

const answer = {
  unboxed: asked.boxed.map((boxed) => seal.openMessage(toBytes(boxed), courtKey, keys)),
  unsealed: asked.sealed.map((sealed) => unseal(toBytes(sealed), courtKey, secretKey).text),
  letters: asked.letters.map(fileText).map(({ sealed, env }) => ({ sealed: toText(sealed), env: toText(env) })),
  messages: asked.messages.map((text, at) => toText(seal.sealMessage({ n: at + 1, text }, keys, courtKey, random)))
}
process.stdout.write(JSON.stringify(answer))
