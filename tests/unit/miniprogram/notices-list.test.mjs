// The list of rewards is asked for anew whenever one comes back to it, and is then as long as it was.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { load } from './load.mjs'

const ALL = 45
const asked = []
let definition
globalThis.getApp = () => ({ globalData: { apiBaseUrl: 'https://listings.example.cn', noticesArea: null, noticesCourt: null } })
globalThis.Page = (page) => {
  definition = page
}

function notice(n) {
  const text = { zh: String(n), en: String(n) }
  return { id: `n-${n}`, kind: 'property', source: 'court', funder: 'creditor', promise: text, ends_on: '2026-11-25', court: { id: 'c', name: '虚法院' }, as_of: null }
}

/** Pages of what there is, as the API makes them. */
function answer(query) {
  const [from, limit] = [Number(query.get('cursor') ?? 0), Number(query.get('limit') ?? 20)]
  const items = Array.from({ length: Math.min(limit, ALL - from) }, (_, at) => notice(from + at))
  return { items, next: from + limit < ALL ? String(from + limit) : null, as_of: '2026-11-21T10:00:00Z' }
}

Object.assign(globalThis.wx, {
  setNavigationBarTitle() {},
  setTabBarItem() {},
  request: ({ url, success }) => {
    const { pathname, searchParams } = new URL(url)
    if (pathname === '/v1/notices') asked.push(Number(searchParams.get('limit')))
    const data = pathname === '/v1/notices' ? answer(searchParams) : { home_area: null, demo: 'none', as_of: null }
    setTimeout(() => success({ statusCode: 200, data, header: {} }))
    return { abort() {} }
  }
})

const settled = () => new Promise((resolve) => setTimeout(resolve, 20))

test('whoever comes back from a notice finds the list as long as it was', async () => {
  await load('pages/notices/list/index')
  const page = { ...definition, data: structuredClone(definition.data) }
  page.setData = (values) => Object.assign(page.data, values)
  page.onLoad({})
  page.onShow()
  await settled()
  page.loadMore()
  await settled()
  assert.equal(page.data.rows.length, 40)
  page.onShow()
  await settled()
  assert.deepEqual([page.data.rows.length, page.data.hasMore, asked], [40, true, [20, 20, 40]])
  page.loadMore()
  await settled()
  assert.deepEqual([page.data.rows.length, new Set(page.data.rows.map(({ id }) => id)).size], [ALL, ALL])
  assert.equal(page.data.hasMore, false)
})
