import assert from 'node:assert/strict'
import { test } from 'node:test'
import { load } from './load.mjs'

const m = await load('pages/notices/list/row', 'pages/notices/detail/view')

const both = (zh, en = zh) => ({ zh, en })
const company = {
  id: '11111111-2222-4333-8444-555555555555',
  kind: 'property',
  promise: both('执行到位金额的 5%', '5% of what is recovered'),
  funder: 'creditor',
  published_on: '2026-11-01',
  ends_on: '2026-11-25',
  court: { id: 'c', name: '虚法院' },
  area: { code: '990101', name: '东虚区' },
  entity: { id: 'e', kind: 'company', name: '虚构有限公司' },
  case_number: '（2099）虚0101执1号',
  source: 'court',
  as_of: null,
  wanted: both('找'),
  example: both('例'),
  who_pays: both('付'),
  not_paid: [both('不付', 'not')],
  not_eligible: [both('不能')],
  how_to_claim: both('领'),
  court_adds: null,
  misuse: both('请勿', 'Do not')
}
const person = { ...company, entity: { id: 'p', kind: 'person', name: null } }

test('a row says what is promised, by whom and until when', () => {
  assert.deepEqual(m.toNoticeRow(company, 'zh'), {
    id: company.id,
    title: '财产线索',
    demo: '',
    promise: '申请人承诺:执行到位金额的 5%',
    until: '截止 2026年11月25日',
    court: '虚法院'
  })
  const insured = m.toNoticeRow({ ...company, funder: 'insurer', source: 'demo' }, 'en')
  assert.equal(insured.promise, 'Reward insurance promises: 5% of what is recovered')
  assert.equal(insured.demo, 'DEMO')
})

test('a card names nobody, and of a person there is none', () => {
  assert.equal(m.toNoticeView(company, 'zh').share, '悬赏公告 · 财产线索')
  assert.equal(m.toNoticeView({ ...company, source: 'demo' }, 'zh').share, '演示 · 悬赏公告 · 财产线索')
  assert.equal(m.toNoticeView(person, 'zh').share, '')
  assert.equal(m.toNoticeView({ ...company, kind: 'whereabouts' }, 'zh').share, '')
})

test('a person is linked to, not named', () => {
  assert.equal(m.toNoticeView(company, 'zh').entityText, '虚构有限公司')
  assert.equal(m.toNoticeView(person, 'zh').entityText, '查看公示信息')
  for (const notice of [person, company]) assert.equal(m.toNoticeView(notice, 'en').misuse, 'Do not')
})

test('what the court adds stands under how to claim', () => {
  const parts = (notice) => m.toNoticeView(notice, 'zh').parts.map(({ lines }) => lines.length)
  assert.deepEqual(parts(company), [1, 1, 1, 1, 1, 1])
  assert.deepEqual(parts({ ...company, court_adds: '到执行局领取。' }), [1, 1, 1, 1, 1, 2])
  assert.deepEqual(m.toNoticeView(company, 'en').parts[3].lines, ['· not'])
})
