// What WeChat refuses must not be silent: dialogs with long buttons, a clipboard, a full storage.
import assert from 'node:assert/strict'
import fs from 'node:fs'
import path from 'node:path'
import { beforeEach, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { load } from './load.mjs'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../miniprogram')
const sources = fs
  .readdirSync(root, { recursive: true })
  .filter((file) => /^(?!web|node_modules).*\.ts$/.test(file))
  .map((file) => [file, fs.readFileSync(path.join(root, file), 'utf8')])

const storage = new Map()
const seen = []
let definition
globalThis.Page = (page) => {
  definition = page
}
Object.assign(globalThis.wx, {
  getStorageSync: (key) => storage.get(key) ?? '',
  setStorageSync: (key, value) => storage.set(key, value),
  removeStorageSync: (key) => storage.delete(key),
  showToast: ({ title }) => seen.push(title),
  reLaunch: ({ url }) => seen.push(url)
})

const m = await load('api/copy', 'i18n/index', 'pages/filings/words/index', 'pages/filings/receipt/index')

beforeEach(() => {
  storage.clear()
  seen.length = 0
})

/** The inside of every `wx.showModal({…})` with its file. */
function dialogs() {
  return sources.flatMap(([file, text]) =>
    [...text.matchAll(/wx\.showModal\(\{(.*?)\n? *\}\)$/gms)].map(([, inside]) => [file, inside])
  )
}

/** By the expression that a dialog has for its button, where the text stands. */
const BUTTONS = {
  't.allow': ({ map }) => map.allow,
  't.refuse': ({ map }) => map.refuse,
  't.clearDo': ({ services }) => services.clearDo,
  'state.cancel': ({ state }) => state.cancel,
  'messages().state.cancel': ({ state }) => state.cancel,
  'messages().state.ok': ({ state }) => state.ok,
  't.changedDo': (_, { check }) => check.changedDo,
  't.changedNot': (_, { check }) => check.changedNot,
  't.pictureDo': (_, { receipt }) => receipt.pictureDo,
  't.remove': (_, { codes }) => codes.remove
}

/** In narrow characters, as WeChat counts: it opens no dialog with more than eight on a button. */
const widthOf = (text) => text.replace(/[\u0391-\uffe5]/g, 'aa').length

test('every dialog names both its buttons, or has one, in the reader’s language', () => {
  assert.equal(dialogs().length, sources.reduce((sum, [, text]) => sum + text.split('wx.showModal(').length - 1, 0))
  for (const [file, inside] of dialogs()) {
    assert.match(inside, /confirmText: /, file)
    assert.match(inside, /cancelText: |showCancel: false/, `${file}: WeChat's own word is Chinese`)
  }
})

test('no button of a dialog is longer than WeChat allows, in either language', () => {
  const used = dialogs().flatMap(([, inside]) => [...inside.matchAll(/(?:confirm|cancel)Text: ([\w.()]+)/g)].map(([, one]) => one))
  assert.deepEqual([...new Set(used)].sort(), Object.keys(BUTTONS).sort())
  for (const lang of ['zh', 'en'])
    for (const find of Object.values(BUTTONS)) {
      const text = find(m.messages(lang), m.words(lang))
      assert.ok(text && widthOf(text) <= 8, text)
    }
  assert.ok(widthOf('Send another') > 8 && widthOf('再发送一份') > 8 && widthOf('另发一份') === 8, 'the measure')
})

test('one module copies, and says where the phone refuses', () => {
  const copying = sources.filter(([, text]) => /wx\.setClipboardData\(/.test(text)).map(([file]) => file)
  assert.deepEqual(copying, ['api/copy.ts'])
  wx.setClipboardData = ({ data, success }) => {
    seen.push(data)
    success()
  }
  m.copyText('text', () => seen.push('copied'))
  assert.deepEqual(seen, ['text', 'copied'])
  wx.setClipboardData = ({ fail }) => fail({ errMsg: 'setClipboardData:fail privacy permission is not authorized' })
  m.copyText('text', () => assert.fail('nothing was copied'))
  assert.deepEqual(seen.slice(2), ['没有复制成功。请手抄,或长按文字选取。'])
})

function receipt() {
  const page = { ...definition, data: { ...definition.data, code: '7K3QD-M2X9A-0VTRE-H5NPB-8WZC4', saved: true, keep: true } }
  page.setData = (values) => Object.assign(page.data, values)
  return page
}

test('a code that the full phone cannot keep is told, and the page stays until the reader knows', () => {
  const { setStorageSync } = wx
  wx.setStorageSync = () => {
    throw new Error('exceed storage max size')
  }
  const page = receipt()
  page.done()
  wx.setStorageSync = setStorageSync
  assert.deepEqual([page.data.notKept, page.data.keep, seen], [true, false, []])
  page.done()
  assert.deepEqual([seen.length, storage.size], [1, 0])
})

test('a code that the phone keeps is kept, and the page leaves', () => {
  const page = receipt()
  page.done()
  assert.equal(storage.get('codes')[0].code, '7K3QD-M2X9A-0VTRE-H5NPB-8WZC4')
  assert.deepEqual([page.data.notKept, seen.length], [false, 1])
})
