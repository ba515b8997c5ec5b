import postcss from 'postcss'
import selectorParser from 'postcss-selector-parser'
import valueParser from 'postcss-value-parser'
import { BuildError, exists, read, resolveFrom } from './project.mjs'
import { TOKENS } from './theme.mjs'

/** Lengths that mean the phone's screen in WeChat and the page's frame here; see styles/frame.css. */
const SCREEN_UNITS = { rpx: '--wx-rpx', vw: '--wx-vw', vh: '--wx-vh' }

/** Standard elements behind WeChat's tags, so that a tag selector keeps the specificity of a tag selector. */
const HTML_TAGS = { view: 'div', text: 'span', image: 'img', navigator: 'a' }

function parse(file) {
  const sheet = postcss.parse(read(file), { from: file })
  sheet.walkAtRules('import', (rule) => {
    const target = resolveFrom(file, valueParser(rule.params).nodes[0].value)
    if (!exists(target)) throw rule.error(`${target} is missing`)
    // they stand at the root already: theme.mjs
    if (target === TOKENS) rule.remove()
    else rule.replaceWith(parse(target).nodes)
  })
  return sheet
}

function scaleLength(node) {
  const length = node.type === 'word' && valueParser.unit(node.value)
  const property = length && SCREEN_UNITS[length.unit]
  if (property) node.value = `calc(${length.number} * var(${property}))`
}

function checkUrl(declaration, node) {
  if (node.type !== 'function' || node.value !== 'url') return
  if (node.nodes[0]?.value.startsWith('data:')) return
  throw declaration.error('WXSS in WeChat cannot load files: use a data: URI or <image>')
}

function convertValue(declaration) {
  const value = valueParser(declaration.value)
  value.walk((node) => {
    checkUrl(declaration, node)
    scaleLength(node)
  })
  declaration.value = value.toString()
}

/** Bars fixed to an edge stay as wide as the column of an ordinary page on wide screens; full covers do not. */
function limitFixed(declaration) {
  if (declaration.prop !== 'position' || declaration.value !== 'fixed') return
  const properties = new Set(declaration.parent.nodes.map((node) => node.prop))
  if (properties.has('inset') || (properties.has('top') && properties.has('bottom'))) return
  declaration.parent.prepend({ prop: 'max-width', value: 'var(--wx-column)' }, { prop: 'margin-inline', value: 'auto' })
}

function parseOne(selector) {
  return selectorParser().astSync(selector).first.nodes
}

function convertTag(tag, unit, rule) {
  if (tag.value === 'page') return parseOne(`main:where(${unit ? `[wx-host="${unit.scope}"]` : '[wx="page"]'})`)
  if (unit && !unit.isPage) throw rule.error('a component may not use tag selectors: WeChat leaks them into the page')
  const within = unit ? `:where([wx-host="${unit.scope}"]) ` : ''
  return parseOne(`${within}${HTML_TAGS[tag.value] ?? ''}:where([wx="${tag.value}"])`)
}

function convertSelectors(rule, unit, prefix) {
  rule.selector = selectorParser((selectors) => {
    selectors.walkClasses((node) => {
      node.value = prefix + node.value
    })
    // ids are unique per page instance in the DOM: `p3--name`
    selectors.walkIds((node) => {
      node.replaceWith(...parseOne(`[id$="--${node.value}"]`))
    })
    selectors.walkPseudos((node) => {
      if (node.value === ':host') node.replaceWith(...parseOne(`[wx-host="${unit.scope}"]`))
    })
    selectors.walkTags((node) => {
      node.replaceWith(...convertTag(node, unit, rule))
    })
  }).processSync(rule.selector)
}

function isKeyframe(rule) {
  return rule.parent.type === 'atrule' && rule.parent.name.endsWith('keyframes')
}

function convert(file, unit) {
  const isShared = unit?.config.styleIsolation === 'shared'
  const prefix = unit && !isShared ? `${unit.scope}--` : ''
  const sheet = parse(file)
  sheet.walkRules((rule) => {
    if (!isKeyframe(rule)) convertSelectors(rule, unit, prefix)
  })
  sheet.walkDecls((declaration) => {
    convertValue(declaration)
    limitFixed(declaration)
  })
  return sheet.toString()
}

/**
 * One style sheet of app.wxss and every unit's WXSS, in WeChat's order: app, components, pages.
 *
 * A class of a unit is prefixed with the unit's scope, as glass-easel writes it into the DOM.
 */
export function compileStyles(units) {
  const files = [...units]
    .sort((a, b) => Number(a.isPage) - Number(b.isPage))
    .map((unit) => [`${unit.path}.wxss`, unit])
  try {
    return [['app.wxss', null], ...files]
      .filter(([file]) => exists(file))
      .map(([file, unit]) => convert(file, unit))
      .join('\n')
  } catch (error) {
    throw error.name === 'CssSyntaxError' ? new BuildError(error.toString()) : error
  }
}
