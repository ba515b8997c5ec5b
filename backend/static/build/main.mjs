// `npm run build` bundles the console's modules into CONSOLE_OUT (var/console): files whose names hold a hash of their
// content, and manifest.json, which names them and gives those that run apart from a page a policy of their own.
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import esbuild from 'esbuild'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const target = path.resolve(root, process.env.CONSOLE_OUT || '../../var/console')
/** Whose word about courts' keys counts; empty means that none is trusted. */
const rootKey = process.env.ROOT_PUBLIC_KEY ?? ''
const PREFIX = '/court/static/'
const MODULES = ['vault', 'photos', 'drafts', 'duplicates', 'csv']

/** The worker compiles WebAssembly and speaks to nobody but this host. */
const WORKER_POLICY = "default-src 'none'; script-src 'wasm-unsafe-eval'; connect-src 'self'"

/** What is read: sources, build steps, lock file and the root key. */
function inputsHash() {
  const hash = createHash('sha256').update(`${rootKey}\0`)
  for (const folder of ['console', 'build']) {
    for (const file of fs.readdirSync(path.join(root, folder), { recursive: true }).sort()) {
      const full = path.join(root, folder, file)
      if (fs.statSync(full).isFile()) hash.update(`${folder}/${file}\0`).update(fs.readFileSync(full))
    }
  }
  return hash.update(fs.readFileSync(path.join(root, 'package-lock.json'))).digest('hex')
}

function isFresh(inputs) {
  const file = path.join(target, 'manifest.json')
  return fs.existsSync(file) && JSON.parse(fs.readFileSync(file, 'utf8')).inputs === inputs
}

async function bundle(outdir, entryPoints, define, more = {}) {
  const result = await esbuild.build({
    absWorkingDir: root,
    entryPoints,
    outdir,
    define: { ROOT_PUBLIC_KEY: JSON.stringify(rootKey), ...define },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'chrome109',
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
    entryNames: '[name].[hash]',
    chunkNames: '[name].[hash]',
    ...more
  })
  const outputs = Object.entries(result.metafile.outputs).filter(([, { entryPoint }]) => entryPoint)
  return Object.fromEntries(
    outputs.map(([file, { entryPoint }]) => [path.posix.relative('console', entryPoint), path.basename(file)])
  )
}

/** The frame that decodes photos: one file with its script inside, which alone its policy lets run. */
async function writeFrame(folder) {
  const { outputFiles } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: ['console/photo-frame.js'],
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    target: 'chrome109',
    legalComments: 'none'
  })
  const script = outputFiles[0].text.trim()
  const page = fs
    .readFileSync(path.join(root, 'console/photo-frame.html'), 'utf8')
    .replace(' src="photo-frame.js">', () => `>${script}`)
  const digest = createHash('sha256').update(script).digest('base64')
  const style = createHash('sha256')
    .update(page.match(/<style>([\s\S]*?)<\/style>/)[1])
    .digest('base64')
  const name = `photo-frame.${createHash('sha256').update(page).digest('hex').slice(0, 8)}.html`
  fs.writeFileSync(path.join(folder, name), page)
  const policy =
    `default-src 'none'; script-src 'sha256-${digest}'; style-src 'sha256-${style}'; img-src blob: data:; ` +
    "sandbox allow-scripts; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
  return { name, policy }
}

/** Their licences ask to travel with the code. */
function licenses() {
  const files = [
    '@noble/hashes/LICENSE',
    'libsodium-sumo/LICENSE',
    'libsodium-wrappers-sumo/LICENSE',
    '@picocss/pico/LICENSE.md'
  ]
  return files
    .map((file) => `${path.dirname(file)}\n\n${fs.readFileSync(path.join(root, 'node_modules', file))}`)
    .join('\n\n')
}

function pageModules() {
  const folder = path.join(root, 'console/pages')
  if (!fs.existsSync(folder)) return []
  return fs
    .readdirSync(folder)
    .filter((file) => file.endsWith('.js'))
    .map((file) => `console/pages/${file}`)
}

async function build(folder, inputs) {
  const worker = await bundle(folder, ['console/worker.js'], {})
  const frame = await writeFrame(folder)
  const define = {
    WORKER_URL: JSON.stringify(PREFIX + worker['worker.js']),
    PHOTO_FRAME_URL: JSON.stringify(PREFIX + frame.name)
  }
  const entries = [...MODULES.map((name) => `console/${name}.js`), ...pageModules()]
  const modules = await bundle(folder, entries, define, { splitting: true })
  const styles = await bundle(folder, ['console/console.css'], {}, { loader: { '.svg': 'dataurl' } })
  fs.writeFileSync(path.join(folder, 'licenses.txt'), licenses())
  const files = { ...worker, ...modules, ...styles, 'photo-frame.html': frame.name }
  const policies = { [worker['worker.js']]: WORKER_POLICY, [frame.name]: frame.policy }
  const chunks = fs.readdirSync(folder).filter((name) => !Object.values(files).includes(name))
  const manifest = { inputs, files, chunks, policies }
  fs.writeFileSync(path.join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
}

/** Swap a finished build into place: a running server sees the old one or the new one, never half of one. */
function publish(folder) {
  const old = `${folder}.old`
  fs.chmodSync(folder, 0o755)
  if (fs.existsSync(target)) fs.renameSync(target, old)
  fs.renameSync(folder, target)
  fs.rmSync(old, { recursive: true, force: true })
}

async function main() {
  const inputs = inputsHash()
  if (isFresh(inputs)) return console.log('console: up to date')
  fs.mkdirSync(path.dirname(target), { recursive: true })
  const folder = fs.mkdtempSync(`${target}.`)
  try {
    await build(folder, inputs)
    publish(folder)
    console.log('console: built')
  } finally {
    fs.rmSync(folder, { recursive: true, force: true })
  }
}

main().catch((error) => {
  console.error(error.errors ? 'The console could not be built.' : error)
  process.exitCode = 1
})
