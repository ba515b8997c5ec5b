// Opens every page of the compiled program in WeChat's own simulator (miniprogram-simulate), against a real server.
//
//   node pages.js '{"address", "queries": {page: what its onLoad gets}, "region": [west, south, east, north],
//                   "components": [{"name", "properties", "event"}], "answer"}'
//
// Writes {pages: {page: {title, text, problems}}, components: [{text, heard}]} into the file `answer`, where `heard` is
// how often the event came when the component's button was tapped. `region` is what the map shows, GCJ-02. The simulator knows components only and cans its requests, so a page
// is made a component here, and `wx.request` asks the server; the map draws nothing.
const fs = require('node:fs')
const http = require('node:http')
const Module = require('node:module')
const path = require('node:path')
const { JSDOM } = require('jsdom')
const { compile, write } = require('./compile')

const program = path.resolve(__dirname, '../../miniprogram')
const { address, queries, region, components, answer } = JSON.parse(process.argv[2])
/** Longer than a page rests before it asks again. */
const QUIET_MS = 250
/** The map does so for 400 ms. */
const MAP_QUIET_MS = 900
const LONGEST_MS = 15000

/** WeChat's logic layer has neither; the simulator draws with both. */
const PRELUDE = 'var document, window;\n'

/** As WeChat finds packages: in the `miniprogram_npm` of this folder or of one above. */
function findPackages(root) {
  const resolve = Module._resolveFilename
  const isPackage = (name) => !/^(\.|\/|node:)/.test(name)
  const find = (name, folder) => {
    const found = [name, `${name}.js`, `${name}/index.js`].map((file) => path.join(folder, 'miniprogram_npm', file))
    return found.find((file) => file.endsWith('.js') && fs.existsSync(file)) ?? (folder === root ? null : find(name, path.dirname(folder)))
  }
  Module._resolveFilename = function (name, parent, ...rest) {
    const own = isPackage(name) && parent?.filename?.startsWith(root)
    return (own && find(name, path.dirname(parent.filename))) || resolve.call(this, name, parent, ...rest)
  }
}

function makeScreen() {
  const { window } = new JSDOM('<!doctype html><body></body>', { url: 'https://miniprogram.test', pretendToBeVisual: true })
  for (const name of ['document', 'HTMLElement', 'Element', 'Node', 'Event', 'CustomEvent', 'requestAnimationFrame'])
    global[name] = window[name]
  global.window = window
}

const seen = { title: '', problems: [], asked: 0, lastAt: 0 }

/** As WeChat's: to the operator's domain, answered by callbacks. */
function request({ url, method = 'GET', data, header = {}, success, fail }) {
  const body = data === undefined ? undefined : JSON.stringify(data)
  const headers = { ...header, ...(body && { 'content-type': 'application/json' }) }
  seen.asked += 1
  const settle = () => {
    seen.asked -= 1
    seen.lastAt = Date.now()
  }
  const sent = http.request(url, { method, headers, agent: false }, (response) => {
    const parts = []
    response.on('data', (part) => parts.push(part))
    response.on('end', () => {
      settle()
      const text = Buffer.concat(parts).toString()
      success?.({ statusCode: response.statusCode, data: text ? JSON.parse(text) : '', header: response.headers })
    })
  })
  sent.on('error', (error) => {
    settle()
    fail?.({ errMsg: `request:fail ${error.message}` })
  })
  sent.end(body)
  return { abort: () => sent.destroy() }
}

const storage = new Map()

/** A map that lies still. */
const map = {
  getRegion: ({ success }) => {
    const [west, south, east, north] = region
    success({ southwest: { longitude: west, latitude: south }, northeast: { longitude: east, latitude: north } })
  },
  getCenterLocation: ({ success }) => {
    const [west, south, east, north] = region
    success({ longitude: (west + east) / 2, latitude: (south + north) / 2 })
  },
  getScale: ({ success }) => success({ scale: 11 }),
  addMarkers: ({ complete }) => complete?.(),
  removeMarkers: ({ complete }) => complete?.(),
  includePoints: ({ complete }) => complete?.()
}

/** Every box has the size of a phone's map. */
const measure = {
  select: () => measure,
  boundingClientRect: (tell) => {
    tell({ left: 0, top: 0, width: 390, height: 500 })
    return measure
  },
  exec: () => {}
}

