import { exists } from './project.mjs'

function unitSource({ path, isPage, config, scope }, maps) {
  const run = exists(`${path}.ts`) ? `require('./${path}.ts')` : 'Component({})'
  const facts = JSON.stringify({ isPage, scope, config, hasMap: maps.has(path) })
  return `${JSON.stringify(path)}:{...${facts},run(){${run}}}`
}

/**
 * Source of `virtual:miniprogram` (types: virtual.d.ts).
 *
 * A unit's module runs inside `run`, as late as WeChat runs it under `lazyCodeLoading`.
 */
export function programSource({ app, units, routes }, { templates, maps, images, map }) {
  return [
    `export const app=${JSON.stringify(app)}`,
    `export const routes=${JSON.stringify(routes)}`,
    `export const images=${JSON.stringify(images)}`,
    `export const mapFiles=${JSON.stringify(map)}`,
    `export const templates=${templates}`,
    `export function runApp(){${exists('app.ts') ? "require('./app.ts')" : ''}}`,
    `export const units={${[...units.values()].map((unit) => unitSource(unit, maps)).join(',\n')}}`
  ].join(';\n')
}
