// `npm run packages` bundles what WeChat must find beside the code that imports it. The bundles are kept in the
// repository: DevTools opens the mini-program as it is, and its own "build npm" would pack the browser's packages too.
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import esbuild from 'esbuild'
import { read, root } from './project.mjs'

/** Each file with its package and what it takes of it: no more than is imported, since every phone loads it. */
const PACKAGES = {
  'pages/filings/seal/miniprogram_npm/tweetnacl/index.js': {
    name: 'tweetnacl',
    contents: "module.exports = require('tweetnacl')"
  },
  'pages/filings/seal/miniprogram_npm/@noble/hashes/blake2.js': {
    name: '@noble/hashes',
    contents: "export { blake2b } from '@noble/hashes/blake2.js'"
  }
}

/** Both licences ask to travel with the code. */
function bannerOf(name) {
  const { version } = JSON.parse(read(`node_modules/${name}/package.json`))
  const license = read(`node_modules/${name}/LICENSE`).trim()
  return `/*\n${name} ${version}, bundled by "npm run packages"\n\n${license}\n*/`
}

async function bundle({ name, contents }) {
  const { outputFiles } = await esbuild.build({
    stdin: { contents, resolveDir: root, loader: 'js' },
    absWorkingDir: root,
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'browser',
    target: 'es2015',
    legalComments: 'none',
    logLevel: 'warning',
    banner: { js: bannerOf(name) }
  })
  return outputFiles[0].text
}

/** Paths below miniprogram/ and their texts. */
export async function buildPackages() {
  const made = Object.entries(PACKAGES).map(async ([file, wanted]) => [file, await bundle(wanted)])
  return Object.fromEntries(await Promise.all(made))
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const [file, text] of Object.entries(await buildPackages())) {
    const target = path.join(root, file)
    mkdirSync(path.dirname(target), { recursive: true })
    writeFileSync(target, text)
  }
}
