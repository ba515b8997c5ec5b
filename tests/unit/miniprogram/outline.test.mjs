import assert from 'node:assert/strict'
import { test } from 'node:test'
import { load } from './load.mjs'

const { isInside, drawOutlines, handOver, inPortions, simplify } = await load('geo/outline', 'geo/portions')

const square = (x, y, side) => [
  [x, y],
  [x + side, y],
  [x + side, y + side],
  [x, y + side],
  [x, y]
]
const polygon = (...rings) => ({ type: 'Feature', geometry: { type: 'Polygon', coordinates: rings } })

test('an enclave inside an area is not that area', () => {
  const outline = polygon(square(0, 0, 10), square(4, 4, 2))
  assert.equal(isInside(outline, 1, 1), true)
  assert.equal(isInside(outline, 5, 5), false)
  assert.equal(isInside(outline, 11, 5), false)
})

test('every part of an area counts', () => {
  const coordinates = [[square(0, 0, 1)], [square(5, 5, 1)]]
  const outline = { type: 'Feature', geometry: { type: 'MultiPolygon', coordinates } }
  assert.equal(isInside(outline, 5.5, 5.5), true)
  assert.equal(isInside(outline, 3, 3), false)
})

test('outlines that fit are drawn as served, without specks', () => {
  const coordinates = [[square(0, 0, 1)], [square(5, 5, 0.001)]]
  const outline = { type: 'Feature', geometry: { type: 'MultiPolygon', coordinates } }
  const drawn = drawOutlines([outline], 0.01, '#3c6656')
  assert.equal(drawn.length, 1)
  assert.equal(drawn[0].points.length, 5)
})

test('outlines beyond the budget are simplified until they fit', () => {
  const circle = Array.from({ length: 4001 }, (_, i) => {
    const angle = (i / 4000) * 2 * Math.PI
    return [Math.cos(angle), Math.sin(angle)]
  })
  const [drawn] = drawOutlines([polygon(circle)], 0.001, '#3c6656')
  assert.ok(drawn.points.length > 8 && drawn.points.length <= 3000)
})

test('keeps the corners when it simplifies', () => {
  assert.equal(simplify([[0, 0], [5, 0.01], [10, 0], [10, 10], [0, 10], [0, 0]], 0.1).length, 5)
})

test('no portion that crosses to the view is over 50 KB', () => {
  const drawn = drawOutlines(Array.from({ length: 300 }, (_, i) => polygon(square(i, 0, 1))), 0.01, '#3c6656')
  const portions = inPortions(drawn)
  assert.ok(portions.length > 1)
  assert.equal(portions.flat().length, 300)
  for (const portion of portions) assert.ok(JSON.stringify(portion).length < 50_000)
})

test('a list is handed over in steps below WeChat\'s limit, and is whole afterwards', () => {
  const items = Array.from({ length: 300 }, (_, id) => ({ id, text: 'x'.repeat(400) }))
  const view = { items: [] }
  const sizes = []
  handOver('items', items, (change) => {
    sizes.push(JSON.stringify(change).length)
    for (const [key, value] of Object.entries(change)) {
      const [, at] = key.match(/\[(\d+)\]$/) ?? []
      if (at === undefined) view.items = value
      else view.items[Number(at)] = value
    }
  })
  assert.deepEqual(view.items, items)
  assert.ok(sizes.length > 2 && Math.max(...sizes) <= 50 * 1024)
})
