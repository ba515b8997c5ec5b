import assert from 'node:assert/strict'
import { createHash, webcrypto } from 'node:crypto'
import { createRequire } from 'node:module'
import { beforeEach, test } from 'node:test'
import { load } from './load.mjs'

globalThis.crypto ??= webcrypto // Node 18 has it only as a module
const nacl = createRequire(new URL('../../../miniprogram/package.json', import.meta.url))('tweetnacl')
const m = await load(
  'api/history',
  'api/tip-places',
  'pages/filings/follow/find',
  'pages/filings/follow/tip-view',
  'pages/filings/letter',
  'pages/filings/seal/bytes',
  'pages/filings/seal/claim',
  'pages/filings/seal/filing',
  'pages/filings/seal/random',
  'pages/filings/seal/receipt-keys',
  'pages/filings/seal/wire',
  'pages/filings/session',
  'pages/filings/tips/claiming',
  'pages/filings/tips/draft',
  'pages/filings/tips/letter',
  'pages/filings/words/index',
  'pages/filings/write/view'
)

const stored = new Map()
let asked = []
let answer = () => ({ statusCode: 500, data: {} })
Object.assign(globalThis.wx, {
  getStorageSync: (key) => stored.get(key) ?? '',
  setStorageSync: (key, value) => stored.set(key, value),
  removeStorageSync: (key) => stored.delete(key),
  request({ url, data, header, success, fail }) {
    asked.push({ url, data, header })
    if (url.includes('/v1/challenge')) return success({ statusCode: 200, data: challenge(), header: {} })
    const given = answer(url, data)
    return given ? success({ header: {}, ...given }) : fail({ errMsg: 'request:fail' })
  }
})
globalThis.getApp = () => ({ globalData: { apiBaseUrl: '' } })

function challenge() {
  const hash = createHash('sha256').update('salt7').digest('hex')
  return { algorithm: 'SHA-256', challenge: hash, maxnumber: 50, salt: 'salt', signature: 's' }
}

beforeEach(() => {
  stored.clear()
  asked = []
})

const court = nacl.box.keyPair.fromSecretKey(new Uint8Array(32).fill(4))
const ADDRESS = { court: 'c', target: 't', key: 2 }
const FIELDS = { ...m.NO_TIP, kind: 'vehicle', plate: '虚A00001', where: '虚构路', when: 'often', how: '路过' }
const KEYS = m.deriveKeys(new Uint8Array(15).fill(9))

async function sealOf(text) {
  const random = await m.gatherRandom(m.FILING_BYTES)
  return m.makeFiling(m.toTipDraft({ ...FIELDS, text }, ADDRESS), [], KEYS, court.publicKey, random).sealed
}

test('from 0 to 1,000 characters the sealed tip has one length; what is sealed has not', async () => {
  const lengths = new Set()
  const plain = new Set()
  for (let n = 0; n <= 1000; n += 20) {
    lengths.add((await sealOf('字'.repeat(n))).length)
    const draft = m.toTipDraft({ ...FIELDS, text: '字'.repeat(n) }, ADDRESS)
    plain.add(m.canonical(m.toLetter(draft, KEYS, [])).length)
  }
  assert.deepEqual([...lengths], [4144])
  assert.equal(plain.size, 51)
})

test('a tip holds what its kind asks; what another kind asked before, and what is not said, stay out', () => {
  const fields = { ...FIELDS, bank: '虚构银行', text: ' 一 ', area: '990101', areaName: '东虚区', lon: '114.5', lat: '38.0' }
  const draft = m.toTipDraft(fields, ADDRESS)
  assert.deepEqual(draft.more, {
    plate: '虚A00001',
    place: '虚构路',
    when: 'often',
    how: '路过',
    area: '990101',
    area_name: '东虚区',
    point: ['114.5', '38.0']
  })
  assert.deepEqual([draft.kind, draft.text], ['vehicle', '一'])
  const money = m.toTipDraft({ ...fields, kind: 'money', lon: '', lat: '' }, ADDRESS)
  assert.deepEqual(Object.keys(money.more), ['bank', 'how', 'area', 'area_name'])
})

