import assert from 'node:assert/strict'
import { test } from 'node:test'
import { load } from './load.mjs'

const ALL = '本服务收录的各法院'
const COURTS = { items: [{ name: '甲县人民法院' }], next: null, as_of: null }
let answer = [503, {}]

globalThis.getApp = () => ({ globalData: { apiBaseUrl: 'https://listings.example.cn' } })
globalThis.wx = {
  getStorageSync: () => '',
  getAppBaseInfo: () => ({ language: 'zh_CN' }),
  request: ({ success }) => {
    const [statusCode, data] = answer
    setTimeout(() => success({ statusCode, data, header: {} }))
  }
}

const m = await load('api/source')

test('a look-up that failed is asked again, one that answered is kept', async () => {
  assert.equal(await m.getSiteSource(), ALL)
  answer = [200, COURTS]
  assert.equal(await m.getSiteSource(), '甲县人民法院')
  answer = [503, {}]
  assert.equal(await m.getSiteSource(), '甲县人民法院')
})

test('a court is named beside a date only if the date is of its list', () => {
  const rows = [
    { courts: ['甲县人民法院'], as_of: '2026-11-20T10:00:00Z' },
    { court: { name: '乙县人民法院' }, as_of: '2026-11-21T10:00:00Z' }
  ]
  assert.equal(m.sourceBehind('2026-11-20T10:00:00Z', rows), '甲县人民法院、乙县人民法院')
  assert.equal(m.sourceBehind('2026-11-20T10:00:00Z', rows.slice(0, 1)), '甲县人民法院')
  assert.equal(m.sourceBehind('2026-11-01T10:00:00Z', rows), ALL)
  assert.equal(m.sourceBehind('2026-11-01T10:00:00Z', []), '')
})
