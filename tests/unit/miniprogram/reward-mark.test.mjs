import assert from 'node:assert/strict'
import { test } from 'node:test'
import { load } from './load.mjs'

const m = await load('geo/markers', 'geo/marker-ids', 'geo/colours')

const REGION = { west: 114.5, south: 37.99, east: 114.52, north: 38.01 }
const body = (id, notice, source = 'court') => ({
  type: 'Feature',
  geometry: { type: 'Point', coordinates: [114.51, 38.0] },
  properties: { class: 'entity', id, kind: 'company', name: '虚构一二三有限公司', listings: 1, notice, source }
})

function marker(feature, scale, lang) {
  const view = { region: REGION, size: { width: 300, height: 300 }, scale }
  const options = { lang, colours: m.coloursOf('light'), maxScale: 18, textScale: 1, covers: () => false }
  return m.toScene([feature], view, new m.MarkerIds(), options).markers[0]
}

test('an organisation with a notice is marked at every zoom, and only such a one', () => {
  assert.equal(marker(body('b-1', true), 12, 'zh').label.content, '悬赏')
  assert.equal(marker(body('b-1', true), 12, 'en').label.content, 'Reward')
  assert.equal(marker(body('b-1', false), 12, 'zh').label, undefined)
  assert.equal(marker(body('b-1', true), 14, 'zh').label.content, '悬赏·虚构一二三有限公')
  assert.equal(marker(body('b-1', false), 14, 'zh').label.content, '虚构一二三有限公')
})

test('a screen reader is told of it, and an invented one says that it is', () => {
  assert.match(marker(body('b-1', true), 12, 'zh').ariaLabel, /^有悬赏公告。虚构一二三有限公司,/)
  assert.doesNotMatch(marker(body('b-1', false), 12, 'zh').ariaLabel, /悬赏/)
  assert.equal(marker(body('b-1', true, 'demo'), 12, 'zh').label.content, '演示·悬赏')
})
