import assert from 'node:assert/strict'
import { test } from 'node:test'
import { load } from './load.mjs'

const DISTRICT = { code: '130108', name: '裕华区', name_en: 'Yuhua District', level: 'county', parent: '1301' }
const NAMELESS = { code: '130199', name: '虚区13', name_en: null, level: 'county', parent: '1301' }
const COUNTS = { person: 96, company: 30, organisation: 0 }

globalThis.getApp = () => ({ globalData: { apiBaseUrl: 'https://listings.example.cn' } })
globalThis.wx = {
  getStorageSync: () => '',
  setStorageSync: () => {},
  getAppBaseInfo: () => ({ language: 'zh_CN' }),
  request: ({ url, success }) =>
    setTimeout(() => success({ statusCode: 200, data: url.includes('parent') ? [DISTRICT, NAMELESS] : DISTRICT, header: {} }))
}

const m = await load('api/areas', 'geo/markers', 'i18n/format', 'i18n/index')
const names = async (pending) => {
  const { value } = await pending.result
  return [value].flat().map(({ name }) => name)
}

test('areas are called in the language of the reader, and by their own name where there is no other', async () => {
  m.setLanguage('zh')
  assert.deepEqual(await names(m.getArea('130108')), ['裕华区'])
  assert.equal(await m.nameOf({ code: '130108', name: '裕华区' }), '裕华区')
  m.setLanguage('en')
  for (const pending of [m.getArea('130108'), m.getAreaAt(114.5, 38)])
    assert.deepEqual(await names(pending), ['Yuhua District'])
  assert.equal(await m.nameOf({ code: '130108', name: '裕华区' }), 'Yuhua District')
  assert.deepEqual(await names(m.listChildren('1301')), ['Yuhua District', '虚区13'])
  assert.deepEqual(await names(m.listOwnNames('1301')), ['裕华区', '虚区13'], 'a court reads Chinese')
})

test('a plate says what the area is called, not what it is', () => {
  const label = (area, lang) => m.plateLabel({ class: 'area', counts: COUNTS, ...area }, lang)
  assert.match(label(DISTRICT, 'zh'), /^裕华区:/)
  assert.match(label(DISTRICT, 'en'), /^Yuhua: /)
  assert.match(label(NAMELESS, 'en'), /^虚区13: /)
})

test('a plate counts whom it was asked for, and does not say nought of the others', () => {
  const area = { class: 'area', ...DISTRICT, counts: { person: 0, company: 3, organisation: 1 } }
  assert.equal(m.plateLabel(area, 'zh', 'bodies'), '裕华区:4 家单位,全区数量,不是位置。打开')
  assert.equal(m.plateLabel(area, 'en', 'bodies'), 'Yuhua: 4 organisations, whole area, not a position. Open')
  assert.equal(m.plateLabel(area, 'zh', 'person'), '裕华区:0 人,全区数量,不是位置。打开')
  for (const kind of ['all', 'notice'])
    assert.equal(m.plateLabel(area, 'zh', kind), '裕华区:0 人,4 家单位,全区数量,不是位置。打开')
  const shown = (kind) => m.formatCountsOf(area.counts, kind, 'zh')
  assert.deepEqual(['all', 'person', 'bodies', 'notice'].map(shown), ['0 人 · 4 家', '0 人', '4 家', '0 人 · 4 家'])
})
