import assert from 'node:assert/strict'
import { createHash, webcrypto } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { beforeEach, test } from 'node:test'
import { load } from './load.mjs'

globalThis.crypto ??= webcrypto // Node 18 has it only as a module
const nacl = createRequire(new URL('../../../miniprogram/package.json', import.meta.url))('tweetnacl')
const m = await load(
  'pages/filings/codes',
  'pages/filings/file/view',
  'pages/filings/follow/conversation',
  'pages/filings/letter',
  'pages/filings/seal/bytes',
  'pages/filings/seal/filing',
  'pages/filings/seal/hash',
  'pages/filings/seal/receipt-keys',
  'pages/filings/seal/wire',
  'pages/filings/session',
  'pages/filings/trust',
  'pages/filings/words/index'
)
const { statements } = JSON.parse(readFileSync(new URL('../../data/protocol_vectors.json', import.meta.url), 'utf8'))

const stored = new Map()
let asked = []
let answer = () => ({ statusCode: 500, data: {} })
let offered = () => ({ statusCode: 200, data: challenge() })
Object.assign(globalThis.wx, {
  getStorageSync: (key) => stored.get(key) ?? '',
  setStorageSync: (key, value) => stored.set(key, value),
  removeStorageSync: (key) => stored.delete(key),
  request({ url, data, header, success, fail }) {
    asked.push({ url, data, header })
    const given = url.includes('/v1/challenge') ? offered() : answer(url, data)
    return given ? success({ header: {}, ...given }) : fail({ errMsg: 'request:fail' })
  }
})
// The pages take the API's own origin where there is a document.
globalThis.getApp = () => ({ globalData: { apiBaseUrl: '' } })

function challenge() {
  const hash = createHash('sha256').update('salt7').digest('hex')
  return { algorithm: 'SHA-256', challenge: hash, maxnumber: 50, salt: 'salt', signature: 's' }
}

beforeEach(() => {
  stored.clear()
  asked = []
})

const signing = nacl.sign.keyPair.fromSeed(new Uint8Array(32).fill(1))
const root = nacl.sign.keyPair.fromSeed(new Uint8Array(32).fill(2))
const server = nacl.sign.keyPair.fromSeed(new Uint8Array(32).fill(3))
const box = nacl.box.keyPair.fromSecretKey(new Uint8Array(32).fill(4))
const ROOT = m.toText(root.publicKey)
const NOW = new Date('2026-11-23T06:00:00Z')

function state(use, number, key, signer, { court = 'c', not_after = '2027-12-31T16:00:00Z' } = {}) {
  const items = ['lm1/key', court, use, number, m.toText(key), not_after]
  const signature = m.toText(nacl.sign.detached(m.canonical(items), signer.secretKey))
  return { court, use, number, key: m.toText(key), not_after, signature }
}

const top = state('sign', 1, signing.publicKey, root)
const keysOf = (...keys) => ({ id: 'c', keys })
const numbers = (court, use = 'box') => m.certifiedKeys(court, use, NOW, ROOT).map(({ number }) => number)

test('a key on a path from the root is taken, the newest first', () => {
  const boxes = [2, 3].map((number) => state('box', number, box.publicKey, signing))
  assert.deepEqual(numbers(keysOf(top, ...boxes)), [3, 2])
})

test('without a root, with another root, or with no key nothing is taken', () => {
  const court = keysOf(top, state('box', 2, box.publicKey, signing))
  assert.deepEqual(m.certifiedKeys(court, 'box', NOW, ''), [])
  assert.deepEqual(m.certifiedKeys(court, 'box', NOW), [], 'as shipped')
  assert.deepEqual(m.certifiedKeys(court, 'box', NOW, m.toText(server.publicKey)), [])
  assert.deepEqual(numbers({ id: 'c' }), [])
})

