import path from 'node:path'
import esbuild from 'esbuild'
import { root } from './project.mjs'

/** Whose word about keys counts; empty means that no court's key is trusted. */
export const rootKey = process.env.ROOT_PUBLIC_KEY ?? ''

const common = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2020',
  legalComments: 'linked',
  logLevel: 'warning',
  metafile: true,
  entryNames: '[name].[hash]',
  chunkNames: '[name].[hash]',
  define: { 'process.env.NODE_ENV': '"production"', ROOT_PUBLIC_KEY: JSON.stringify(rootKey) }
}

/** URL of the one output made of `entry`. */
function outputOf(result, entry, suffix = '.js') {
  const outputs = Object.entries(result.metafile.outputs)
  const [file] = outputs.find(([name, output]) => output.entryPoint === entry && name.endsWith(suffix))
  return `/assets/${path.basename(file)}`
}

/** MapLibre's worker and style sheet as files of our own: the CSP allows neither blobs nor inline styles. */
export async function bundleMapLibrary(outdir) {
  const worker = 'node_modules/maplibre-gl/dist/maplibre-gl-worker.mjs'
  const css = 'node_modules/maplibre-gl/dist/maplibre-gl.css'
  const result = await esbuild.build({ ...common, entryPoints: [worker, css], outdir, loader: { '.svg': 'dataurl' } })
  return { worker: outputOf(result, worker), css: outputOf(result, css, '.css') }
}

function virtualModule(source) {
  return {
    name: 'virtual-miniprogram',
    setup(build) {
      build.onResolve({ filter: /^virtual:miniprogram$/ }, ({ path: name }) => ({ path: name, namespace: 'virtual' }))
      build.onLoad({ filter: /.*/, namespace: 'virtual' }, () => ({ contents: source, resolveDir: root }))
    }
  }
}

/** Chunks that `script` cannot start without; the browser would find them only after having read it. */
function staticImports(result, script) {
  const entry = Object.entries(result.metafile.outputs).find(([file]) => path.basename(file) === path.basename(script))
  const imports = entry[1].imports.filter(({ kind }) => kind === 'import-statement')
  return imports.map((chunk) => `/assets/${path.basename(chunk.path)}`)
}

/** The host with all pages in it; whatever it imports dynamically becomes a chunk of its own. */
export async function bundleHost(outdir, source) {
  const entry = 'web/main.ts'
  const first = 'web/early.ts'
  const plugins = [virtualModule(source)]
  const result = await esbuild.build({ ...common, entryPoints: [entry, first], outdir, splitting: true, plugins })
  const script = outputOf(result, entry)
  const mapView = outputOf(result, 'web/components/map/maplibre_view.ts')
  return { script, early: outputOf(result, first), preloads: staticImports(result, script), mapView }
}

export async function minifyCss(css) {
  const { code } = await esbuild.transform(css, { loader: 'css', minify: true, target: 'es2020' })
  return code
}
