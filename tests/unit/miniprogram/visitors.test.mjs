import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { beforeEach, mock, test } from 'node:test'
import { load } from './load.mjs'

const NOW = Date.parse('2026-11-23T06:00:00Z')
const HOUR = 3_600_000
const PAGES = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '../../../miniprogram')
const token = (visitor, hours) => ({ visitor, expires_at: new Date(NOW + hours * HOUR).toISOString() })
const FOR_GOOD = token('t1', 1_000_000)

/** Wants a token and waits for whatever comes of it. */
async function want(visitors) {
  visitors.want()
  await visitors.mark()()
}

const salt = 'a1b2c3?expires=1790000000&'
const challenge = {
  algorithm: 'SHA-256',
  challenge: createHash('sha256').update(`${salt}123`).digest('hex'),
  maxnumber: 300,
  salt,
  signature: '00'
}

let stored
let sent
let answers

globalThis.getApp = () => ({ globalData: { apiBaseUrl: 'https://listings.example.cn' } })
globalThis.wx = {
  getStorageSync: (key) => stored.get(key) ?? '',
  setStorageSync: (key, value) => stored.set(key, value),
  getAppBaseInfo: () => ({ language: 'zh_CN' }),
  getFuzzyLocation: ({ success }) => success({ longitude: 114.5, latitude: 38 }),
  request: ({ url, method, data, header, success }) => {
    const path = url.slice('https://listings.example.cn'.length)
    sent.push({ path, method, data, header })
    const [status, body, headers = {}] = answers[path.split('?')[0]] ?? [404, {}]
    setTimeout(() => success({ statusCode: status, data: body, header: headers }))
  }
}

const m = await load(
  'api/areas',
  'api/courts',
  'api/entities',
  'api/grounds',
  'api/map',
  'api/site',
  'api/suggestions',
  'api/my-district',
  'api/http',
  'api/visitors',
  'api/visitor-token'
)

beforeEach(() => {
  stored = new Map()
  sent = []
  answers = { '/v1/challenge': [200, challenge], '/v1/visitors': [201, { ...token('t1', 24), more: 'x' }] }
})

const paths = () => sent.map(({ path }) => path.split('?')[0])

test('a token is asked for with a proof and kept, and nothing else is', async () => {
  await want(new m.Visitors(() => NOW))
  assert.deepEqual(sent.map(({ path, method }) => [method, path]), [
    ['GET', '/v1/challenge?for=visitors'],
    ['POST', '/v1/visitors']
  ])
  const { number, signature } = JSON.parse(Buffer.from(sent[1].data.challenge, 'base64').toString())
  assert.deepEqual([number, signature], [123, '00'])
  assert.deepEqual([...stored], [['visitor', token('t1', 24)]])
})

test('what is under way when a tip begins goes no further and leaves nothing', async () => {
  const visitors = new m.Visitors(() => NOW)
  visitors.want()
  const over = visitors.mark()()
  visitors.stayQuiet()
  await over
  assert.deepEqual([paths(), [...stored]], [['/v1/challenge'], []])
  await want(visitors) // the control: the next list of names asks again, at once
  assert.deepEqual(paths(), ['/v1/challenge', '/v1/challenge', '/v1/visitors'])
})

test('the token goes out with requests for entities', () => {
  stored.set('visitor', FOR_GOOD)
  m.listEntities({ area: '990101' })
  m.getEntity('a-1')
  m.suggestBodies('甲乙')
  assert.deepEqual(sent.map(({ header }) => header), Array(3).fill({ 'X-Visitor': 't1' }))
})

test('the token goes out with nothing else, above all not with a tip', async () => {
  stored.set('visitor', token('t1', 0.5))
  const pending = [
    m.listProvinces(),
    m.listChildren('99'),
    m.findAreas('虚'),
    m.getArea('990101'),
    m.getOutline('990101', 8),
    m.getAreaAt(114, 38),
    m.listCourts({}),
    m.getCourt('c-1'),
    m.listGrounds(),
    m.getTile({ z: 3, x: 1, y: 1 }, { kind: 'all', grounds: [], court: '' }),
    m.post('/v1/tips', {}),
    m.post('/v1/tips/status', {}),
    m.post('/v1/objections', {}),
    m.post('/v1/self-check', {}),
    m.get('/v1/entitiesx'),
    m.get('/v1/entities/../tips'),
    m.get('/v1/entities/%2e%2e/tips')
  ]
  await Promise.all([...pending.map(({ result }) => result), m.getSite(), m.locate('990101')])
  await want(new m.Visitors(() => NOW))
  assert.ok(sent.length > pending.length + 2)
  assert.ok(paths().includes('/v1/visitors'))
  for (const { path, header } of sent) assert.deepEqual(header, {}, path)
})