test('uncertified, expired, foreign and misused keys are refused, a good one beside them is taken', () => {
  const good = state('box', 2, box.publicKey, signing)
  const bad = [
    state('box', 9, box.publicKey, server),
    state('box', 8, box.publicKey, signing, { not_after: '2026-11-23T05:59:59Z' }),
    state('box', 7, box.publicKey, signing, { court: 'other' }),
    { ...state('reward', 6, box.publicKey, signing), use: 'box' },
    { ...good, number: 5 },
    { ...good, signature: 'x' }
  ]
  assert.deepEqual(numbers(keysOf(top, ...bad, good)), [2])
  assert.deepEqual(numbers(keysOf(top, ...bad)), [])
})

test('a number lower than one accepted before is refused, after a restart too', () => {
  const [older, newer] = [2, 3].map((number) => state('box', number, box.publicKey, signing))
  assert.deepEqual(numbers(keysOf(top, newer)), [3])
  assert.deepEqual(numbers(keysOf(top, older)), [])
  assert.deepEqual(stored.get('court-keys'), { 'c/sign': 1, 'c/box': 3 })
  assert.deepEqual(numbers({ ...keysOf(older), keys: [top, older] }, 'cert'), [])
  const earlier = m.earlierKeys('c', [top, older], NOW, ROOT)
  assert.deepEqual(earlier.map(({ number }) => number), [2], 'what a court wrote earlier can still be read')
  stored.clear()
  assert.deepEqual(numbers(keysOf(top, older)), [2], 'and it is the stored number that refused it')
})

test("the protocol's own refused statements are refused here", () => {
  const when = new Date(statements.now)
  const [{ court }, { lowest }] = statements.path
  const take = (keys) => {
    stored.set('court-keys', { [`${court}/box`]: lowest })
    return m.certifiedKeys({ id: court, keys }, 'box', when, statements.root_key)
  }
  assert.equal(take(statements.good).length, 1)
  for (const { why, statements: keys } of statements.refused) assert.deepEqual(take(keys), [], why)
})

const FIELDS = {
  ...m.NO_FIELDS,
  name: '虚构甲',
  caseNumber: '（2099）虚9901执1号',
  claim: 'details-wrong',
  by: 'self',
  contact: '13800000000'
}
const ADDRESS = { court: 'c', target: 't', key: 2 }

function lettersLength(draft, photos) {
  const keys = m.deriveKeys(new Uint8Array(15).fill(9))
  const photo = { blob: new Uint8Array(1), key: new Uint8Array(32).fill(7), hash: new Uint8Array(32).fill(8) }
  return m.canonical(m.toLetter(draft, keys, Array(photos).fill(photo))).length
}

test('the bytes told are those of the seal, escapes and photos included', () => {
  for (const text of ['', '字'.repeat(1000), 'line\n"quoted"\\', '😀a\u0001']) {
    for (const photos of [0, 1, 6]) {
      const draft = m.toDraft('wrong', { ...FIELDS, text }, ADDRESS)
      assert.equal(m.measure(draft, photos).bytesLeft, 4095 - lettersLength(draft, photos), `${text} ${photos}`)
    }
  }
})

test('a text that fits by its characters may be too long by its bytes, and is told so', () => {
  const room = (text, photos = 0) => m.measure(m.toDraft('wrong', { ...FIELDS, text }, ADDRESS), photos)
  assert.ok(!m.isTooLong(room('字'.repeat(1000))))
  assert.ok(m.isTooLong(room('字'.repeat(1001))))
  assert.ok(m.isTooLong(room('😀'.repeat(1000))))
  assert.match(m.counterText(room('😀'.repeat(1000)), m.words('zh')), /^超出封装 \d+ 字节/)
  assert.match(m.counterText(room('字'.repeat(1002)), m.words('zh')), /^超出 2 字/)
})

test('half a pair of an emoji is left out instead of failing the seal', () => {
  const draft = m.toDraft('wrong', { ...FIELDS, text: '甲\ud83d乙' }, ADDRESS)
  assert.equal(draft.text, '甲乙')
  assert.ok(lettersLength(draft, 0) > 0)
})

