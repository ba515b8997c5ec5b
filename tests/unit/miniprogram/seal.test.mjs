import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { load } from './load.mjs'

const seal = await load(
  'pages/filings/seal/bytes',
  'pages/filings/seal/certificate',
  'pages/filings/seal/claim',
  'pages/filings/seal/envelope',
  'pages/filings/seal/filing',
  'pages/filings/seal/hash',
  'pages/filings/seal/message',
  'pages/filings/seal/photo',
  'pages/filings/seal/random',
  'pages/filings/seal/receipt',
  'pages/filings/seal/receipt-keys',
  'pages/filings/seal/refusal',
  'pages/filings/seal/signature',
  'pages/filings/seal/statement',
  'pages/filings/seal/wire'
)
const { toBytes, toText, toUtf8 } = seal
const vectors = JSON.parse(readFileSync(new URL('../../data/protocol_vectors.json', import.meta.url), 'utf8'))

/** A source that gives exactly these bytes. */
const given = (...texts) => new seal.RandomBytes(seal.join(...texts.map((text) => toBytes(text))))
const refused = (...refusals) => (error) => refusals.includes(seal.refusalOf(error))
const flipped = (bytes, bit) => {
  const changed = bytes.slice()
  changed[bit >> 3] ^= 1 << (bit & 7)
  return changed
}
// EVERY_BIT=1 flips each of an answer's 33,088 bits, which takes a minute or two; Python flips them all every time.
const STRIDE = process.env.EVERY_BIT ? 1 : 97
const keys = seal.deriveKeys(toBytes(vectors.letter.receipt))

test('every label has its hash', () => {
  for (const { label, parts, hash } of vectors.hashes) {
    assert.equal(toText(seal.labelledHash(label, ...parts.map((part) => toBytes(part)))), hash, label)
  }
})

test('receipts, and what is derived from them', () => {
  for (const one of vectors.receipts.good) {
    const receipt = toBytes(one.receipt)
    assert.equal(seal.formatReceipt(receipt), one.text)
    assert.deepEqual(seal.parseReceipt(one.text), receipt)
    const { lookup, reply, speak, claim, claimTag } = seal.deriveKeys(receipt)
    const derived = [lookup, reply.secretKey, reply.publicKey, speak, claim, claimTag].map(toText)
    assert.deepEqual(derived, [one.lookup, one.reply_secret, one.reply_public, one.speak, one.claim, one.claim_tag])
  }
})

test('receipts as people type them', () => {
  for (const { typed, receipt } of vectors.receipts.folded) assert.equal(toText(seal.parseReceipt(typed)), receipt)
  for (const typed of vectors.receipts.refused) {
    assert.throws(() => seal.parseReceipt(typed), refused('mistyped-receipt'), typed)
  }
})

test('every single typo in a receipt is found', () => {
  const text = vectors.receipts.good[2].text.replaceAll('-', '')
  let found = 0
  for (let place = 0; place < text.length; place += 1) {
    for (const character of '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.replace(text[place], '')) {
      const typo = text.slice(0, place) + character + text.slice(place + 1)
      assert.throws(() => seal.parseReceipt(typo), refused('mistyped-receipt'))
      found += 1
    }
  }
  assert.equal(found, 25 * 31)
})

test('there is one spelling', () => {
  assert.equal(seal.fromUtf8(seal.canonical(vectors.wire.value)), vectors.wire.text)
  assert.deepEqual(seal.parse(vectors.wire.text), vectors.wire.value)
  for (const text of vectors.wire.refused) assert.throws(() => seal.parse(text), refused('malformed'), text)
  for (const value of ['\ud800', null, true, 0.5, 2 ** 53, undefined, { é: 1 }]) {
    assert.throws(() => seal.canonical([value]), refused('malformed'))
  }
})