test('a kind and a day alone say nothing', () => {
  const empty = { ...m.NO_TIP, kind: 'vehicle', when: 'today', how: '听说', bank: '虚构银行' }
  assert.equal(m.saysSomething(empty), false)
  assert.equal(m.saysSomething({ ...empty, plate: '虚A' }), true)
  assert.equal(m.saysSomething({ ...empty, text: '一' }), true)
  assert.equal(m.saysSomething({ ...empty, kind: 'money' }), true)
})

test('the last look tells everything that goes out, in words', () => {
  const t = m.words('zh')
  const lines = m.summariseTip({ ...FIELDS, areaName: '东虚区', lon: '114.500', lat: '38.000' }, '虚构公司', t)
  const told = Object.fromEntries(lines.map(({ label, value }) => [label, value]))
  assert.deepEqual(told, {
    关于: '虚构公司',
    线索的种类: '车辆',
    车牌: '虚A00001',
    在哪里看到: '虚构路',
    什么时候: '经常',
    您怎么知道的: '路过',
    地区: '东虚区',
    标出的位置: '东经 114.500°,北纬 38.000°',
    您是谁: '匿名'
  })
  const named = m.summariseTip({ ...FIELDS, contact: '电话' }, '', t)
  assert.deepEqual(named.find(({ value }) => value === '电话').label, '您是谁')
})

test('whoever is not named by the page is told by the notice, or by the sender', () => {
  const t = m.words('zh')
  const option = { target: 'n', court: 'c', caseNumber: '（2099）虚0101执1号', rewarded: true }
  const draft = (about, one, fields = m.NO_TIP) => ({
    subject: { about, demo: false, options: [one], courts: [], places: null },
    option: 0,
    fields
  })
  assert.equal(m.aboutLine(draft('', option), t), '这则悬赏公告里的被执行人 · （2099）虚0101执1号')
  assert.equal(m.aboutLine(draft('虚构公司', option), t), '虚构公司 · （2099）虚0101执1号')
  const ofCourt = { target: 'c', court: 'c', caseNumber: '', rewarded: false }
  assert.equal(m.aboutLine(draft('', ofCourt, { ...m.NO_TIP, about: '虚构甲' }), t), '虚构甲')
  assert.equal(m.aboutLine(draft('', ofCourt), t), '没有说明')
  assert.equal(m.aboutOf(draft('', ofCourt), null, t).reward, '此案目前没有悬赏,提供线索没有奖金')
})

test("areas are asked for once, and what the court's own has not is done without", async () => {
  const [east, west] = [{ code: '990101', name: '东虚区' }, { code: '990102', name: '西虚区' }]
  answer = (url) => {
    if (url.includes('outline')) return { statusCode: 404, data: {} }
    return { statusCode: 200, data: url.includes('parent=9901') ? [east, west] : { ...west, parent: '9901' } }
  }
  const first = await m.placesOf(west)
  await m.placesOf(west)
  assert.deepEqual(first, { areas: [west, east], outline: null })
  assert.equal(asked.length, 3)
})

test('a county that belongs to no city stands with whatever its province holds', async () => {
  const [city, county] = [{ code: '9901', name: '虚市' }, { code: '999001', name: '虚直县' }]
  answer = (url) => {
    if (url.includes('outline')) return { statusCode: 404, data: {} }
    return { statusCode: 200, data: url.includes('parent=') ? [city, county] : { ...county, parent: '99' } }
  }
  assert.deepEqual((await m.placesOf(county)).areas, [county, city])
  assert.equal(asked.filter(({ url, data }) => /parent=99$/.test(url) || data?.parent === '99').length, 1)
})

function content(jpegs = []) {
  return {
    door: 'tip',
    demo: false,
    court: { id: 'c', name: 'C' },
    boxKey: { number: 2, key: court.publicKey },
    certKeys: [],
    draft: m.toTipDraft({ ...FIELDS, text: '金丝雀' }, ADDRESS),
    jpegs,
    lines: [{ label: '说明', value: '金丝雀' }]
  }
}

