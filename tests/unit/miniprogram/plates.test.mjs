import assert from 'node:assert/strict'
import { test } from 'node:test'
import { load } from './load.mjs'

const { choosePlateForms, plateLines, plateSize, TOUCH, wholeLines } = await load('geo/plates')

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

const crowd = Array.from({ length: 100 }, (_, i) => plate(String(i).padStart(3, '0'), (i * 97) % 390, (i * 61) % 600))

/** As drawn, or as large as a finger needs where that is larger. */
function boxes(plates, textScale) {
  const chosen = choosePlateForms(plates, textScale)
  return plates.flatMap((one) => {
    const lines = plateLines(one, chosen.get(one.code))
    const { width, height } = lines.length ? plateSize(lines, textScale) : {}
    return lines.length ? [{ ...one, width: Math.max(width, TOUCH), height: Math.max(height, TOUCH) }] : []
  })
}

for (const textScale of [1, 2]) {
  test(`no two plates ever touch or are hit for one another, however many there are, text ${textScale}`, () => {
    const drawn = boxes(crowd, textScale)
    assert.ok(drawn.length > 5)
    for (const [i, a] of drawn.entries()) {
      for (const b of drawn.slice(i + 1)) {
        assert.ok(Math.abs(a.x - b.x) >= (a.width + b.width) / 2 || Math.abs(a.y - b.y) >= (a.height + b.height) / 2)
      }
    }
  })
}

test('plates grow with the text', () => {
  const [small, large] = [plateSize(['裕华区', '96 人'], 1), plateSize(['裕华区', '96 人'], 2)]
  assert.ok(large.width > small.width * 1.7 && large.height > small.height * 1.7)
  assert.deepEqual(Object.fromEntries(choosePlateForms([plate('1', 100), plate('2', 220)], 2)), { 1: 'total', 2: 'total' })
  assert.deepEqual(forms(plate('1', 100), plate('2', 220)), { 1: 'full', 2: 'full' })
})

test('of a plate that the edge of the screen would cut as much is said as fits', () => {
  const screen = { width: 390, height: 400 }
  const said = (x, y, form, textScale) => wholeLines(plate('1', x, y), form, screen, textScale)
  assert.deepEqual(said(195, 200, 'full'), ['裕华区', '96 人 · 30 家'])
  assert.deepEqual(said(195, 20, 'full'), ['96 人 · 30 家'])
  assert.deepEqual(said(30, 200, 'full'), ['126'])
  assert.deepEqual(said(195, 200, 'total'), ['126'])
  assert.equal(said(195, 10, 'full'), null)
  assert.equal(said(25, 200, 'total', 2), null)
  assert.equal(said(195, 200, 'hidden'), null)
})
