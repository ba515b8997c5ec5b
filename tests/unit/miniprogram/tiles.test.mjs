import assert from 'node:assert/strict'
import { test } from 'node:test'
import { load } from './load.mjs'

const { TileStore } = await load('api/tile-store')

const FILTER = { kind: 'all', grounds: [], court: '' }
const tile = (x) => ({ z: 10, x, y: 1 })
const settle = () => new Promise((resolve) => setTimeout(resolve))

function fake() {
  const asked = []
  const seen = { changed: 0, failed: [], settled: 0 }
  let now = 0
  const source = ({ x }) => {
    const request = { x, cancelled: false }
    request.result = new Promise((resolve) => {
      request.answer = () => resolve({ ok: true, value: { type: 'FeatureCollection', features: [{ x }] } })
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
