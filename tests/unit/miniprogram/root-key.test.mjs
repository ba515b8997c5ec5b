// The root key reaches the pages from the build, and is empty, which trusts nothing, where the build says nothing.
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import path from 'node:path'
import test from 'node:test'
import { fileURLToPath } from 'node:url'
import { load } from './load.mjs'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../miniprogram')
const { buildSync } = createRequire(`${root}/package.json`)('esbuild')

test('without a build that names it there is no root key', async () => {
  const { ROOT_KEY } = await load('pages/filings/seal/root-key')
  assert.equal(ROOT_KEY, '')
})

test('the build puts the root key in', async () => {
  const { outputFiles } = buildSync({
    entryPoints: [`${root}/pages/filings/seal/root-key.ts`],
    define: { ROOT_PUBLIC_KEY: '"abc"' },
    format: 'esm',
    write: false
  })
  const { ROOT_KEY } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString('base64')}`)
  assert.equal(ROOT_KEY, 'abc')
})
