import assert from 'node:assert/strict'
import { test } from 'node:test'
import { load } from './load.mjs'

/** What is one text in both: codes of kinds, names of languages, and forms that a Chinese court reads. */
const BOTH = /\.(value|state|kind|form)$|^services\.(chinese|english)$/

const m = await load(
  'i18n/format',
  'i18n/index',
  'i18n/articles',
  'api/filter',
  'api/http',
  'components/entity-row/row',
  'components/listing-card/card',
  'components/state-view/states',
  'pages/entities/map/words',
  'pages/entities/search/groups',
  'pages/filings/words/index'
)

test('numbers are full up to 9,999 and short beyond', () => {
  assert.equal(m.formatNumber(9999, 'zh'), '9,999')
  assert.equal(m.formatNumber(12345, 'zh'), '1.2 万')
  assert.equal(m.formatNumber(12345, 'en'), '12k')
  assert.equal(m.formatNumber(99999, 'zh'), '10 万')
  assert.equal(m.formatNumber(1234567, 'en'), '1.2M')
  assert.equal(m.formatPeople(12345, 'zh'), '1.2 万人')
})

test('counts are written out, one as one', () => {
  const counts = { person: 96, company: 24, organisation: 6 }
  assert.equal(m.formatCounts(counts, 'zh'), '96 人 · 30 家')
  assert.equal(m.formatCounts(counts, 'en', true), '96 people · 30 organisations')
  assert.equal(m.formatCounts({ person: 1, company: 1, organisation: 0 }, 'en'), '1 person · 1 org')
})

test('the strip says of an area how many are counted there, and how they came there', () => {
  const area = { code: '130108', name: '裕华区', level: 'county', as_of: '2026-11-21T10:00:00Z' }
  const counts = { person: 96, company: 24, organisation: 6 }
  const strip = m.toStrip({ ...area, counts, placed_by: { county: 16, court_area: 80 } }, m.NO_FILTER, 'zh')
  assert.deepEqual(strip.parts, ['裕华区', '96 人', '30 家'])
  assert.equal(strip.note, '地图不显示任何个人的位置。这 96 人按区归入,多数依据执行法院所在地。')
  const none = { person: 0, company: 0, organisation: 0 }
  const empty = m.toStrip({ ...area, counts: none, placed_by: { county: 0, court_area: 0 } }, m.NO_FILTER, 'zh')
  assert.deepEqual(empty.parts, ['裕华区 目前没有公示信息'])
})

test("dates are China's, with the weekday where somebody must act", () => {
  assert.equal(m.formatDate('2026-11-25', 'zh'), '2026年11月25日(周三)')
  assert.equal(m.formatDate('2026-11-25', 'en'), 'Wed 25 Nov 2026')
  assert.equal(m.formatMoment('2026-11-21T18:30:00Z', 'zh'), '2026年11月22日 02:30')
  assert.equal(m.formatMoment('2026-11-21T10:00:00Z', 'en'), '21 Nov 2026, 18:00')
  assert.equal(m.formatTime('2026-11-23T06:20:00Z'), '14:20')
})

test('names come back at a time of day, and on a day if that is not today', () => {
  const now = Date.parse('2026-11-23T05:30:00Z')
  assert.equal(m.formatFrom('2026-11-23T06:20:00Z', 'zh', now), '14:20')
  assert.equal(m.formatFrom('2026-11-23T06:19:01.5Z', 'zh', now), '14:20', 'never too early')
  assert.equal(m.formatFrom('2026-11-23T16:00:00Z', 'zh', now), '2026年11月24日 00:00')
  assert.equal(m.formatFrom('2026-11-23T16:00:00Z', 'en', now), '24 Nov 2026, 00:00')
  assert.equal(m.formatFrom('soon', 'en', now), 'soon')
})

test('too many requests: seconds for a short wait, the time of day for a long one', () => {
  const now = Date.parse('2026-11-23T05:30:00Z')
  const text = (kind, seconds, lang) => m.describeState({ kind, seconds }, lang, now).text
  assert.equal(text('limited', 30, 'zh'), '查询太频繁,请过 30 秒再试。您填的内容还在。')
  assert.equal(text('limited', 3000, 'zh'), '查询太频繁,请在 14:20 后再试。您填的内容还在。')
  assert.equal(text('limited', 3000, 'en'), 'Too many requests. Try again after 14:20. What you typed is still here.')
  assert.equal(text('busy', 30, 'en'), 'The service is busy. Try again in 30 s. What you typed is still here.')
})

test('a long wait ends at a time of day, a short one is counted in seconds', () => {
  const now = Date.parse('2026-11-23T05:30:00Z')
  assert.deepEqual([120, 121, 3000].map((seconds) => m.formatLongWait(seconds, 'zh', now)), ['', '13:33', '14:20'])
})