test('only api/http.ts sends anything, so no other way is open to the token', () => {
  const files = fs.readdirSync(PAGES, { recursive: true }).filter((file) => /^(?!web|node_modules).*\.ts$/.test(file))
  const sources = new Map(files.map((file) => [file, fs.readFileSync(path.join(PAGES, file), 'utf8')]))
  const naming = (words) => files.filter((file) => words.test(sources.get(file)))
  assert.deepEqual(naming(/wx\s*\.\s*(request|uploadFile|downloadFile|connectSocket)\(|X-Visitor/), ['api/http.ts'])
  assert.deepEqual(naming(/heldToken/).sort(), ['api/http.ts', 'api/visitor-token.ts', 'api/visitors.ts'])
})

test('the list is asked for first and waits for nothing', async () => {
  answers['/v1/entities'] = [200, { items: [], next: null, as_of: null }]
  answers['/v1/challenge'] = [503, {}]
  const { result } = m.listEntities({ area: '990101' })
  assert.deepEqual(paths(), ['/v1/entities', '/v1/challenge'])
  assert.deepEqual(sent[0].header, {})
  assert.equal((await result).ok, true)
  await m.visitors.mark()()
})

test('once a tip begins, nothing is asked for by itself any more', () => {
  mock.timers.enable({ apis: ['setTimeout'] })
  try {
    for (const quiet of [false, true]) {
      const visitors = new m.Visitors(() => NOW)
      visitors.wantAfterLaunch()
      if (quiet) visitors.stayQuiet()
      sent = []
      answers = {}
      mock.timers.tick(10_000)
      assert.equal(sent.length > 0, !quiet)
    }
  } finally {
    mock.timers.reset()
  }
})

test('one attempt at a time', async () => {
  const visitors = new m.Visitors(() => NOW)
  visitors.want()
  await want(visitors)
  assert.deepEqual(paths(), ['/v1/challenge', '/v1/visitors'])
})

test('a token is renewed in its last hour and not before', async () => {
  stored.set('visitor', token('old', 1.01))
  new m.Visitors(() => NOW).want()
  assert.deepEqual(sent, [])
  stored.set('visitor', token('old', 0.99))
  await want(new m.Visitors(() => NOW))
  assert.equal(stored.get('visitor').visitor, 't1')
})

test('a token that has ended by this clock is still sent: the clock may err', () => {
  stored.set('visitor', token('old', -1))
  m.get('/v1/entities')
  assert.deepEqual(sent[0].header, { 'X-Visitor': 'old' })
})

test('a clock that is days ahead does not ask for a token with every list', async () => {
  let now = NOW + 72 * HOUR
  const visitors = new m.Visitors(() => now)
  await want(visitors)
  now += 9 * 60_000
  visitors.want()
  assert.equal(sent.length, 2)
  now += 2 * 60_000
  visitors.want()
  assert.equal(sent.length, 3)
})

test('after a failure it waits, longer each time, and at least as long as the server says', async () => {
  let now = NOW
  const visitors = new m.Visitors(() => now)
  const triesAfter = async (minutes) => {
    const before = sent.length
    now += minutes * 60_000
    await want(visitors)
    return sent.length > before
  }
  answers['/v1/visitors'] = [403, {}]
  assert.deepEqual([await triesAfter(0), await triesAfter(0.9), await triesAfter(0.2)], [true, false, true])
  assert.deepEqual([await triesAfter(1.9), await triesAfter(0.2)], [false, true])
  answers['/v1/challenge'] = [429, {}, { 'Retry-After': '1800' }]
  assert.deepEqual([await triesAfter(5), await triesAfter(29), await triesAfter(2)], [true, false, true])
  assert.deepEqual([...stored], [])
})

test('an answer that is no token is not kept', async () => {
  for (const odd of ['<html>', {}, { visitor: 'two\nlines', expires_at: token('', 1).expires_at }, { visitor: 't' }]) {
    answers['/v1/visitors'] = [201, odd]
    await want(new m.Visitors(() => NOW))
  }
  assert.equal(sent.length, 8)
  assert.deepEqual([...stored], [])
})

test('a full storage is a failure like others', async () => {
  const { setStorageSync } = globalThis.wx
  globalThis.wx.setStorageSync = () => {
    throw new Error('exceed storage max size')
  }
  const visitors = new m.Visitors(() => NOW)
  await want(visitors)
  globalThis.wx.setStorageSync = setStorageSync
  assert.equal(await visitors.mark()(), false)
})

test('a page learns whether asking again would go out with another token', async () => {
  const visitors = new m.Visitors(() => NOW)
  const without = visitors.mark()
  visitors.want()
  assert.equal(await without(), true)
  assert.equal(await without(), true, 'an answer slower than the token')
  assert.equal(await visitors.mark()(), false, 'asked with the token that is held')
})
