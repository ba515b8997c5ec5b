import assert from 'node:assert/strict'
import { test } from 'node:test'
import { load } from './load.mjs'

let app
let page
const opened = []
globalThis.App = (definition) => {
  app = definition
}
globalThis.Page = (definition) => {
  page = definition
}
globalThis.getApp = () => app
globalThis.getCurrentPages = () => []
Object.assign(globalThis.wx, { switchTab: ({ url }) => opened.push(url), setNavigationBarTitle() {}, setTabBarItem() {} })

await load('app')
await load('pages/entities/map/index')

/** The map as it stands behind another tab, and what it shows when it comes back. */
function shown() {
  const made = { ...page, data: structuredClone(page.data), showSite() {} }
  made.setData = (values) => Object.assign(made.data, values)
  made.onShow()
  return made.data.state.kind
}

test('a link that leads nowhere opens the map, which says so once', () => {
  assert.equal(shown(), 'none')
  app.onPageNotFound()
  assert.deepEqual(opened, ['/pages/entities/map/index'])
  assert.equal(shown(), 'invalid')
  assert.equal(shown(), 'none')
})