test('bytes have one spelling', () => {
  for (const text of ['AB', 'AA==', 'A', 'A+', 'AA\n', 'é', 7, undefined]) {
    assert.throws(() => toBytes(text), refused('malformed'))
  }
  assert.throws(() => toBytes('AAAA', 4), refused('malformed'))
  assert.throws(() => seal.fromUtf8(Uint8Array.of(0xc0, 0x80)), refused('malformed'))
  assert.throws(() => toUtf8('\udc00'), refused('malformed'))
})

test('padding', () => {
  const { byte, good, too_long, refused: bad } = vectors.padding
  for (const { length, padded } of good) {
    const data = toUtf8(byte.repeat(length))
    assert.equal(toText(seal.pad(data)), padded)
    assert.deepEqual(seal.unpad(toBytes(padded)), data)
  }
  assert.throws(() => seal.pad(new Uint8Array(too_long)), refused('too-long'))
  for (const padded of bad) assert.throws(() => seal.unpad(toBytes(padded)), refused('malformed'))
})

test('a letter sealed with a given ephemeral key is the one libsodium makes', () => {
  const { letter, court_public, ephemeral_secret, sealed, plain } = vectors.letter
  const { court, target, key, kind, text, photos, place, when } = letter
  const sealedPhotos = photos.map(({ k, h }) => ({ key: toBytes(k), hash: toBytes(h) }))
  const draft = { address: { court, target, key }, kind, text, more: { place, when } }
  const made = seal.toLetter(draft, keys, sealedPhotos)
  assert.equal(seal.fromUtf8(seal.canonical(made)), plain)
  assert.equal(toText(seal.sealObject(made, toBytes(court_public), given(ephemeral_secret))), sealed)
})

test('photos', () => {
  const { key, byte, cases } = vectors.photos
  for (const { length, bytes, h } of cases) {
    const { blob, hash } = seal.sealPhoto(toUtf8(byte.repeat(length)), given(key))
    assert.deepEqual([blob.length, toText(hash)], [bytes, h])
  }
})

test('fingerprints of filings', () => {
  const sealed = toBytes(vectors.letter.sealed)
  for (const { photos, env } of vectors.envs) {
    assert.equal(toText(seal.envOf(sealed, photos.map((one) => toBytes(one)))), env)
  }
  assert.throws(() => seal.envOf(sealed, Array(7).fill(new Uint8Array(32))), refused('malformed'))
  assert.throws(() => seal.envOf(sealed.slice(1), []), refused('malformed'))
})

test('a filing hangs together: the letter names its photos, the fingerprint both', () => {
  const draft = { address: { court: 'c', target: 't', key: 1 }, kind: 'other', text: '' }
  const photoKeys = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)].map(toText)
  const jpegs = [toUtf8('one'), toUtf8('two')]
  const source = given(...photoKeys, vectors.letter.ephemeral_secret)
  const { sealed, photos, env } = seal.makeFiling(draft, jpegs, keys, toBytes(vectors.letter.court_public), source)
  const hashes = photos.map((blob) => seal.labelledHash('photo', blob))
  assert.equal(sealed.length, 4144)
  assert.deepEqual(env, seal.envOf(sealed, hashes))
  assert.throws(() => source.take(1), refused('no-randomness'))
})

test('texts of any length give one length; a longer one is refused', () => {
  const publicKey = toBytes(vectors.letter.court_public)
  const sealText = (text) => {
    const draft = { address: { court: 'c', target: 't', key: 1 }, kind: 'other', text }
    return seal.makeFiling(draft, [], keys, publicKey, given(vectors.letter.ephemeral_secret)).sealed.length
  }
  const lengths = new Set()
  for (let characters = 0; characters <= 1000; characters += 1) lengths.add(sealText('车'.repeat(characters)))
  for (const text of ['x', '🚗'.repeat(900), '\u0001'.repeat(500)]) lengths.add(sealText(text))
  assert.deepEqual([...lengths], [4144])
  assert.throws(() => sealText('x'.repeat(1001)), refused('too-long'))
  assert.throws(() => sealText('🚗'.repeat(1000)), refused('too-long'))
})

