import assert from 'node:assert/strict'
import { test } from 'node:test'
import { load } from './load.mjs'

const { readNumber, toCoverage, toResult } = await load('api/resident-id', 'pages/services/self-check/view')

const court = (comparable, of, as_of = '2026-11-21T10:00:00Z') => ({
  name: '东虚区人民法院',
  as_of,
  self_check: { comparable, of }
})

test('a number becomes the official mask form, however it is typed', () => {
  const mask = { mask: '9999991985****001X' }
  for (const typed of ['99999919850615001X', '99999919850615001x', ' 999999 19850615 001x ', '９９９９９９１９８５０６１５００１Ｘ'])
    assert.deepEqual(readNumber(typed), mask, typed)
})

test('every one-digit mistake is noticed', () => {
  const right = '99999919850615001X'
  for (let place = 0; place < 17; place += 1)
    for (const digit of '0123456789')
      if (digit !== right[place])
        assert.ok('problem' in readNumber(right.slice(0, place) + digit + right.slice(place + 1)), `${digit} at ${place}`)
})

test('what is wrong is told apart', () => {
  const problem = (typed) => readNumber(typed).problem
  assert.equal(problem('  '), 'empty')
  assert.equal(problem('999999850615001'), 'old')
  assert.equal(problem('9999991985061500'), 'form')
  assert.equal(problem('9999991985****001X'), 'form')
  assert.equal(problem('999999198502300010'), 'date')
  assert.equal(problem('999999198506150011'), 'check')
})

test('before asking it says how many can be compared, or why none', () => {
  assert.equal(toCoverage(court(812, 940), 'zh').coverage, '可核对的公示:812/940 条(东虚区人民法院)')
  assert.match(toCoverage(court(812, 940), 'en').coverage, /812 of 940/)
  assert.match(toCoverage(court(0, 940), 'zh').cannot, /不含可核对的信息/)
  assert.match(toCoverage(court(0, 0), 'zh').cannot, /目前没有公示个人/)
  assert.match(toCoverage(court(0, 0, null), 'zh').cannot, /还没有导入数据/)
})

test('nobody found is never said without the figures', () => {
  const { found, notFound, rest } = toResult({ items: [], comparable: 812, of: 940 }, 'zh', 0)
  assert.equal(found, '')
  assert.equal(notFound, '在可核对的 812 条中没有找到您。')
  assert.equal(rest, '另有 128 条无法核对。这不是"无案件"证明。')
  assert.equal(toResult({ items: [], comparable: 3, of: 3 }, 'en', 0).rest, 'This is not a certificate of "no cases".')
  assert.match(toResult({ items: [], comparable: 0, of: 3 }, 'zh', 0).notFound, /查不了/)
})
