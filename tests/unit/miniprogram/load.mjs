// Loads a TypeScript module of the mini-program into Node; `node --test tests/unit/miniprogram/` runs what uses it.
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../miniprogram')
const { buildSync } = createRequire(`${root}/package.json`)('esbuild')

/** WeChat's globals, as far as the modules under test touch them. */
globalThis.wx ??= { getStorageSync: () => '', getAppBaseInfo: () => ({ language: 'zh_CN' }) }

export async function load(...modules) {
  const contents = modules.map((name) => `export * from './${name}'`).join('\n')
  const { outputFiles } = buildSync({
    stdin: { contents, resolveDir: root },
    bundle: true,
    format: 'esm',
    write: false
  })
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString('base64')}`)
}
