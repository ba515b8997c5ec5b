import assert from 'node:assert/strict'
import { test } from 'node:test'
import { load } from './load.mjs'

const { cameraFromAddress, cameraToAddress, toGcj02 } = await load('geo/camera', 'geo/gcj02')

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