test('without padding the length tells the text', () => {
  const lengths = new Set()
  for (let characters = 0; characters <= 1000; characters += 1) {
    const draft = { address: { court: 'c', target: 't', key: 1 }, kind: 'other', text: '车'.repeat(characters) }
    lengths.add(seal.canonical(seal.toLetter(draft, keys, [])).length)
  }
  assert.equal(lengths.size, 1001)
})

test('certificates', () => {
  const { server_key, court, env, good, refused: bad } = vectors.certificate
  const check = (one) => seal.checkCertificate(one, toBytes(server_key), court, toBytes(env))
  check(good)
  for (const { why, certificate } of bad) assert.throws(() => check(certificate), refused('bad-certificate'), why)
  const signature = toBytes(good.signature)
  for (let bit = 0; bit < 512; bit += 1) {
    assert.throws(() => check({ ...good, signature: toText(flipped(signature, bit)) }), refused('bad-certificate'))
  }
  assert.throws(() => check({ ...good, hour: '2026-11-22T07:01:00Z' }), refused('malformed'))
})

test('statements about keys', () => {
  const { root_key, now, path, good, refused: bad } = vectors.statements
  const check = (statements) => seal.checkPath(statements, toBytes(root_key), path, new Date(now))
  assert.equal(toText(check(good)), vectors.letter.court_public)
  for (const { why, statements } of bad) assert.throws(() => check(statements), refused('untrusted-key'), why)
  assert.throws(() => check(good.slice(0, 1)), refused('untrusted-key'))
  assert.throws(() => check([good[0], { ...good[1], number: 1.5 }]), refused('malformed'))
  const signature = toBytes(good[1].signature)
  for (let bit = 0; bit < 512; bit += 1) {
    const changed = { ...good[1], signature: toText(flipped(signature, bit)) }
    assert.throws(() => check([good[0], changed]), refused('untrusted-key'))
  }
})

test('what the court answered opens; what is forged, reflected or changed does not', () => {
  const { court_public, from_court, refused_by_phone } = vectors.messages
  const open = (boxed) => seal.openMessage(boxed, toBytes(court_public), keys)
  for (const { boxed, message } of from_court) {
    assert.deepEqual(open(toBytes(boxed)), { n: message.n, text: message.text })
  }
  for (const { why, boxed } of refused_by_phone) {
    assert.throws(() => open(toBytes(boxed)), refused('cannot-open', 'misdirected', 'malformed'), why)
  }
  const boxed = toBytes(from_court[0].boxed)
  for (let bit = 0; bit < 8 * boxed.length; bit += STRIDE) {
    assert.throws(() => open(flipped(boxed, bit)), refused('cannot-open'))
  }
  assert.throws(() => open(boxed.slice(1)), refused('cannot-open'))
  assert.throws(() => seal.openMessage(boxed, new Uint8Array(31), keys), refused('cannot-open'))
})

test('a message to the court is the one libsodium makes', () => {
  const { court_public, from_informant } = vectors.messages
  const { message, ephemeral_secret, sealed } = from_informant
  const made = seal.sealMessage(message, keys, toBytes(court_public), given(ephemeral_secret))
  assert.equal(toText(made), sealed)
  assert.throws(() => seal.sealMessage({ n: 0, text: '' }, keys, toBytes(court_public), given()), refused('malformed'))
})

test('gaps and repeats show', () => {
  for (const { numbers, missing, repeated } of vectors.messages.surveys) {
    assert.deepEqual(seal.survey(numbers), { missing, repeated })
  }
})

test('a claim is the one libsodium makes', () => {
  const { claim, reward_public, ephemeral_secret, sealed } = vectors.claim
  const payee = { name: claim.name, identityNumber: claim.id, account: claim.account }
  assert.equal(toText(seal.sealClaim(payee, keys, toBytes(reward_public), given(ephemeral_secret))), sealed)
})

test('keys can be wiped', () => {
  const own = seal.deriveKeys(new Uint8Array(15).fill(3))
  seal.wipeKeys(own)
  for (const secret of [own.lookup, own.reply.secretKey, own.speak, own.claim]) assert.ok(secret.every((byte) => !byte))
})
