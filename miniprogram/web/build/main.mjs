import fs from 'node:fs'
import path from 'node:path'
import { copyImages, writeHashed } from './assets.mjs'
import { bundleHost, bundleMapLibrary, minifyCss, rootKey } from './bundle.mjs'
import { inputsHash, isFresh } from './freshness.mjs'
import { writeManifest } from './manifest.mjs'
import { programSource } from './program.mjs'
import { BuildError, read, readProject, root } from './project.mjs'
import { packTexts, publish, workFolder } from './publish.mjs'
import { compileStyles } from './styles.mjs'
import { compileTemplates } from './templates.mjs'
import { compileTheme, compileTokens } from './theme.mjs'

const target = path.resolve(root, process.env.WEB_OUT || '../var/web')

const HOST_STYLES = ['frame', 'components', 'feedback', 'map'].map((name) => `web/styles/${name}.css`)

async function writeStyles(assets, { app, units, theme }) {
  const css = [compileTokens(), compileTheme(app, theme), ...HOST_STYLES.map(read), compileStyles(units.values())].join(
    '\n'
  )
  return writeHashed(assets, 'app.css', await minifyCss(css))
}

function writeIndex(folder, { app, theme }, { preloads, ...files }) {
  const values = {
    ...files,
    title: app.window?.navigationBarTitleText ?? '',
    themeLight: theme.light.barGround,
    themeDark: theme.dark.barGround,
    preloads: preloads.map((url) => `<link rel="modulepreload" href="${url}">`).join('')
  }
  const html = read('web/index.html').replace(/\{\{(\w+)\}\}/g, (_, name) => values[name])
  fs.writeFileSync(path.join(folder, 'index.html'), html)
}

/** Their licences ask to travel with the code. */
function licenses() {
  const files = { 'glass-easel-miniprogram-adapter': 'LICENSE', 'glass-easel': 'LICENSE', 'maplibre-gl': 'LICENSE.txt' }
  return Object.entries(files)
    .map(([name, file]) => `${name}\n\n${read(`node_modules/${name}/${file}`)}`)
    .join('\n\n')
}

function writeJson(folder, name, value) {
  fs.writeFileSync(path.join(folder, name), `${JSON.stringify(value, null, 2)}\n`)
}

async function build(folder, inputs) {
  const assets = path.join(folder, 'assets')
  fs.mkdirSync(assets, { recursive: true })
  const project = readProject()
  const { templates, maps } = compileTemplates(project.units.values())
  const styles = await writeStyles(assets, project)
  const map = await bundleMapLibrary(assets)
  const source = programSource(project, { templates, maps, images: copyImages(assets), map })
  const scripts = await bundleHost(assets, source)
  writeIndex(folder, project, { ...scripts, ...writeManifest(assets, project), styles })
  packTexts(assets)
  fs.writeFileSync(path.join(assets, 'licenses.txt'), licenses())
  writeJson(folder, 'routes.json', Object.keys(project.routes))
  writeJson(folder, 'build.json', { inputs })
}

async function main() {
  const inputs = inputsHash(rootKey)
  if (isFresh(target, inputs)) return console.log('web: up to date')
  const folder = workFolder(target)
  try {
    await build(folder, inputs)
    publish(folder, target)
    console.log('web: built')
  } finally {
    fs.rmSync(folder, { recursive: true, force: true })
  }
}

main().catch((error) => {
  console.error(error instanceof BuildError ? error.message : error)
  process.exitCode = 1
})
