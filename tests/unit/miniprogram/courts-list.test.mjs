// A court is found by its name wherever it is: the area that the page begins with must not hide it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { load } from './load.mjs'

const HOME = { code: '990101', name: '东虚区' }
const asked = []
let definition
globalThis.getApp = () => ({ globalData: { apiBaseUrl: 'https://listings.example.cn', courtsArea: null } })
globalThis.getCurrentPages = () => []
globalThis.Page = (page) => {
  definition = page
}

Object.assign(globalThis.wx, {
  setNavigationBarTitle() {},
  request: ({ url, success }) => {
    const { pathname, searchParams } = new URL(url)
    if (pathname === '/v1/courts') asked.push([searchParams.get('q'), searchParams.get('area')])
    const site = { home_area: HOME, demo: 'none', as_of: null }
    const data = pathname === '/v1/site' ? site : pathname === '/v1/courts' ? { items: [], next: null } : { ...HOME, code: '9901' }
    setTimeout(() => success({ statusCode: 200, data, header: {} }))
    return { abort() {} }
  }
})

const until = async (count) => {
  while (asked.length < count) await new Promise((resolve) => setTimeout(resolve, 5))
}

test('a name leaves the area that the page begins with, and keeps to one that was chosen', async () => {
  await load('pages/services/courts/index')
  const page = { ...definition, data: structuredClone(definition.data) }
  page.setData = (values) => Object.assign(page.data, values)
  page.onLoad({})
  page.onShow()
  await until(1)
  page.type({ detail: { value: '远方' } })
  page.find()
  await until(2)
  assert.equal(page.data.area, null)
  page.setArea({ code: '98', name: '虚省' })
  page.find()
  await until(4)
  assert.deepEqual(asked, [
    [null, '9901'],
    ['远方', null],
    ['远方', '98'],
    ['远方', '98']
  ])
})
