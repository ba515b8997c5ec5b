import assert from 'node:assert/strict'
import { test } from 'node:test'
import { load } from './load.mjs'

const { toStatusView, words } = await load('pages/filings/follow/view', 'pages/filings/words/index')

const NOW = Date.parse('2026-11-25T06:00:00Z')
const OPENING = { keys: null, boxKeys: [], courtName: '东虚区人民法院', canWrite: true }
const refused = {
  number: 7,
  court: 'c',
  hour: '2026-11-01T02:00:00Z',
  messages: [],
  keys: [],
  next_n: 1,
  expires_on: null,
  state: 'decided',
  outcome: 'not_founded',
  answer_by: '2026-11-16',
  review: null
}
const asked = { asked_on: '2026-11-18', answer_by: '2026-12-03', decided_on: null, outcome: null, act: null }
const ended = (outcome, act = null) => ({ ...asked, decided_on: '2026-11-24', outcome, act })
const view = (changes, lang = 'zh') => toStatusView({ ...refused, ...changes }, OPENING, lang, NOW)

test('without a review the way to it is told, and nothing of one', () => {
  const shown = view({})
  assert.equal(shown.state, '已有决定 · 理由不成立')
  assert.match(shown.next, /10 天内向上一级法院申请复议/)
  assert.equal(shown.review, '')
  // as an older server answers
  assert.equal(view({ review: undefined }).review, '')
})

test('a review that is open is told with its last day, and not offered again', () => {
  const shown = view({ review: asked })
  assert.equal(shown.state, '已有决定 · 理由不成立 · 复议中')
  assert.equal(shown.next, '')
  assert.match(shown.review, /^2026年11月18日\(周三\) 申请复议,最迟 2026年12月3日\(周四\) 作出决定/)
  const late = view({ review: { ...asked, answer_by: '2026-11-24' } })
  assert.match(late.review, /已过应作出决定的日期\(2026年11月24日/)
  assert.match(view({ review: asked }, 'en').review, /^Review asked for on .*18 Nov 2026; it is decided by .*3 Dec 2026/)
})

test('how a review ended is told in both languages, and what follows from a reversal', () => {
  const upheld = view({ review: ended('upheld') })
  assert.equal(upheld.state, '已有决定 · 理由不成立 · 复议维持')
  assert.match(upheld.review, /2026年11月24日\(周二\) 决定:维持原决定/)
  assert.equal(upheld.next, '')
  const reversed = { review: ended('reversed', 'withdraw') }
  assert.match(view(reversed).review, /撤销原决定,撤销这条公示/)
  assert.match(view(reversed).next, /3 个工作日/)
  assert.equal(view({ ...reversed, state: 'acted' }).next, words('zh').follow.next.acted)
  assert.equal(view({ ...reversed, state: 'acted' }).state, '已经处理 · 理由不成立 · 复议撤销原决定')
  assert.match(view(reversed, 'en').review, /the decision was reversed: the listing is to be withdrawn\./)
  assert.match(view({ review: ended('withdrawn') }).review, /已于 2026年11月24日\(周二\) 撤回,原决定不变/)
  assert.match(view({ review: ended('upheld') }, 'en').review, /the decision was confirmed/)
})

test('where a part was founded, what the court must still do stays told beside the review', () => {
  for (const review of [asked, ended('upheld')])
    assert.equal(view({ outcome: 'founded_in_part', review }).next, words('zh').follow.next.founded_in_part)
  assert.equal(view({ outcome: 'founded_in_part', state: 'acted', review: asked }).next, words('zh').follow.next.acted)
})
