import { exists } from './project.mjs'

function unitSource({ path, isPage, config, scope }) {
  const run = exists(`${path}.ts`) ? `require('./${path}.ts')` : 'Component({})'
  return `${JSON.stringify(path)}:{isPage:${isPage},scope:${JSON.stringify(scope)},config:${JSON.stringify(config)},run(){${run}}}`
}

/**
 * Source of `virtual:miniprogram` (types: virtual.d.ts).
 *
 * A unit's module runs inside `run`, as late as WeChat runs it under `lazyCodeLoading`.
 */
export function programSource({ app, units, routes }, { templates, images, map }) {
  return [
    `export const app=${JSON.stringify(app)}`,
    `export const routes=${JSON.stringify(routes)}`,
    `export const images=${JSON.stringify(images)}`,
    `export const mapFiles=${JSON.stringify(map)}`,
    `export const templates=${templates}`,
    `export function runApp(){${exists('app.ts') ? "require('./app.ts')" : ''}}`,
    `export const units={${[...units.values()].map(unitSource).join(',\n')}}`
  ].join(';\n')
}
