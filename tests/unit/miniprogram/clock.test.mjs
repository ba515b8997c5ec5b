// A phone's clock may be wrong by years: nothing may be called old or past for that.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { load } from './load.mjs'

globalThis.getApp = () => ({ globalData: { apiBaseUrl: 'https://court.example' } })
const HOUR = 3_600_000
const m = await load('api/clock', 'api/http')
const headerIn = (ms) => new Date(Date.now() + ms).toUTCString()
const off = () => m.timeNow() - Date.now()

test('a clock that is far off is set right by any answer, and one that is nearly right is believed', () => {
  for (const years of [-14, 14]) {
    m.learnTime(headerIn(years * 365 * 24 * HOUR))
    assert.ok(Math.abs(off() - years * 365 * 24 * HOUR) < 2000, `${years}`)
  }
  m.learnTime(headerIn(HOUR / 2))
  assert.ok(Math.abs(off()) < 50)
})

test('an answer without a date changes nothing', () => {
  m.learnTime(headerIn(48 * HOUR))
  for (const none of [undefined, '', 'yesterday']) m.learnTime(none)
  assert.ok(off() > 47 * HOUR)
})

test('every answer tells the time', async () => {
  wx.request = ({ success }) => success({ statusCode: 200, data: [], header: { Date: headerIn(72 * HOUR) } })
  await m.get('/v1/areas').result
  assert.ok(off() > 71 * HOUR)
})
