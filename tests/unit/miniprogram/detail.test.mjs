// One person with listings of several courts: no notice and no court stays behind the first.
import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { load } from './load.mjs'

const opened = []
const answers = new Map()
let definition
const globalData = { apiBaseUrl: 'https://listings.example.cn', filing: null }
globalThis.getApp = () => ({ globalData })
globalThis.getCurrentPages = () => []
globalThis.Page = (page) => {
  definition = page
}
Object.assign(globalThis.wx, {
  navigateTo: ({ url }) => opened.push(url),
  setNavigationBarTitle() {},
  request: ({ url, success }) => {
    const id = url.split('/').pop()
    setTimeout(() => success({ statusCode: answers.has(id) ? 200 : 404, data: answers.get(id), header: {} }))
    return { abort() {} }
  }
})

const m = await load('pages/entities/detail/view', 'pages/services/today/index')

function listing(n, court, notice = null) {
  return {
    id: `l-${n}`,
    court: { id: court, name: `${court}人民法院` },
    case_number: `（2099）虚010${n}执1号`,
    basis: { issuer: null, number: null },
    duty: null,
    performance: 'none',
    performed_part: null,
    unperformed_part: null,
    grounds: [],
    filed_on: null,
    published_on: '2026-03-14',
    term_ends_on: null,
    how_it_ends: { zh: '', en: '', causes: [] },
    how_to_object: { zh: '', en: '' },
    objection_open: false,
    notice_id: notice,
    corrected: null,
    due: null,
    source_file_on: null
  }
}

const person = (...listings) => ({
  id: 'p-1',
  kind: 'person',
  name: '甄示范',
  sex: null,
  age_band: null,
  area: { code: '990101', name: '东虚区' },
  placed_by: 'court_area',
  source: 'demo',
  as_of: '2026-11-21T10:00:00Z',
  listings
})
const view = (...listings) => m.toView(person(...listings), 'zh', Date.parse('2026-11-23T05:30:00Z'))

beforeEach(() => {
  opened.length = 0
  answers.clear()
})

test('every notice can be opened; of several each names its case', () => {
  assert.deepEqual(view(listing(1, 'a')).rewards, [])
  assert.deepEqual(view(listing(1, 'a'), listing(2, 'a', 'n-2')).rewards, [
    { id: 'n-2', status: '有悬赏公告', action: '查看悬赏' }
  ])
  assert.deepEqual(
    view(listing(1, 'a', 'n-1'), listing(2, 'b', 'n-2')).rewards.map(({ id, action }) => [id, action]),
    [
      ['n-1', '查看悬赏 · （2099）虚0101执1号'],
      ['n-2', '查看悬赏 · （2099）虚0102执1号']
    ]
  )
})

test('whoever wants to ask is led to each court, once', () => {
  const shown = view(listing(1, 'a'), listing(2, 'b'), listing(3, 'a'))
  m.openChoice(shown.choices.find(({ topic }) => topic === 'ask'), shown)
  assert.deepEqual(opened, ['/pages/services/today/index?topic=ask&court=a,b'])
  assert.ok(!opened[0].includes('甄示范'))
})

test('a form is told whom it is about; nothing is left lying for a form that opens later', () => {
  const shown = view(listing(1, 'a'))
  const open = (wanted) => m.openChoice(shown.choices.find(({ topic }) => topic === wanted), shown)
  open('wrong')
  assert.deepEqual([globalData.filing.name, globalData.filing.topic], ['甄示范', 'wrong'])
  open('ask')
  assert.equal(globalData.filing, null)
})

async function today(query) {
  const page = { ...definition, data: structuredClone(definition.data) }
  page.setData = (values) => Object.assign(page.data, values)
  page.onLoad(query)
  for (let n = 0; n < 20; n += 1) await new Promise((resolve) => setTimeout(resolve))
  return page.data
}

const court = (id, accepts) => ({ id, name: `${id}人民法院`, phone: '000-12368', address: null, accepts_objections: accepts })

test('what can be done today names every court, and calls none closed that is open', async () => {
  for (const id of ['a', 'b']) answers.set(id, court(id, id === 'a'))
  assert.deepEqual((await today({ topic: 'ask', court: 'a,b' })).courts.map(({ id }) => id), ['a', 'b'])
  assert.match((await today({ topic: 'wrong', court: 'a' })).notOpen, /^在线办理:已开通/)
  assert.match((await today({ topic: 'wrong', court: 'b' })).notOpen, /^这家法院还没有开通在线办理。请拨打 000-12368/)
  assert.match((await today({ topic: 'wrong', court: 'a,b' })).notOpen, /^法院没有开通在线办理的/)
})