/** What pages call of WeChat when they open; the rest does nothing. */
const known = {
  request,
  getStorageSync: (key) => storage.get(key) ?? '',
  setStorageSync: (key, value) => storage.set(key, value),
  setStorage: ({ key, data }) => storage.set(key, data),
  removeStorageSync: (key) => storage.delete(key),
  setNavigationBarTitle: ({ title }) => {
    seen.title = title
  },
  getAppBaseInfo: () => ({ language: 'zh_CN', theme: 'light' }),
  getWindowInfo: () => ({ windowWidth: 390, windowHeight: 844, pixelRatio: 2 }),
  createMapContext: () => map,
  createSelectorQuery: () => measure
}

function makeWeChat() {
  global.wx = {}
  const simulate = require('miniprogram-simulate')
  global.wx = new Proxy(known, { get: (apis, name) => apis[name] ?? (() => {}) })
  global.getCurrentPages = () => []
  global.App = (definition) => {
    global.getApp = () => definition
  }
  // The simulator has no pages: one is a component whose other fields are put on each that is made.
  global.Page = ({ data, ...rest }) => {
    const methods = Object.fromEntries(Object.entries(rest).filter(([, value]) => typeof value === 'function'))
    const fields = Object.entries(rest).filter(([, value]) => typeof value !== 'function')
    const created = function () {
      for (const [name, value] of fields) this[name] = structuredClone(value)
    }
    global.Component({ data, methods, lifetimes: { created } })
  }
  return simulate
}

async function quiet(longest = QUIET_MS) {
  const end = Date.now() + LONGEST_MS
  const sleep = () => new Promise((resolve) => setTimeout(resolve, 50))
  seen.lastAt = Date.now()
  while (Date.now() < end && (seen.asked > 0 || Date.now() - seen.lastAt < longest)) await sleep()
}

async function open(simulate, root, page, query) {
  Object.assign(seen, { title: JSON.parse(fs.readFileSync(path.join(root, `${page}.json`))).navigationBarTitleText ?? '' })
  seen.problems = []
  const made = simulate.render(simulate.load(path.join(root, page), { rootPath: root }))
  const element = document.createElement('div')
  document.body.append(element)
  made.attach(element)
  made.instance.onLoad?.(query)
  made.instance.onShow?.()
  made.instance.onReady?.()
  await quiet(page === 'pages/entities/map/index' ? MAP_QUIET_MS : QUIET_MS)
  const text = element.textContent.replace(/\s+/g, ' ').trim()
  made.instance.onUnload?.()
  made.detach()
  element.remove()
  return { title: seen.title, text, problems: seen.problems }
}

async function openComponent(simulate, root, { name, properties, event }) {
  const made = simulate.render(simulate.load(path.join(root, name), { rootPath: root }), properties)
  const element = document.createElement('div')
  made.attach(element)
  await quiet()
  let heard = 0
  made.addEventListener(event, () => {
    heard += 1
  })
  made.querySelector('.button')?.dispatchEvent('tap')
  await quiet()
  return { text: element.textContent.trim(), heard }
}

async function main() {
  const files = await compile(program)
  const root = write(files, (name, content) => (name.endsWith('.js') ? PRELUDE + content : content))
  findPackages(root)
  makeScreen()
  const simulate = makeWeChat()
  const problem = (error) => seen.problems.push(String(error?.stack ?? error).slice(0, 600))
  process.on('unhandledRejection', problem)
  process.on('uncaughtException', problem)
  console.error = (...said) => problem(said.map((one) => one?.stack ?? one).join(' '))
  require(path.join(root, 'app.js'))
  getApp().globalData.apiBaseUrl = address
  getApp().onLaunch?.()
  const { pages, subPackages = [] } = JSON.parse(files['app.json'])
  const all = [...pages, ...subPackages.flatMap((part) => part.pages.map((page) => path.posix.join(part.root, page)))]
  const opened = {}
  for (const page of all) opened[page] = await open(simulate, root, page, queries[page] ?? {})
  const alone = []
  for (const component of components) alone.push(await openComponent(simulate, root, component))
  fs.rmSync(root, { recursive: true, force: true })
  fs.writeFileSync(answer, JSON.stringify({ pages: opened, components: alone }))
}

// miniprogram-ci keeps workers alive, so the process is ended by hand.
main().then(
  () => process.exit(0),
  (error) => {
    process.stderr.write(`${error.stack ?? error}\n`)
    process.exit(1)
  }
)