test('small numbers of a month are not told', () => {
  assert.equal(m.formatRecent(4, 'zh'), '少于 5')
  assert.equal(m.formatRecent(0, 'en'), 'fewer than 5')
  assert.equal(m.formatRecent(12, 'en'), '12')
})

test('no text about people uses a slur or raises an alarm', () => {
  const texts = JSON.stringify([m.messages('zh'), m.messages('en'), m.articles('zh'), m.articles('en')])
  for (const word of ['老赖', '失信人', '黑名单', '曝光', '预警', '风险等级']) assert.ok(!texts.includes(word), word)
  // the emergency line may say "danger"
  assert.ok(!/blacklist|dangerous/i.test(texts))
})

test('both languages keep the same places for values', () => {
  const places = (text) => [...String(text).matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()
  const compare = (zh, en, path) => {
    for (const key of Object.keys(zh)) {
      if (typeof zh[key] === 'object') compare(zh[key], en[key], `${path}.${key}`)
      else assert.deepEqual(places(en[key]), places(zh[key]), `${path}.${key}`)
    }
  }
  compare(m.messages('zh'), m.messages('en'), '')
})

test('a query repeats the keys of lists and leaves out what is empty', () => {
  const query = m.toFilterQuery({ kind: 'bodies', grounds: [4, 1], court: '' })
  assert.equal(m.toQueryString(query), '?kind=company&kind=organisation&ground=1&ground=4')
  assert.equal(m.toQueryString({ q: '裕华 a&b' }), `?q=${encodeURIComponent('裕华 a&b')}`)
  assert.equal(m.toQueryString({}), '')
})

test('a filter survives its way through an address', () => {
  const filter = { kind: 'notice', grounds: [2, 5], court: '0b7a4d0e-5f0c-4d1e-9a53-2f6a1c9b7e10' }
  const query = Object.fromEntries(m.toAddress(filter).slice(1).split('&').map((pair) => pair.split('=')))
  assert.deepEqual(m.fromAddress(query), filter)
  assert.deepEqual(m.fromAddress({ kind: 'x', ground: '9.a' }), m.NO_FILTER)
  for (const court of ['%ZZ', 'nowhere', '__proto__']) assert.deepEqual(m.fromAddress({ court }), m.NO_FILTER)
  assert.deepEqual(m.fromAddress({ ground: '4.1.1' }).grounds, [1, 4])
})

test('every status has its own state', () => {
  const kind = (status, headers = {}) => m.failureOfStatus(status, headers)
  assert.deepEqual(kind(404), { kind: 'gone' })
  assert.deepEqual(kind(422), { kind: 'invalid' })
  assert.deepEqual(kind(408), { kind: 'timeout' })
  assert.deepEqual(kind(429, { 'Retry-After': '7' }), { kind: 'limited', seconds: 7 })
  assert.deepEqual(kind(503), { kind: 'busy', seconds: 30 })
  assert.deepEqual(kind(500), { kind: 'failed' })
})

test('photos have the time that a slow phone needs to send them, and nothing waits longer than WeChat does', () => {
  assert.equal(m.timeoutOf(), 20_000)
  assert.ok(m.timeoutOf({ lookup: 'A'.repeat(43) }) < 21_000)
  const oneAtEightKiB = (175_000 / 8192) * 1000
  assert.ok(m.timeoutOf({ photos: ['A'.repeat(175_000)] }) > 20_000 + oneAtEightKiB)
  assert.equal(m.timeoutOf({ photos: ['A'.repeat(8_000_000)] }), 60_000)
})

const person = (name, how) => ({
  id: `${name}${how}`,
  kind: 'person',
  name,
  sex: 'male',
  age_band: '40-49',
  area: { code: '990101', name: '东虚区' },
  placed_by: 'court_area',
  courts: ['东虚区人民法院'],
  case_numbers: ['（2099）虚0101执1号'],
  grounds: [1, 4],
  published_on: '2026-03-14',
  notice: false,
  source: 'demo',
  as_of: '2026-11-21T10:00:00Z',
  match: { how, score: 1 }
})

test('a row says what tells people of one name apart, and that it is invented', () => {
  const row = m.toRow(person('甄示范', 'exact'), 'zh')
  assert.equal(row.facts, '男 · 40–49 岁(列入时)')
  assert.deepEqual([row.court, row.cases], ['东虚区人民法院', '（2099）虚0101执1号'])
  assert.equal(row.grounds, '有能力履行却没有履行,等 2 项')
  assert.equal(row.demo, '演示')
  assert.equal(m.toRow({ ...person('甄示范', 'exact'), source: 'court' }, 'zh').demo, '')
})

test('exact names come first with the warning; similar people are folded', () => {
  const groups = m.toGroups([person('甄示范', 'exact'), person('甄示凡', 'similar')], false, 'zh')
  assert.deepEqual(groups.map(({ name, folded }) => [name, folded]), [['exact', false], ['similar', true]])
  assert.match(groups[0].warning, /^同名不等于同一个人/)
  assert.deepEqual(groups[1].rows, [])
})

test('similar names that were not asked for yet stand behind a fold, which asks for them', () => {
  const items = [person('甄示范', 'exact')]
  const groups = m.toGroups(items, false, 'zh', m.guessesBehind(items, 20, 'next'))
  assert.deepEqual(groups.map(({ name, folded, fold }) => [name, folded, fold]), [
    ['exact', false, ''],
    ['similar', true, '查找并展开']
  ])
})

test('nothing is folded behind a full page, the last page or a page without an exact name', () => {
  const exact = person('甄示范', 'exact')
  assert.equal(m.guessesBehind([exact, exact], 2, 'next'), 'asked')
  assert.equal(m.guessesBehind([exact], 2, null), 'asked')
  assert.equal(m.guessesBehind([person('甄示凡', 'similar')], 2, 'next'), 'asked')
  assert.equal(m.toGroups([exact], false, 'zh').length, 1)
})

test('where only similar names are found they are open', () => {
  const [group] = m.toGroups([person('甄示凡', 'similar')], false, 'zh')
  assert.equal(group.folded, false)
  assert.equal(group.rows.length, 1)
})

test('two Chinese characters or three letters are a search', () => {
  assert.equal(m.problemOf('甄'), 'short')
  assert.equal(m.problemOf('甄示'), null)
  assert.equal(m.problemOf('zh'), 'short')
  assert.equal(m.problemOf('zhe'), null)
  assert.equal(m.problemOf('甄'.repeat(101)), 'long')
})

test('letters alone are a name by its sound', () => {
  for (const q of ['zhang', 'Zhang Wei', "xi'an", 'lǚ', 'ZW']) assert.ok(m.isPinyin(q), q)
  for (const q of ['张wei', '91110000MA', '（2099）冀0108执7号', 'zhang3', '']) assert.ok(!m.isPinyin(q), q)
})

test('withheld words become something to tap', () => {
  const parts = m.splitWithheld('给付〔已隐去〕货款', '[withheld]')
  assert.deepEqual(parts.map(({ text, withheld }) => [text, withheld]), [
    ['给付', false],
    ['[withheld]', true],
    ['货款', false]
  ])
})

test('About says the same in both languages, and nothing is left out', () => {
  const [zh, en] = ['zh', 'en'].map((lang) => m.articles(lang).about)
  assert.deepEqual(
    zh.map(({ title }) => title),
    [
      '谁在运行',
      '公示什么、不公示什么',
      '为什么没有住址和位置',
      '数据从哪里来、多久更新',
      '怎样结束',
      '依据哪些法律',
      '怎样申诉',
      '我们拒绝做什么',
      '隐私',
      '向法院提交的内容',
      '联系',
      '开源与版本'
    ]
  )
  const places = (passages) => passages.map(({ text }) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))
  assert.deepEqual(places(en), places(zh))
  assert.deepEqual(places(zh).flat(), ['court', 'version', 'address'])
  assert.equal(new Set(en.map(({ title }) => title)).size, zh.length)
})