test('a tip goes where tips go, with work done for tips, and carries nothing that ties it to a reader', async () => {
  stored.set('visitor', { visitor: 'token', expires_at: '2099-01-01T00:00:00Z' })
  await m.session.begin(content())
  await m.session.seal()
  answer = () => ({ statusCode: 500, data: {} })
  assert.equal((await m.session.send(() => {})).kind, 'unconfirmed')
  assert.deepEqual(asked.map(({ url }) => url), ['/v1/challenge?for=tips', '/v1/tips'])
  assert.ok(asked.every(({ header }) => Object.keys(header ?? {}).length === 0))
  const body = asked[1].data
  assert.deepEqual(Object.keys(body).sort(), ['challenge', 'court', 'key_id', 'lookup', 'photos', 'sealed', 'target'])
  assert.ok(!JSON.stringify(body).includes('金丝雀'))
  m.session.clear()
})

test('leaving lets go of the draft and overwrites its pictures', () => {
  const jpeg = new Uint8Array(10).fill(7)
  const subject = { about: '', demo: false, options: [{ target: 't', court: 'c' }], courts: [], places: null }
  m.startTip(subject).photos.push({ jpeg, thumb: '' })
  assert.equal(m.currentTip().option, 0)
  m.forgetTip()
  assert.equal(m.currentTip(), null)
  assert.ok(jpeg.every((byte) => byte === 0))
})

test('the organisation that a tip is about leaves the list of those looked at', () => {
  for (const name of ['虚构甲公司', '虚构乙公司']) m.rememberSeen({ kind: 'body', id: name, name })
  m.rememberSeen({ kind: 'area', id: '990101', name: '虚构甲公司' })
  m.forgetBody('虚构甲公司')
  assert.deepEqual(m.listSeen().map(({ kind, name }) => [kind, name]), [['area', '虚构甲公司'], ['body', '虚构乙公司']])
  m.forgetBody('虚构乙公司')
  stored.clear()
  m.forgetBody('')
  assert.equal(stored.has('seen'), false, 'and no trace is left of asking')
})

const tipStatus = (more = {}) => ({
  number: 3,
  court: 'c',
  hour: '2026-11-23T06:00:00Z',
  state: 'not_used',
  outcome: 'not_used',
  reason: 'earlier',
  can_claim: false,
  claim: null,
  messages: [],
  next_n: 1,
  keys: [],
  expires_on: '2027-05-22',
  ...more
})

test('a code that is no request is looked for among tips; a busy server is not asked twice', async () => {
  answer = (url) => (url.includes('tips') ? { statusCode: 200, data: tipStatus() } : { statusCode: 404, data: {} })
  const found = await m.findFiling('lookup').result
  assert.equal(found.value.kind, 'tips')
  assert.deepEqual(asked.map(({ url }) => url), ['/v1/objections/status', '/v1/tips/status'])
  asked = []
  answer = () => ({ statusCode: 503, data: {} })
  assert.equal((await m.findFiling('lookup').result).failure.kind, 'busy')
  assert.equal(asked.length, 1)
})

test('every state of a tip has its words in both languages', () => {
  const opening = { keys: KEYS, boxKeys: [], courtName: '虚构法院', canWrite: true }
  const said = (lang, more) => m.toTipView(tipStatus(more), opening, lang)
  assert.equal(said('zh').state, '未采用:已有更早的相同线索')
  assert.equal(said('en').state, 'Not used: the same tip came earlier')
  assert.match(said('zh').destroyed, /^内容将于 2027年5月22日.*永久销毁/)
  const words = { received: '已收到', checking: '正在核实', useful: '有用', rewarded: '奖金已定', claimable: '可以领取', closed: '已结束' }
  for (const [state, text] of Object.entries(words)) {
    const view = said('zh', { state, outcome: null, reason: null })
    assert.deepEqual([view.state, view.canClaim, view.canWrite], [text, false, state !== 'closed'])
    assert.ok(view.next && said('en', { state, outcome: null, reason: null }).next)
  }
  const full = said('zh', { state: 'received', outcome: null, reason: null, next_n: null })
  assert.deepEqual([full.canWrite, full.warnings], [false, [m.words('zh').follow.full]])
  assert.equal(said('zh', { state: 'closed' }).state, '已结束 · 未采用:已有更早的相同线索')
  assert.equal(said('en', { state: 'closed', outcome: 'useful', reason: null }).state, 'Closed · Useful')
})

