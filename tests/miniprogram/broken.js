// Checks a small program as it stands, then broken in one way after another: what each of the tools is for, it must find.
//
//   node broken.js answer
//
// Writes {way: why the check refused it, '' where it did not} into the file `answer`.
const fs = require('node:fs')
const os = require('node:os')
const path = require('node:path')
const { check } = require('./check')

const [, , answer] = process.argv
const PAGE = 'pages/one/index'
const APP = { pages: [PAGE], lazyCodeLoading: 'requiredComponents', sitemapLocation: 'sitemap.json' }
const PROJECT = {
  appid: 'touristappid',
  compileType: 'miniprogram',
  miniprogramRoot: './',
  setting: { es6: true, minified: true, minifyWXML: true, minifyWXSS: true, useCompilerPlugins: ['typescript'] },
  packOptions: { ignore: [{ type: 'folder', value: 'web' }], include: [] }
}
const SOUND = {
  'app.ts': 'App({})\n',
  'app.json': JSON.stringify(APP),
  'sitemap.json': '{"rules":[{"action":"disallow","page":"*"}]}',
  'project.config.json': JSON.stringify(PROJECT),
  [`${PAGE}.ts`]: "import { one } from '../../one'\n\nPage({ data: { one } })\n",
  [`${PAGE}.json`]: '{}',
  [`${PAGE}.wxml`]: '<view class="one">{{one}}</view>\n',
  [`${PAGE}.wxss`]: '.one { color: #000 }\n',
  'one.ts': 'export const one: number = 1\n',
  'web/main.ts': 'export {}\n'
}
const large = (kilobytes) => `export const one = '${'x'.repeat(kilobytes * 1024)}'\n`

/** What each way changes; null: nothing. */
const WAYS = {
  sound: {},
  'WXML that is not closed': { [`${PAGE}.wxml`]: '<view><text></view>' },
  'WXSS that is not closed': { [`${PAGE}.wxss`]: '.one { color: #000' },
  'TypeScript that is not closed': { [`${PAGE}.ts`]: 'Page({' },
  'a page that is not there': { 'app.json': JSON.stringify({ ...APP, pages: [PAGE, 'pages/two/index'] }) },
  'exact and rough position together': {
    'app.json': JSON.stringify({ ...APP, requiredPrivateInfos: ['getLocation', 'getFuzzyLocation'] })
  },
  'a large main package': { 'one.ts': large(301) },
  'what only a browser needs': { 'project.config.json': JSON.stringify({ ...PROJECT, packOptions: { ignore: [] } }) },
  'cryptography for everybody': {
    'seal/one.ts': SOUND['one.ts'],
    [`${PAGE}.ts`]: SOUND[`${PAGE}.ts`].replace('../../one', '../../seal/one')
  },
  'a large picture': { 'assets/one.png': Buffer.alloc(201 * 1024, 7), [`${PAGE}.wxml`]: '<image src="/assets/one.png" />' }
}

function write(change) {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'miniprogram-broken-'))
  for (const [name, content] of Object.entries({ ...SOUND, ...change })) {
    const file = path.join(root, name)
    fs.mkdirSync(path.dirname(file), { recursive: true })
    fs.writeFileSync(file, content)
  }
  return root
}

async function reasonOf(change) {
  const root = write(change)
  try {
    await check(root)
    return ''
  } catch (error) {
    return String(error.message ?? error) || 'refused'
  } finally {
    fs.rmSync(root, { recursive: true, force: true })
  }
}

async function main() {
  const reasons = {}
  for (const [way, change] of Object.entries(WAYS)) reasons[way] = await reasonOf(change)
  fs.writeFileSync(answer, JSON.stringify(reasons))
}

// miniprogram-ci keeps workers alive, so the process is ended by hand.
main().then(
  () => process.exit(0),
  (error) => {
    console.error(error)
    process.exit(1)
  }
)
