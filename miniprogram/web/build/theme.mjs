import postcss from 'postcss'
import { read } from './project.mjs'

/** The design's own values; the host's bars and dialogs stand outside the `page` that they are written for. */
export const TOKENS = 'styles/tokens.wxss'

export function compileTokens() {
  const sheet = postcss.parse(read(TOKENS), { from: TOKENS })
  sheet.walkRules((rule) => {
    if (rule.selector !== 'page') throw rule.error('tokens are values of the page')
    rule.selector = ':root'
  })
  return sheet.toString()
}

/** Window and tab bar colours of app.json that the host's own bars use; `@name` refers to theme.json. */
function colours({ window = {}, tabBar = {} }) {
  return {
    '--wx-bar-ground': window.navigationBarBackgroundColor ?? '#ffffff',
    '--wx-bar-text': window.navigationBarTextStyle ?? 'black',
    '--wx-window-ground': window.backgroundColor ?? '#ffffff',
    '--wx-tabs-ground': tabBar.backgroundColor ?? '#ffffff',
    '--wx-tabs-text': tabBar.color ?? '#5c5c5c',
    '--wx-tabs-selected': tabBar.selectedColor ?? '#000000'
  }
}

function block(app, variables) {
  const lines = Object.entries(colours(app)).map(([property, value]) => {
    return `${property}:${value.startsWith('@') ? variables[value.slice(1)] : value}`
  })
  return `:root{${lines.join(';')}}`
}

/** Custom properties of the host's bars, dark ones only where app.json switches dark mode on. */
export function compileTheme(app, theme) {
  const light = block(app, theme.light ?? {})
  if (!app.darkmode) return light
  return `:root{color-scheme:light dark}${light}@media (prefers-color-scheme:dark){${block(app, theme.dark ?? {})}}`
}
