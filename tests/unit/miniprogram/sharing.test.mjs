// What is passed on, what is remembered, and who is asked to sign in: with the pages' own code and a WeChat of our own.
import assert from 'node:assert/strict'
import fs from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { load } from './load.mjs'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../miniprogram')
const sources = fs
  .readdirSync(root, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map((entry) => path.relative(root, path.join(entry.parentPath ?? entry.path, entry.name)))
  .filter((file) => !/^(web|node_modules)\//.test(file))
const textOf = (file) => fs.readFileSync(path.join(root, file), 'utf8')

const storage = new Map()
const asked = []
const pages = new Map()
let opening = ''
globalThis.Page = (definition) => pages.set(opening, definition)
globalThis.getApp = () => ({ globalData: { apiBaseUrl: 'https://listings.example.cn' } })
Object.assign(globalThis.wx, {
  getStorageSync: (key) => storage.get(key) ?? '',
  setStorageSync: (key, value) => storage.set(key, structuredClone(value)),
  removeStorageSync: (key) => storage.delete(key),
  setNavigationBarTitle() {},
  request: () => ({ abort() {} })
})

/** A page as WeChat would make it, without a screen. */
async function open(name) {
  opening = name
  await load(`pages/${name}/index`) // a page that was loaded before does not define itself again
  const made = { ...pages.get(name), data: structuredClone(pages.get(name).data) }
  made.setData = function setData(values) {
    Object.assign(this.data, values)
  }
  return made
}

test('a card of an area holds its code, its name and a picture of our own', async () => {
  const { areaCard } = await load('api/share')
  assert.deepEqual(areaCard('130108', '裕华区', 'none'), {
    title: '裕华区的公示信息',
    path: '/pages/areas/list/index?code=130108',
    imageUrl: '/assets/share.png'
  })
  assert.equal(areaCard('130108', '裕华区', 'mixed').title, '裕华区的公示信息(含演示数据)')
  assert.equal(areaCard('130108', '裕华区', 'all').title, '裕华区的公示信息(演示数据)')
  assert.equal(areaCard('13&q=张三', '裕华区', 'none').path, '/pages/entities/map/index')
  assert.ok(fs.existsSync(path.join(root, 'assets/share.png')))
})

test('the list of an area passes on the area and nobody in it', async () => {
  const list = await open('areas/list')
  Object.assign(list.data, { code: '130108', name: '裕华区', demo: 'none', rows: [{ id: 'p-1', name: '张示例' }] })
  Object.assign(list.data, { filter: { kind: 'person', grounds: [4], court: 'c-1' } })
  const card = list.onShareAppMessage()
  assert.equal(card.path, '/pages/areas/list/index?code=130108')
  assert.ok(!JSON.stringify(card).includes('示例'))
})

test('the map passes on the area in view', async () => {
  const map = await open('entities/map')
  map.data.demo = 'all'
  map.data.strip = { code: '130108' }
  const card = map.onShareAppMessage()
  assert.equal(card.path, '/pages/entities/map/index?area=130108')
  assert.match(card.title, /演示/)
  map.data.strip = null
  assert.equal(map.onShareAppMessage().path, '/pages/entities/map/index')
})

test("a notice passes on its id, and where it is about a person's whereabouts nothing", async () => {
  const notice = await open('notices/detail')
  notice.data.view = { id: 'n-1', share: '悬赏公告 · 财产线索', entityText: '张示例' }
  assert.deepEqual(notice.onShareAppMessage(), {
    title: '悬赏公告 · 财产线索',
    path: '/pages/notices/detail/index?id=n-1',
    imageUrl: '/assets/share.png'
  })
  notice.data.view = { id: 'n-2', share: '', entityText: '张示例' }
  assert.equal(notice.onShareAppMessage().path, '/pages/notices/list/index')
  assert.doesNotMatch(notice.onShareAppMessage().title, /演示/)
  notice.data.demo = 'mixed'
  assert.match(notice.onShareAppMessage().title, /\(含演示数据\)$/)
})

test('three pages make cards, none goes to a timeline, and no page names people in one', () => {
  const sharing = sources.filter((file) => /onShareAppMessage\(/.test(textOf(file)))
  assert.deepEqual(sharing.sort(), [
    'pages/areas/list/index.ts',
    'pages/entities/map/index.ts',
    'pages/notices/detail/index.ts'
  ])
  for (const file of sources) assert.ok(!/onShareTimeline|onAddToFavorites|shareAppMessage\(/.test(textOf(file)), file)
  for (const file of sharing) assert.match(textOf(file), /return (map|area|notice)Card\(/, file)
})

const SEEN = [
  { id: 'p-1', kind: 'person', name: '张示例', source: 'court' },
  { id: 'c-1', kind: 'company', name: '虚构公司', source: 'demo' }
]

test('a search remembers organisations and never people', async () => {
  storage.clear()
  const search = await open('entities/search')
  search.items = SEEN
  for (const { id } of SEEN) search.remember({ detail: { id } })
  assert.deepEqual(storage.get('seen'), [{ kind: 'body', id: 'c-1', name: '虚构公司', demo: true }])
})

test('a search that is cleared says nothing of the one before', async () => {
  const search = await open('entities/search')
  const said = { typed: 'x', searched: 'x', none: 'x', onlySimilar: true, problem: 'x', asOf: 'x', surnamesUntil: 'x' }
  Object.assign(search.data, said)
  search.clear()
  for (const name of Object.keys(said)) assert.ok(!search.data[name], name)
})

test("an area's list remembers organisations and never people", async () => {
  storage.clear()
  const list = await open('areas/list')
  const { toRow } = await load('components/entity-row/row')
  const more = { area: { code: '1', name: '区' }, courts: [], case_numbers: [], grounds: [], published_on: '2026-01-01' }
  list.data.rows = SEEN.map((entity) => toRow({ ...more, ...entity, sex: null, age_band: null, notice: false }, 'zh'))
  for (const { id } of SEEN) list.remember({ detail: { id } })
  assert.deepEqual(
    storage.get('seen').map(({ id }) => id),
    ['c-1']
  )
})

test('ten are remembered, each once, and all are forgotten together', async () => {
  storage.clear()
  const { rememberSeen, listSeen, forgetSeen } = await load('api/history')
  for (const n of [...Array(12).keys(), 5]) rememberSeen({ kind: 'area', id: `1301${n}`, name: `区${n}` })
  const ids = listSeen().map(({ id }) => id)
  assert.equal(ids.length, 10)
  assert.equal(new Set(ids).size, 10)
  assert.equal(ids[0], '13015')
  forgetSeen()
  assert.equal(storage.size, 0)
})

test('what a phone keeps is written in a few places, all known', () => {
  const writers = sources.filter((file) => /wx\.setStorage|keepOnPhone\(/.test(textOf(file)))
  assert.deepEqual(writers.sort(), [
    'api/history.ts',
    'api/storage.ts',
    'api/visitor-token.ts',
    'geo/camera.ts',
    'i18n/index.ts',
    'pages/filings/codes.ts',
    'pages/filings/trust.ts'
  ])
})

const REMINDER = { template_id: 'tpl', asked: false }

/** A WeChat that consents, or not, and a server that answers with `status`. */
function wechat({ consent = 'accept', status = 201 } = {}) {
  asked.length = 0
  wx.requestSubscribeMessage = ({ tmplIds, success, fail }) => {
    asked.push(`consent ${tmplIds}`)
    if (consent === 'off') fail({ errCode: 20004 })
    else success({ errMsg: 'ok', [tmplIds[0]]: consent })
  }
  wx.login = ({ success }) => {
    asked.push('login')
    success({ code: 'code' })
  }
  wx.request = ({ url, data, success }) => {
    asked.push(`${url.replace(/^.*\/v1/, '')} ${JSON.stringify(data)}`)
    success({ statusCode: status, data: REMINDER, header: {} })
    return { abort() {} }
  }
}

test('a reminder takes consent first, then the code, and the server gets the code and the lookup', async () => {
  const { askForReminder, takeBackReminder } = await load('pages/filings/reminder')
  wechat()
  assert.equal(await askForReminder('tpl', 'LOOKUP'), 'asked')
  assert.deepEqual(asked, [
    'consent tpl',
    'login',
    '/objections/reminders {"lookup":"LOOKUP","code":"code"}'
  ])
  for (const consent of ['reject', 'ban', 'filter', 'off']) {
    wechat({ consent })
    assert.equal(await askForReminder('tpl', 'LOOKUP'), 'declined', consent)
    assert.deepEqual(asked, ['consent tpl'], consent)
  }
  wechat({ status: 503 })
  assert.equal(await askForReminder('tpl', 'LOOKUP'), 'failed')
  wechat({ status: 200 })
  assert.equal(await takeBackReminder('LOOKUP'), 'offered')
  assert.deepEqual(asked, ['/objections/reminders/withdrawals {"lookup":"LOOKUP"}'])
  wechat({ status: 503 })
  const told = []
  wx.showToast = ({ title }) => told.push(title)
  assert.equal(await takeBackReminder('LOOKUP'), 'asked')
  assert.deepEqual(told, ['没有取消成功,请再试一次'])
  wechat({ status: 409 })
  assert.equal(await askForReminder('tpl', 'LOOKUP'), 'none')
})

test('nothing is offered where the server is silent, as about tips, nor in a browser', async () => {
  const { reminderState } = await load('pages/filings/reminder')
  assert.equal(reminderState(REMINDER), 'offered')
  assert.equal(reminderState({ ...REMINDER, asked: true }), 'asked')
  for (const silent of [null, undefined]) assert.equal(reminderState(silent), 'none')
  globalThis.document = { querySelector: () => null }
  assert.equal(reminderState(REMINDER), 'none')
  delete globalThis.document
})

test('one module asks WeChat who somebody is, and tips do not lead to it', () => {
  const asking = sources.filter((file) => /wx\.(login|requestSubscribeMessage|getUserProfile|checkSession)\(/.test(textOf(file)))
  assert.deepEqual(asking, ['pages/filings/reminder.ts'])
  const users = sources.filter((file) => /\baskForReminder\b/.test(textOf(file))).sort()
  assert.deepEqual(users, [
    'pages/filings/follow/index.ts',
    'pages/filings/receipt/index.ts',
    'pages/filings/reminder.ts'
  ])
  for (const file of sources.filter((name) => /tip/.test(name))) assert.ok(!/[Rr]eminder/.test(textOf(file)), file)
  assert.ok(!/[Rr]eminder/.test(textOf('api/http.ts')))
})
