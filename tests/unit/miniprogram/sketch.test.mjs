// A place is tapped on an outline that is drawn from memory.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { load } from './load.mjs'

const m = await load('pages/filings/tips/sketch')

/** A square with a hole, GCJ-02. */
const OUTLINE = {
  type: 'Feature',
  geometry: {
    type: 'Polygon',
    coordinates: [
      [[114.4, 37.9], [114.8, 37.9], [114.8, 38.3], [114.4, 38.3], [114.4, 37.9]],
      [[114.58, 38.08], [114.62, 38.08], [114.62, 38.12], [114.58, 38.12], [114.58, 38.08]]
    ]
  }
}

test('a tap on the sketch is a place inside the outline, told in WGS 84 to a hundred metres', () => {
  const sketch = m.sketchOf(OUTLINE, { width: 358, height: 300 })
  const at = { x: 120, y: 220 }
  const found = m.positionAt(sketch, at)
  assert.match(found.lon, /^114\.\d{3}$/)
  const back = m.pointOf(sketch, found)
  assert.ok(Math.hypot(back.x - at.x, back.y - at.y) < 1.5, 'it is marked where it was tapped')
  assert.equal(m.positionAt(sketch, { x: 2, y: 2 }), null)
  assert.equal(m.positionAt(sketch, { x: 179, y: 150 }), null, 'nor in a hole')
  const xs = m.linesOf(sketch)[0].map(({ x }) => x)
  const ys = m.linesOf(sketch)[0].map(({ y }) => y)
  assert.ok(Math.min(...xs, ...ys) >= 0 && Math.max(...xs) <= 358 && Math.max(...ys) <= 300)
  const { km, pixels } = m.scaleBarOf(sketch)
  // 0.4 degrees of latitude are 44.5 km
  const perKm = (Math.max(...ys) - Math.min(...ys)) / 44.5
  assert.ok(Math.abs(pixels / km / perKm - 1) < 0.02)
})
