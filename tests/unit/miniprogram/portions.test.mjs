// What crosses to a page's view at once is counted as it travels: in bytes.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { load } from './load.mjs'

const { append, bytesOf, handOver, inPortions } = await load('geo/portions')
const MOST = 50 * 1024
const bytes = (value) => Buffer.byteLength(JSON.stringify(value))
const rows = Array.from({ length: 2000 }, (_, id) => ({ id, name: `虚构建筑材料有限公司${id}😀`, label: 'é' }))

test('bytes are counted as UTF-8 has them', () => {
  for (const value of ['a', 'é', '裕', '😀', rows[7], [], null]) assert.equal(bytesOf(value), bytes(value))
})

test('no portion is larger than WeChat likes, in Chinese too', () => {
  const portions = inPortions(rows)
  assert.deepEqual(portions.flat(), rows)
  assert.ok(portions.length > 1)
  for (const portion of portions) assert.ok(bytes(portion) <= MOST, `${bytes(portion)}`)
  const characters = 45000 / JSON.stringify(rows[0]).length
  assert.ok(bytes(rows.slice(0, characters)) > MOST, 'as many characters would have been too many bytes')
})

/** A page's data, as WeChat changes them by path. */
function view() {
  const shown = { rows: ['of an earlier list', 'and another'] }
  const sizes = []
  const show = (change) => {
    sizes.push(bytes(change))
    for (const [path, value] of Object.entries(change)) {
      const [, at] = path.match(/^rows\[(\d+)\]$/) ?? []
      if (at === undefined) shown.rows = [...value]
      else shown.rows[Number(at)] = value
    }
  }
  return { shown, sizes, show }
}

test('a list handed over in steps arrives whole', () => {
  const { shown, sizes, show } = view()
  handOver('rows', rows, show)
  assert.deepEqual(shown.rows, rows)
  assert.ok(sizes.length > 1 && Math.max(...sizes) <= MOST)
  handOver('rows', [], show)
  assert.deepEqual(shown.rows, [])
})

test('a further page carries over itself alone', () => {
  const { shown, sizes, show } = view()
  handOver('rows', rows.slice(0, 100), show)
  append('rows', 100, rows.slice(100, 150), show)
  assert.deepEqual(shown.rows, rows.slice(0, 150))
  assert.ok(sizes[1] < sizes[0])
})
