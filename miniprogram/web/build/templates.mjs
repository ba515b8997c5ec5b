import { createRequire } from 'node:module'
import { BuildError, exists, read } from './project.mjs'

// The compiler is WebAssembly behind a CommonJS door.
const { TmplGroup } = createRequire(import.meta.url)('glass-easel-template-compiler')

function describe(problem) {
  return `${problem.path}.wxml:${problem.startLine + 1}:${problem.startColumn + 1} ${problem.message}`
}

/** `<import>` and `<include>` bring templates that belong to no unit, and those may bring more. */
function addWithDependencies(group, file, problems, seen) {
  if (seen.has(file)) return
  seen.add(file)
  if (!exists(`${file}.wxml`)) throw new BuildError(`${file}.wxml is missing`)
  problems.push(...(group.addTmpl(file, read(`${file}.wxml`)) ?? []))
  for (const script of group.getScriptDependencies(file)) group.addScript(script, read(`${script}.wxs`))
  for (const used of group.getDirectDependencies(file)) addWithDependencies(group, used, problems, seen)
}

/** The compiler lists no tags, but writes each as `E("tag",`. */
function hasMap(group, unit) {
  return group.getTmplGenObject(unit.path).includes('E("map",')
}

/**
 * Compile all WXML into one JavaScript expression; also says which units draw a map, for loading it early.
 *
 * The compiler calls a missing end tag a warning; WeChat's refuses it, so every problem fails the build.
 */
export function compileTemplates(units) {
  const group = new TmplGroup()
  const all = [...units]
  const problems = []
  const seen = new Set()
  for (const unit of all) addWithDependencies(group, unit.path, problems, seen)
  const serious = problems.filter((problem) => problem.level !== 'Note')
  if (serious.length > 0) throw new BuildError(serious.map(describe).join('\n'))
  const maps = new Set(all.filter((unit) => hasMap(group, unit)).map(({ path }) => path))
  return { templates: group.getTmplGenObjectGroups(), maps }
}
