// One look: the tokens are readable in light and dark, nothing has colours, spaces or type of its own, and what
// cannot read a style sheet says the same.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { test } from 'node:test'
import { load } from './load.mjs'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../miniprogram')
const TOKENS = 'styles/tokens.wxss'
const read = (file) => readFileSync(path.join(root, file), 'utf8')
const { coloursOf } = await load('geo/colours')

function valuesOf(css) {
  return Object.fromEntries([...css.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name, value]))
}

const [lightPart, darkPart] = read(TOKENS).split('@media (prefers-color-scheme: dark)')
const light = valuesOf(lightPart)
const dark = { ...light, ...valuesOf(darkPart) }
const themes = { light, dark }

/** WCAG 2: relative luminance of `#rrggbb`. */
function luminance(colour) {
  const channels = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
  const [r, g, b] = channels.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

const TEXT = 4.5
const SIGN = 3
/** Foreground, background, and what WCAG 2.1 AA asks of them (1.4.3 and 1.4.11). */
const PAIRS = [
  ['ink', 'paper', TEXT],
  ['ink', 'ground', TEXT],
  ['ink', 'area-tint', TEXT],
  ['ink', 'link-tint', TEXT],
  ['muted', 'paper', TEXT],
  ['muted', 'ground', TEXT],
  ['muted', 'area-tint', TEXT],
  ['link', 'paper', TEXT],
  ['link', 'ground', TEXT],
  ['link', 'area-tint', TEXT],
  ['on-link', 'link', TEXT],
  ['amber', 'amber-tint', TEXT],
  ['amber', 'paper', TEXT],
  ['amber', 'ground', TEXT],
  ['paper', 'ink', TEXT],
  ['area', 'paper', SIGN],
  ['area', 'map-ground', SIGN],
  ['focus', 'paper', SIGN],
  ['focus', 'ground', SIGN],
  ['focus', 'map-ground', SIGN],
  // the border of a field
  ['muted', 'paper', SIGN]
]

test('the measure itself: black on white is 21, grey on white is told apart', () => {
  assert.equal(contrast('#000000', '#ffffff'), 21)
  assert.ok(contrast('#777777', '#ffffff') < TEXT && contrast('#767676', '#ffffff') >= TEXT)
})

for (const [theme, values] of Object.entries(themes)) {
  test(`every pair of colours that meets can be read: ${theme}`, () => {
    for (const [front, back, least] of PAIRS) {
      const reached = contrast(values[front], values[back])
      assert.ok(reached >= least, `${front} on ${back}: ${reached.toFixed(2)} of ${least}`)
    }
  })
}

test('light and dark define the same colours', () => {
  const coloured = Object.keys(light).filter((name) => /#|rgb/.test(light[name]))
  assert.deepEqual(Object.keys(valuesOf(darkPart)).sort(), coloured.sort())
})

const kebab = (name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/** By theme.json's names, which WeChat's bars and the browser host's bars read. */
const IN_THEME = { barGround: 'paper', ground: 'ground', tabText: 'muted', tabSelected: 'link' }

test("WeChat's bars and the map's plates wear the same colours", () => {
  const file = JSON.parse(read('theme.json'))
  for (const [theme, values] of Object.entries(themes)) {
    for (const [name, token] of Object.entries(IN_THEME)) assert.equal(file[theme][name], values[token], name)
    for (const [name, colour] of Object.entries(coloursOf(theme))) assert.equal(colour, values[kebab(name)], name)
  }
})

function filesIn(folder, kind) {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const file = path.posix.join(folder, entry.name)
    if (entry.isDirectory()) return filesIn(file, kind)
    return kind.test(file) && file !== TOKENS ? [file] : []
  })
}

const sheets = (folder) => filesIn(folder, /\.(wxss|css)$/)

/** Hairlines may be written out; WeChat's own defaults of the browser host are WeChat's, not ours. */
const HAIRLINE = /^-?[0-3]px$/
const HOST = 'web/styles/components.css'

const SPACE = /^(padding|margin|gap|row-gap|column-gap|border-radius|inset|top|right|bottom|left)(-|$)/
/** A picture or a column is as large as it is; what a finger needs has one name. */
const SIZE = /^((min|max)-)?(width|height)$|^line-height$|^flex-basis$/
const TOUCH_SIZES = new Set([light.touch, light['radius-round']])

/** What a declaration says that only a token may say. */
function ownValue(property, value, file) {
  if (/#[0-9a-f]{3,8}\b|\b(rgb|hsl)a?\(/i.test(value)) return 'colour'
  if (file === HOST) return null
  if (property === 'font-size' && /\d(em|px|rpx)/.test(value)) return 'type'
  const lengths = value.match(/-?[\d.]+(px|em|rpx)/g) ?? []
  if (SIZE.test(property) && lengths.some((length) => TOUCH_SIZES.has(length))) return 'size'
  return SPACE.test(property) && lengths.some((length) => !HAIRLINE.test(length)) ? 'space' : null
}

function strays(css, file) {
  const plain = css.replace(/\/\*[\s\S]*?\*\//g, '')
  return [...plain.matchAll(/(?<![\w-])([a-z-]+):\s*([^;{}]+);/g)].flatMap(([, property, value]) => {
    const kind = ownValue(property, value, file)
    return kind ? [`${file}: ${kind} ${property}: ${value}`] : []
  })
}

/** What stands where for a reason of its own: a bar's room for its button, the list under the map's controls. */
const KNOWN = [
  'web/styles/frame.css: space padding: env(safe-area-inset-top, 0px) 48px 0',
  'web/styles/map.css: space padding: 120px var(--space-4)'
]

test('nothing has a colour, a space or a size of text of its own', () => {
  const files = ['app.wxss', ...['components', 'pages', 'web/styles'].flatMap(sheets)]
  assert.ok(files.length > 30)
  const found = files.flatMap((file) => strays(read(file), file))
  assert.deepEqual(found.filter((one) => !KNOWN.includes(one)), [])
})

test('a stray is found', () => {
  const css = 'a { color: #123456; padding: 7px; font-size: 13px; margin: 2px 0; gap: var(--space-1); top: 9px; height: 44px; }'
  assert.deepEqual(strays(css, 'x').map((one) => one.split(' ')[1]), ['colour', 'space', 'type', 'space', 'size'])
})

/** Where colours are values: the copy of the tokens, and, in the host, what WeChat draws where a page says nothing. */
const COLOURS = ['geo/colours.ts', 'web/components/map/polygons.ts']
const coloursIn = (text) => text.match(/#[0-9a-f]{3,8}\b|\b(rgb|hsl)a?\(/gi) ?? []

test('no script and no page names a colour of its own', () => {
  const files = ['app.ts', ...['api', 'components', 'geo', 'i18n', 'pages', 'web'].flatMap((one) => filesIn(one, /\.(ts|wxml)$/))]
  assert.ok(files.length > 150)
  const found = files.filter((file) => !COLOURS.includes(file) && coloursIn(read(file)).length > 0)
  assert.deepEqual(found, [])
  for (const file of COLOURS) assert.ok(coloursIn(read(file)).length > 0, `${file} needs no exception`)
})

test('every name that is used is defined', () => {
  const files = ['app.wxss', ...['components', 'pages', 'web/styles'].flatMap(sheets)]
  for (const file of files) {
    for (const [, name] of read(file).matchAll(/var\(--(?!wx-)([\w-]+)/g)) assert.ok(name in light, `${file}: --${name}`)
  }
})