test('a useful tip is claimed once, and the number of its claim is told again', () => {
  const opening = { keys: KEYS, boxKeys: [], courtName: '虚构法院', canWrite: true }
  const said = (more, open = opening) => m.toTipView(tipStatus({ outcome: 'useful', reason: null, ...more }), open, 'zh')
  const open = said({ state: 'useful', can_claim: true })
  assert.deepEqual([open.canClaim, open.claim], [true, ''])
  assert.match(open.next, /要领奖金/)
  assert.equal(said({ state: 'useful', can_claim: true }, { ...opening, canWrite: false }).canClaim, false)
  for (const state of ['useful', 'rewarded', 'claimable']) {
    const claimed = said({ state, claim: 12 })
    assert.deepEqual([claimed.canClaim, claimed.claim], [false, '领奖号 12'])
    assert.doesNotMatch(claimed.next, /要领奖金/)
  }
})

const PAYEE = { name: '虚构领奖人', identityNumber: '虚构证件', account: '虚构银行 62' }

test('without a certified reward key nothing is claimed', async () => {
  const claiming = new m.Claiming(KEYS, { id: 'c', keys: [] })
  assert.deepEqual(await claiming.send(PAYEE), { kind: 'noKey' })
  assert.equal(asked.length, 0)
})

/** As a phone with a root would have it: the key that the page checks is set from outside here. */
function claimingWith(number) {
  const claiming = new m.Claiming(KEYS, { id: 'c', keys: [] })
  claiming.rewardKey = { number, key: court.publicKey }
  return claiming
}

test('an unconfirmed claim goes out again as it was, and other words are told to come second', async () => {
  const claiming = claimingWith(1)
  answer = () => null
  assert.deepEqual(await claiming.send(PAYEE), { kind: 'unconfirmed' })
  assert.equal(claiming.wouldChange(PAYEE), false)
  assert.equal(claiming.wouldChange({ ...PAYEE, account: '另一个' }), true)
  answer = () => ({ statusCode: 201, data: { court: 'c', number: 7 } })
  assert.deepEqual(await claiming.send(PAYEE), { kind: 'done', number: 7 })
  const [first, second] = asked.map(({ data }) => data)
  assert.deepEqual(first, second)
  assert.equal(m.toBytes(first.sealed).length, 4144)
  assert.ok(asked.every(({ url, header }) => url === '/v1/claims' && Object.keys(header ?? {}).length === 0))
})

test('a refused claim: one lies there already, or the court has another key', async () => {
  const refusing = (can_claim) => (url) => {
    if (url === '/v1/claims') return { statusCode: 409, data: {} }
    return url === '/v1/tips/status' ? { statusCode: 200, data: tipStatus({ state: 'useful', can_claim }) } : { statusCode: 200, data: { id: 'c', keys: [] } }
  }
  answer = refusing(false)
  assert.deepEqual(await claimingWith(1).send(PAYEE), { kind: 'taken' })
  answer = refusing(true)
  assert.deepEqual(await claimingWith(1).send(PAYEE), { kind: 'noKey' }, 'and here it has none that checks out')
})

test('the longest claim that the page takes fits the seal in any script', async () => {
  const payee = { name: '字'.repeat(100), identityNumber: '字'.repeat(60), account: '字'.repeat(200) }
  const random = await m.gatherRandom(32)
  assert.equal(m.sealClaim(payee, KEYS, court.publicKey, random).length, 4144)
})
