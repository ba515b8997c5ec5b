import assert from 'node:assert/strict'
import { test } from 'node:test'
import { load } from './load.mjs'

const { toGcj02, toWgs84, tilesUnder, tilesFor, clampZoom, cellAround, tileAt, project, scaleToFit, viewAround } = await load(
  'geo/gcj02',
  'geo/tile',
  'geo/screen'
)

const metres = ([lon1, lat1], [lon2, lat2]) => Math.hypot((lon1 - lon2) * 90000, (lat1 - lat2) * 111000)

test('gives WGS 84 back to less than a millimetre', () => {
  for (let lon = 75; lon < 135; lon += 3.7) {
    for (let lat = 4; lat < 53; lat += 3.1) {
      assert.ok(metres(toWgs84(...toGcj02(lon, lat)), [lon, lat]) < 0.001)
    }
  }
})

test('shifts a place in China by some hundred metres, and none outside', () => {
  const shift = metres(toGcj02(114.54, 38.0), [114.54, 38.0])
  assert.ok(shift > 300 && shift < 900)
  assert.deepEqual(toGcj02(2.35, 48.85), [2.35, 48.85])
  assert.deepEqual(toWgs84(2.35, 48.85), [2.35, 48.85])
})

test('addresses tiles in WGS 84 whatever the datum of the map', () => {
  const [lon, lat] = toGcj02(114.54, 38.0)
  const sliver = { west: lon - 1e-6, east: lon + 1e-6, south: lat - 1e-6, north: lat + 1e-6 }
  assert.deepEqual(tilesUnder(sliver, 14), [tileAt(114.54, 38.0, 14)])
})

test('reads a coarser zoom rather than more tiles than a screen needs', () => {
  const region = { west: 100, south: 25, east: 125, north: 45 }
  assert.ok(tilesFor(region, 9).length <= 24)
  assert.ok(tilesFor(region, 9)[0].z < 9)
})

test('keeps the zoom within what the map draws', () => {
  assert.equal(clampZoom(2.4), 3)
  assert.equal(clampZoom(11.99), 11)
  assert.equal(clampZoom(20), 18)
})

test('finds the cell of a circle: eight to a side of its tile', () => {
  const [lon, lat] = toGcj02(114.54, 38.0)
  const { west, south, east, north } = cellAround(lon, lat, 13)
  assert.ok(west < 114.54 && east > 114.54 && south < 38 && north > 38)
  assert.ok(Math.abs((east - west) * 2 ** 16 - 360) < 1e-6)
})

test('projects the corners of the region to the corners of the screen', () => {
  const view = { region: { west: 114, south: 37, east: 115, north: 38 }, size: { width: 390, height: 600 }, scale: 9 }
  assert.deepEqual(project(view, 114, 38), { x: 0, y: 0 })
  const { x, y } = project(view, 115, 37)
  assert.ok(Math.abs(x - 390) < 1e-6 && Math.abs(y - 600) < 1e-6)
})

test('fits a region with room around it, and no nearer than allowed', () => {
  const region = { west: 114, south: 37.5, east: 115, north: 38.2 }
  const scale = scaleToFit(region, { width: 390, height: 600 }, 18)
  assert.ok((256 * 2 ** scale) / 360 < 390 && (256 * 2 ** scale) / 360 > 300)
  assert.equal(scaleToFit(region, { width: 390, height: 600 }, 5), 5)
})

test('what a camera will show is what the map then says it shows', () => {
  const size = { width: 390, height: 500 }
  const { region, scale } = viewAround({ longitude: 114.5, latitude: 38.1, scale: 11 }, size)
  const view = { region, size, scale }
  const middle = project(view, 114.5, 38.1)
  assert.ok(Math.abs(middle.x - 195) < 1e-6 && Math.abs(middle.y - 250) < 1e-6)
  // 256 px around the world at scale 0
  assert.ok(Math.abs((region.east - region.west) - (390 / (256 * 2 ** 11)) * 360) < 1e-9)
  assert.ok(Math.abs(scaleToFit(region, { width: 390 / 0.84, height: 500 / 0.84 }, 18) - 11) < 1e-6)
})
