import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder with app.json: `miniprogram/`. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')

export class BuildError extends Error {}

export function read(file) {
  return fs.readFileSync(path.join(root, file), 'utf8')
}

export function exists(file) {
  return fs.existsSync(path.join(root, file))
}

function readJson(file) {
  try {
    return JSON.parse(read(file))
  } catch (error) {
    throw new BuildError(`${file}: ${error.message}`)
  }
}

/** WeChat accepts paths from the root (`/components/x`) and relative to the user (`../x`). */
export function resolveFrom(user, target) {
  const base = target.startsWith('/') ? '' : path.posix.dirname(user)
  return path.posix.join(base, target).replace(/^\//, '')
}

/** `pages/entities/list/index` is `/entities/list` on the web; the first page is `/`. */
export function urlOf(page, first) {
  if (page === first) return '/'
  return `/${page.replace(/^pages\//, '').replace(/\/index$/, '')}`
}

/** Name of a unit in class names and `wx-host`; a class of another unit can then never match. */
function scopeOf(unit) {
  return unit.replace(/\/index$/, '').replaceAll('/', '-')
}

function addUnit(units, unit, isPage) {
  if (units.has(unit)) return
  const config = exists(`${unit}.json`) ? readJson(`${unit}.json`) : {}
  units.set(unit, { path: unit, isPage, config, scope: scopeOf(unit) })
  for (const used of Object.values(config.usingComponents ?? {})) addUnit(units, resolveFrom(unit, used), false)
}

/** Pages of the main package, then those of the subpackages: to a browser they are all the same. */
function pagesOf({ pages, subPackages = [] }) {
  return [...pages, ...subPackages.flatMap(({ root: folder, pages: own }) => own.map((page) => `${folder}/${page}`))]
}

/**
 * Everything app.json leads to.
 *
 * `units` maps a path without suffix to `{path, isPage, config, scope}`, components included.
 */
export function readProject() {
  const app = readJson('app.json')
  const units = new Map()
  for (const used of Object.values(app.usingComponents ?? {})) addUnit(units, resolveFrom('app', used), false)
  const pages = pagesOf(app)
  for (const page of pages) addUnit(units, page, true)
  const routes = Object.fromEntries(pages.map((page) => [urlOf(page, app.pages[0]), page]))
  const theme = app.themeLocation && exists(app.themeLocation) ? readJson(app.themeLocation) : { light: {}, dark: {} }
  return { app, units, routes, theme }
}