test('what is not said is left out, and what a door does not ask never goes in', () => {
  const draft = m.toDraft('died', { ...FIELDS, relation: '女儿', diedOn: '2026-10-01', claim: 'x' }, ADDRESS)
  const told = ['name', 'case_number', 'relation', 'died_on', 'contact']
  assert.deepEqual(Object.keys(draft.more), told)
  assert.equal(m.firstMissing('died', { ...FIELDS, relation: ' ' }), 'relation')
  assert.equal(m.firstMissing('wrong', { ...FIELDS, text: 'x' }), null)
})

const JPEG = () => new Uint8Array(1000).fill(5)

function content(jpegs = [JPEG()], text = 'x') {
  const keys = [{ number: 1, key: server.publicKey }]
  const draft = m.toDraft('wrong', { ...FIELDS, text }, ADDRESS)
  return { door: 'wrong', demo: false, court: { id: 'c', name: 'C' }, boxKey: { number: 2, key: box.publicKey }, certKeys: keys, draft, jpegs, lines: [] }
}

function certify({ sealed, photos }, signer = server) {
  const hashes = photos.map((photo) => m.labelledHash('photo', m.toBytes(photo)))
  const env = m.toText(m.envOf(m.toBytes(sealed), hashes))
  const head = m.toText(new Uint8Array(32))
  const items = ['lm1/cert', 'c', 1, '2026-11-23T06:00:00Z', env, head]
  const signature = m.toText(nacl.sign.detached(m.canonical(items), signer.secretKey))
  return { court: 'c', number: 1, hour: '2026-11-23T06:00:00Z', env, head, signature }
}

const send = async () => {
  await m.session.seal()
  return m.session.send(() => {})
}
const posts = () => asked.filter(({ url }) => url.endsWith('/v1/objections')).map(({ data }) => data)

test('a lost answer: the very same sealed filing goes out again, each time with new work', async () => {
  await m.session.begin(content())
  answer = () => null
  assert.equal((await send()).kind, 'offline')
  assert.ok(m.session.wouldReplace(content()), 'other photos are another request')
  answer = (_, data) => ({ statusCode: 201, data: { certificate: certify(data) } })
  assert.equal((await send()).kind, 'delivered')
  const [first, second] = posts()
  assert.deepEqual([second.sealed, second.lookup, second.photos], [first.sealed, first.lookup, first.photos])
  assert.ok(m.session.isUnsaved)
  assert.equal(asked.filter(({ header }) => Object.keys(header).length > 0).length, 0, 'no visitor token')
  m.session.clear()
  assert.equal(m.session.current, null)
})

test('a certificate of somebody else, or of something else, is no delivery', async () => {
  await m.session.begin(content())
  answer = (_, data) => ({ statusCode: 201, data: { certificate: certify(data, signing) } })
  assert.equal((await send()).kind, 'badCertificate')
  const other = { sealed: m.toText(new Uint8Array(4144)), photos: [] }
  answer = () => ({ statusCode: 201, data: { certificate: certify(other) } })
  assert.equal((await send()).kind, 'badCertificate')
  assert.deepEqual([m.session.isDelivered, m.session.isUnsaved], [false, true], 'it may have arrived all the same')
})

test('a changed court key seals anew under the same code; an unconfirmed filing stays as it is', async () => {
  m.session.clear()
  await m.session.begin(content())
  const { code } = m.session.current
  answer = () => ({ statusCode: 409, data: {} })
  assert.equal((await send()).kind, 'refused')
  m.session.renew({ number: 3, key: box.publicKey }, [{ number: 1, key: server.publicKey }])
  answer = () => ({ statusCode: 500, data: {} })
  assert.equal((await send()).kind, 'unconfirmed')
  m.session.renew({ number: 4, key: box.publicKey }, [])
  answer = () => ({ statusCode: 503, data: {} })
  assert.equal((await send()).kind, 'busy')
  assert.deepEqual(posts().map(({ key_id }) => key_id), [2, 3, 3])
  assert.equal(posts()[1].sealed, posts()[2].sealed)
  assert.equal(m.session.current.code, code)
})

