import assert from 'node:assert/strict'
import { test } from 'node:test'
import { load } from './load.mjs'

const { TileStore, getTile } = await load('api/tile-store', 'api/map')

const FILTER = { kind: 'all', grounds: [], court: '' }
const tile = (x) => ({ z: 10, x, y: 1 })
const settle = () => new Promise((resolve) => setTimeout(resolve))

function fake() {
  const asked = []
  const seen = { changed: 0, failed: [], settled: 0 }
  let now = 0
  const source = ({ x }, _filter, etag) => {
    const request = { x, etag, cancelled: false }
    request.result = new Promise((resolve) => {
      const answer = (value) => resolve({ ok: true, value: { value, etag: `"${x}"` } })
      request.answer = () => answer({ type: 'FeatureCollection', features: [{ x }] })
      request.same = () => answer(null)
      request.fail = () => resolve({ ok: false, failure: { kind: 'offline' } })
    })
    request.cancel = () => {
      request.cancelled = true
    }
    asked.push(request)
    return request
  }
  const listener = {
    changed: () => (seen.changed += 1),
    failed: (failure) => seen.failed.push(failure.kind),
    settled: () => (seen.settled += 1)
  }
  return { asked, seen, store: new TileStore(source, listener, () => now), wait: (ms) => (now += ms) }
}

test('asks only for what is missing', async () => {
  const { asked, store } = fake()
  store.look([tile(1), tile(2)], FILTER)
  for (const request of asked) request.answer()
  await settle()
  store.look([tile(2), tile(3)], FILTER)
  assert.deepEqual(asked.map(({ x }) => x), [1, 2, 3])
  assert.deepEqual(store.features(), [{ x: 2 }])
})

test('gives up what nobody looks at any more', () => {
  const { asked, store } = fake()
  store.look([tile(1), tile(2)], FILTER)
  store.look([tile(2)], FILTER)
  assert.deepEqual(asked.map(({ cancelled }) => cancelled), [true, false])
})

test('asks again after thirty seconds, and shows the old until then', async () => {
  const { asked, store, wait } = fake()
  store.look([tile(1)], FILTER)
  asked[0].answer()
  await settle()
  wait(29_000)
  store.look([tile(1)], FILTER)
  assert.equal(asked.length, 1)
  wait(2_000)
  store.look([tile(1)], FILTER)
  assert.equal(asked.length, 2)
  assert.deepEqual(store.features(), [{ x: 1 }])
})

test("a phone's clock that is set back keeps nothing for longer", async () => {
  const { asked, store, wait } = fake()
  store.look([tile(1)], FILTER)
  asked[0].answer()
  await settle()
  wait(-3_600_000)
  store.look([tile(1)], FILTER)
  assert.equal(asked.length, 2)
})

test('another filter is another tile', async () => {
  const { asked, store } = fake()
  store.look([tile(1)], FILTER)
  asked[0].answer()
  await settle()
  store.look([tile(1)], { ...FILTER, kind: 'person' })
  assert.equal(asked.length, 2)
  assert.deepEqual(store.features(), [])
})

test('tells what failed, and that nothing is under way any more', async () => {
  const { asked, seen, store } = fake()
  store.look([tile(1)], FILTER)
  asked[0].fail()
  await settle()
  assert.deepEqual(seen, { changed: 0, failed: ['offline'], settled: 1 })
})

test('asks by the tag of the tile it holds, and keeps the tile where that is still right', async () => {
  const { asked, seen, store, wait } = fake()
  store.look([tile(1)], FILTER)
  asked[0].answer()
  await settle()
  wait(31_000)
  store.look([tile(1)], FILTER)
  assert.deepEqual(asked.map(({ etag }) => etag), ['', '"1"'])
  asked[1].same()
  await settle()
  assert.deepEqual(store.features(), [{ x: 1 }])
  assert.deepEqual(seen, { changed: 1, failed: [], settled: 2 })
  wait(29_000)
  store.look([tile(1)], FILTER)
  assert.equal(asked.length, 2, 'fresh again')
})

/** What `wx.request` is given, and what it then answers. */
function phone(statusCode, header, data) {
  const sent = []
  globalThis.getApp = () => ({ globalData: { apiBaseUrl: 'https://listings.example.cn' } })
  globalThis.wx.request = (options) => {
    sent.push(options)
    options.success({ statusCode, header, data })
    return { abort: () => {} }
  }
  return sent
}

test('a tile goes out with its tag, and 304 is an answer only to one that had a tag', async () => {
  const sent = phone(304, { ETag: '"a"' }, '')
  assert.deepEqual(await getTile(tile(1), FILTER, '"a"').result, { ok: true, value: { value: null, etag: '"a"' } })
  assert.equal(sent[0].header['If-None-Match'], '"a"')
  assert.deepEqual(await getTile(tile(1), FILTER, '').result, { ok: false, failure: { kind: 'failed' } })
  assert.ok(!('If-None-Match' in sent[1].header))
})

test('the tag of an answer is kept, however the phone writes the name of its header', async () => {
  phone(200, { etag: 'W/"b"' }, { type: 'FeatureCollection', features: [] })
  const { value } = await getTile(tile(1), FILTER, '"a"').result
  assert.deepEqual(value, { value: { type: 'FeatureCollection', features: [] }, etag: 'W/"b"' })
})
