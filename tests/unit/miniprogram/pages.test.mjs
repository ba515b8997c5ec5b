// Two presses, as impatient fingers make them, open one page; and what was left can be opened again.
import assert from 'node:assert/strict'
import { beforeEach, mock, test } from 'node:test'
import { load } from './load.mjs'

const FORM = '/pages/filings/file/index?door=wrong'
const opened = []
let stack = []
globalThis.getCurrentPages = () => stack
let come = () => {}
globalThis.wx.navigateTo = ({ url, complete }) => {
  opened.push(url)
  come = complete
}
globalThis.wx.redirectTo = ({ url }) => opened.push(`instead ${url}`)
const { openPage } = await load('api/pages')

const page = (route, options = {}) => ({ route, options })

mock.timers.enable({ apis: ['setTimeout'] })
beforeEach(() => {
  mock.timers.tick(300)
  opened.length = 0
  stack = [page('pages/services/home/index')]
})

test('a second press before the page has come opens nothing', () => {
  openPage(FORM)
  openPage(FORM)
  assert.deepEqual(opened, [FORM])
})

test('a second press behind the page that has come opens nothing', () => {
  openPage(FORM)
  mock.timers.tick(300)
  stack.push(page('pages/filings/file/index', { door: 'wrong' }))
  openPage(FORM)
  assert.deepEqual(opened, [FORM])
})

test('whoever has come and gone back at once goes on at once', () => {
  openPage(FORM)
  come()
  openPage(FORM)
  assert.deepEqual(opened, [FORM, FORM])
})

test('another page, another query, and what was left open', () => {
  const other = FORM.replace('wrong', 'died')
  stack.push(page('pages/filings/file/index', { door: 'died' }))
  openPage(FORM)
  stack.pop()
  openPage(other)
  mock.timers.tick(300)
  openPage(FORM)
  assert.deepEqual(opened, [FORM, other, FORM])
})

test('on a full stack one press takes one place', () => {
  let told = 0
  stack = Array.from({ length: 10 }, () => page('pages/entities/detail/index', { id: 'x' }))
  for (let press = 0; press < 2; press += 1) openPage(FORM, () => (told += 1))
  assert.deepEqual([opened, told], [[`instead ${FORM}`], 1])
})
