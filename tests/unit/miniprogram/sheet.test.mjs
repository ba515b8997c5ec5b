// A sheet comes up under the finger: the second press of two must not choose what lies there.
import assert from 'node:assert/strict'
import fs from 'node:fs'
import { mock, test } from 'node:test'
import { load } from './load.mjs'

let definition
globalThis.Component = (component) => {
  definition = component
}
await load('components/sheet/index')
mock.timers.enable({ apis: ['setTimeout'] })

test('what has just opened takes no press for a moment', () => {
  const sheet = { data: { ...definition.data }, setData: (values) => Object.assign(sheet.data, values) }
  definition.observers.open.call(sheet, true)
  assert.equal(sheet.data.guarded, true)
  mock.timers.tick(300)
  assert.equal(sheet.data.guarded, false)
  definition.observers.open.call(sheet, false)
  assert.equal(sheet.data.guarded, false)
})

test('what takes it lies over the sheet and over what is around it', () => {
  const styles = fs.readFileSync(new URL('../../../miniprogram/components/sheet/index.wxss', import.meta.url), 'utf8')
  const layer = (name) => Number(new RegExp(`\\.${name} \\{[^}]*z-index: (\\d+)`).exec(styles)[1])
  assert.ok(layer('guard') > layer('sheet') && layer('sheet') > layer('mask'))
})