test('where no work is given to do, the reason is told and nothing goes out', async () => {
  m.session.clear()
  await m.session.begin(content())
  const given = offered
  for (const [refusal, outcome] of [
    [{ statusCode: 503, data: {}, header: { 'Retry-After': '12' } }, { kind: 'busy', seconds: 12 }],
    [{ statusCode: 429, data: {}, header: { 'Retry-After': '3540' } }, { kind: 'busy', seconds: 3540 }],
    [{ statusCode: 500, data: {} }, { kind: 'unconfirmed' }],
    [null, { kind: 'offline' }]
  ]) {
    offered = () => refusal
    assert.deepEqual(await send(), outcome)
  }
  assert.deepEqual(posts(), [])
  offered = given
  answer = (_, data) => ({ statusCode: 201, data: { certificate: certify(data) } })
  assert.equal((await send()).kind, 'delivered')
})

test('new contents get a new code and keep the photos that they share', async () => {
  m.session.clear()
  const photo = JPEG()
  const dropped = JPEG()
  await m.session.begin(content([photo, dropped], 'one'))
  const { code } = m.session.current
  await m.session.begin(content([photo, dropped], 'one'))
  assert.equal(m.session.current.code, code, 'the same contents keep theirs')
  await m.session.begin(content([photo], 'two'))
  assert.notEqual(m.session.current.code, code)
  assert.ok(photo.every((byte) => byte === 5))
  assert.ok(dropped.every((byte) => byte === 0), 'what is not needed is wiped')
})

test('further words take the first free number, and unconfirmed ones go out as they were', async () => {
  const keys = m.deriveKeys(new Uint8Array(15).fill(3))
  const writer = new m.Writer('objections', keys, { number: 2, key: box.publicKey }, 1)
  answer = (_, { n }) => ({ statusCode: n < 3 ? 409 : 500, data: {} })
  assert.equal(await writer.send('一'), 'unconfirmed')
  answer = () => ({ statusCode: 201, data: {} })
  assert.equal(await writer.send('一'), 'sent')
  assert.equal(await writer.send('二'), 'sent')
  const sent = asked.map(({ data }) => data)
  assert.deepEqual(sent.map(({ n }) => n), [1, 2, 3, 3, 4])
  assert.equal(sent[2].sealed, sent[3].sealed)
  assert.ok(sent.every(({ key_id }) => key_id === 2))
})

test('further words go on where the status says, and end where no more are taken', async () => {
  const keys = m.deriveKeys(new Uint8Array(15).fill(3))
  const writer = new m.Writer('objections', keys, { number: 2, key: box.publicKey }, 21)
  answer = () => ({ statusCode: 201, data: {} })
  assert.equal(await writer.send('一'), 'sent')
  assert.equal(await writer.send('二'), 'sent')
  assert.deepEqual(asked.map(({ data }) => data.n), [21, 22])
  answer = () => ({ statusCode: 409, data: {} })
  assert.equal(await writer.send('三'), 'full')
})

test('codes are kept with their month only, once each, and can be removed', () => {
  m.keepCode('7K3QD-A', Date.parse('2026-11-30T16:30:00Z'))
  m.keepCode('7K3QD-A', Date.parse('2026-11-30T16:30:00Z'))
  assert.deepEqual(m.listCodes(), [{ code: '7K3QD-A', month: '2026-12' }])
  assert.equal(m.startOf('7K3QD-A'), '7K3QD')
  m.removeCode('7K3QD-A')
  assert.equal(stored.has('codes'), false)
})

test('both languages have the same texts and places for values, and no slur', () => {
  const places = (text) => [...String(text).matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()
  const compare = (zh, en, path) => {
    assert.deepEqual(Object.keys(en).sort(), Object.keys(zh).sort(), path)
    for (const key of Object.keys(zh)) {
      if (typeof zh[key] === 'object') compare(zh[key], en[key], `${path}.${key}`)
      else if (key !== 'value') assert.deepEqual(places(en[key]), places(zh[key]), `${path}.${key}`)
      else assert.equal(en[key], zh[key])
    }
  }
  compare(m.words('zh'), m.words('en'), '')
  const texts = JSON.stringify([m.words('zh'), m.words('en')])
  for (const word of ['老赖', '失信人', '黑名单', '曝光', '预警']) assert.ok(!texts.includes(word), word)
})
