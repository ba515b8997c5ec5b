import assert from 'node:assert/strict'
import { test } from 'node:test'
import { load } from './load.mjs'

const { choosePlateForms, isWhole, plateLines, plateSize } = await load('geo/plates')

const plate = (code, x, y = 100) => ({ code, x, y, name: '裕华区', counts: '96 人 · 30 家', total: '126' })
const forms = (...plates) => Object.fromEntries(choosePlateForms(plates))

test('a plate alone says everything', () => {
  assert.deepEqual(forms(plate('1', 100)), { 1: 'full' })
})

test('plates above one another drop their names before their counts', () => {
  assert.deepEqual(forms(plate('1', 100, 100), plate('2', 100, 145)), { 1: 'counts', 2: 'counts' })
})

test('plates side by side fall back to totals', () => {
  assert.deepEqual(forms(plate('1', 100), plate('2', 170)), { 1: 'total', 2: 'total' })
})

test('of two totals that touch the later code is hidden, whatever its count', () => {
  const large = { ...plate('2', 110), counts: '9,000 人 · 30 家', total: '9,030' }
  assert.deepEqual(forms(large, plate('1', 100)), { 1: 'total', 2: 'hidden' })
})

test('a plate far away is not touched by the crowd', () => {
  assert.equal(forms(plate('1', 100), plate('2', 105), plate('3', 600))['3'], 'full')
})

test('no two plates ever touch, however many there are', () => {
  const crowd = Array.from({ length: 100 }, (_, i) => plate(String(i).padStart(3, '0'), (i * 97) % 390, (i * 61) % 600))
  const chosen = choosePlateForms(crowd)
  const boxes = crowd.flatMap((one) => {
    const lines = plateLines(one, chosen.get(one.code))
    return lines.length ? [{ ...one, ...plateSize(lines) }] : []
  })
  assert.ok(boxes.length > 5)
  for (const [i, a] of boxes.entries()) {
    for (const b of boxes.slice(i + 1)) {
      assert.ok(Math.abs(a.x - b.x) >= (a.width + b.width) / 2 || Math.abs(a.y - b.y) >= (a.height + b.height) / 2)
    }
  }
})

test('a plate that the edge of the screen would cut is not drawn, a smaller one that fits is', () => {
  const size = { width: 390, height: 400 }
  assert.equal(isWhole(plate('1', 195, 200), 'full', size), true)
  assert.equal(isWhole(plate('1', 195, 10), 'full', size), false)
  assert.equal(isWhole(plate('1', 30, 200), 'counts', size), false)
  assert.equal(isWhole(plate('1', 30, 200), 'total', size), true)
  assert.equal(isWhole(plate('1', 195, 200), 'hidden', size), false)
})