/** Every text of a table by its path; lists by their places. */
function textsOf(table, path = '') {
  if (typeof table === 'string') return [[path, table]]
  if (typeof table === 'function') return [[path, String(table)]]
  if (table === null || typeof table !== 'object') return [[path, String(table)]]
  return Object.entries(table).flatMap(([key, value]) => textsOf(value, path ? `${path}.${key}` : key))
}

function missing(zh, en) {
  const known = new Map(textsOf(en))
  const lacking = textsOf(zh).filter(([path, text]) => !known.has(path) || (text.trim() && !known.get(path).trim()))
  return lacking.map(([path]) => path)
}

const TABLES = { messages: m.messages, articles: m.articles, filings: m.words }

for (const [name, table] of Object.entries(TABLES)) {
  test(`no text is missing in either language: ${name}`, () => {
    const [zh, en] = [table('zh'), table('en')]
    assert.ok(textsOf(zh).length > 20)
    assert.deepEqual([missing(zh, en), missing(en, zh)], [[], []])
  })

  test(`no English text is still Chinese, and no Chinese one still English: ${name}`, () => {
    const hanOf = (text) => (text.match(/[\u4e00-\u9fff]/g) ?? []).length
    const chinese = textsOf(table('en')).filter(([, text]) => hanOf(text) > 0.5 * text.length)
    const english = textsOf(table('zh')).filter(([, text]) => hanOf(text) === 0 && /[a-z]{4}/.test(text.replace(/\{\w+\}/g, '')))
    assert.deepEqual([chinese.filter(([path]) => !BOTH.test(path)), english.filter(([path]) => !BOTH.test(path))], [[], []])
  })
}

test('a missing text is found', () => {
  assert.deepEqual(missing({ a: 'x', b: { c: 'y' }, d: ['z'] }, { a: 'x', b: {}, d: [' '] }), ['b.c', 'd.0'])
})
