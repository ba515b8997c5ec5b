// A phone's storage may be full, and a browser may keep nothing: pages go on, and nobody is told that a code was kept.
import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { load } from './load.mjs'

const stored = new Map()
let refuses = ''
globalThis.localStorage = new Proxy(
  {
    getItem(key) {
      if (refuses === 'everything') throw new Error('SecurityError')
      return stored.get(key) ?? null
    },
    setItem(key, text) {
      if (refuses) throw new Error('QuotaExceededError')
      stored.set(key, text)
    },
    removeItem: (key) => stored.delete(key)
  },
  { ownKeys: () => [...stored.keys()], getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }) }
)

const host = await load('web/wx/storage')
Object.assign(globalThis.wx, {
  getStorageSync: host.getStorageSync,
  setStorageSync: host.setStorageSync,
  removeStorageSync: host.removeStorageSync
})
const m = await load('pages/filings/codes', 'api/history', 'api/visitor-token', 'i18n/index')

beforeEach(() => {
  refuses = ''
  host.clearStorageSync()
})

test('what a browser keeps is read again', () => {
  assert.equal(m.keepCode('7K3QD-A', 0), true)
  assert.deepEqual(m.listCodes(), [{ code: '7K3QD-A', month: '1970-01' }])
})

for (const kind of ['room', 'everything']) {
  test(`a browser that refuses ${kind} is not said to have kept a code`, () => {
    refuses = kind
    assert.equal(m.keepCode('7K3QD-A', 0), false)
    assert.deepEqual(m.listCodes(), [])
  })

  test(`a language, an area seen and a token last as long as the page where a browser refuses ${kind}`, () => {
    m.rememberSeen({ kind: 'area', id: '13', name: '虚构省' })
    refuses = kind
    m.setLanguage('en')
    m.rememberSeen({ kind: 'area', id: '130108', name: '东虚区' })
    m.keepToken({ visitor: 'abc', expires_at: '2026-12-01T00:00:00Z' })
    assert.equal(host.getStorageSync('language'), 'en')
    assert.equal(m.listSeen()[0].id, '130108')
    assert.equal(m.heldToken().visitor, 'abc')
    host.clearStorageSync()
    assert.deepEqual([host.getStorageInfoSync().keys, m.listSeen()], [[], []])
  })
}

test('codes kept before a storage filled up stay', () => {
  m.keepCode('0LDER-A', 0)
  refuses = 'room'
  assert.equal(m.keepCode('7K3QD-A', 0), false)
  assert.deepEqual(
    m.listCodes().map(({ code }) => code),
    ['0LDER-A']
  )
})
