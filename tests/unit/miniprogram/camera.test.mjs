import assert from 'node:assert/strict'
import { test } from 'node:test'
import { load } from './load.mjs'

const { cameraFromAddress, cameraToAddress, clearOf, project, toGcj02, viewAround } = await load(
  'geo/camera',
  'geo/gcj02',
  'geo/screen'
)

test('writes a place into an address in WGS 84 and reads it back', () => {
  const [longitude, latitude] = toGcj02(114.54321, 38.01234)
  const text = cameraToAddress({ longitude, latitude, scale: 11.234 })
  assert.equal(text, '114.54321,38.01234,11.23')
  for (const sent of [text, encodeURIComponent(text)]) {
    const read = cameraFromAddress(sent, 18)
    assert.ok(Math.abs(read.longitude - longitude) < 1e-5 && Math.abs(read.latitude - latitude) < 1e-5)
    assert.equal(read.scale, 11.23)
    assert.equal(cameraToAddress(read), text)
  }
})

test('takes nothing for a place that is none', () => {
  const wrong = [undefined, '', '114,38', '114,38,', ',,', '181,38,11', '114,86,11', '114,38,2', '114,38,14', '114,38,11,1', '1.1.1,38,11']
  for (const text of [...wrong, 'a,b,c', '114;38;11']) assert.equal(cameraFromAddress(text, 13), null, text)
})

test('a plate that the buttons over the lower edge would hide is lifted, and no other view moves', () => {
  const [longitude, latitude] = toGcj02(114.55, 38.02)
  const camera = { longitude, latitude, scale: 11 }
  const size = { width: 320, height: 180 }
  const yOf = (given, at) => project(viewAround(given, size), ...toGcj02(...at)).y
  const low = [114.55, 38.01]
  const lifted = clearOf(camera, low, size, 46)
  assert.ok(yOf(camera, low) > 90 && Math.abs(yOf(lifted, low) - 90) < 0.5, `${yOf(lifted, low)}`)
  assert.deepEqual({ ...lifted, latitude }, camera, 'up and down only')
  assert.equal(clearOf(camera, [114.55, 38.05], size, 46), camera)
  // never so far that the strip would speak of another area
  assert.ok(yOf(camera, [114.55, 37.9]) - yOf(clearOf(camera, [114.55, 37.9], size, 46), [114.55, 37.9]) < 180 / 8 + 0.5)
})
