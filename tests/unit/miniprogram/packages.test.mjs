import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import vm from 'node:vm'
import { buildPackages } from '../../../miniprogram/web/build/packages.mjs'

const root = new URL('../../../miniprogram/', import.meta.url)
const vectors = JSON.parse(readFileSync(new URL('../../data/protocol_vectors.json', import.meta.url), 'utf8'))
const { buildSync } = createRequire(new URL('package.json', root))('esbuild')
const PACKAGES = ['tweetnacl', '@noble/hashes/blake2.js']

test('the bundles are what "npm run packages" makes', async () => {
  for (const [file, text] of Object.entries(await buildPackages())) {
    assert.equal(readFileSync(new URL(file, root), 'utf8'), text, file)
  }
})

/** As WeChat loads a module: by name from miniprogram_npm, with JavaScript itself and nothing of a browser's or Node's. */
function inWeChat(randomValues) {
  const context = vm.createContext({ vectors: JSON.stringify(vectors), randomValues })
  const run = (text) => {
    const module = { exports: {} }
    vm.runInContext(`(function (module, exports, require) {${text}\n})`, context)(module, module.exports, (name) => {
      assert.ok(PACKAGES.includes(name), name)
      const file = name === 'tweetnacl' ? 'tweetnacl/index.js' : name
      return run(readFileSync(new URL(`pages/filings/seal/miniprogram_npm/${file}`, root), 'utf8'))
    })
    return module.exports
  }
  const modules = ['bytes', 'filing', 'message', 'random', 'receipt', 'receipt-keys']
  const { outputFiles } = buildSync({
    stdin: { contents: modules.map((name) => `export * from './pages/filings/seal/${name}'`).join('\n'), resolveDir: root.pathname },
    bundle: true,
    write: false,
    format: 'cjs',
    external: PACKAGES
  })
  context.seal = run(outputFiles[0].text)
  return (text) => vm.runInContext(text, context)
}

const FILE = `
  globalThis.wx = { getUserCryptoManager: () => ({ getRandomValues: randomValues }) }
  const { letter } = JSON.parse(vectors)
  const { court, target, key, kind, text, place, when } = letter.letter
  const draft = { address: { court, target, key }, kind, text, more: { place, when } }
  const keys = seal.deriveKeys(seal.toBytes(letter.receipt))
  seal.gatherRandom(64).then((random) => {
    const filing = seal.makeFiling(draft, [seal.toUtf8('jpeg')], keys, seal.toBytes(letter.court_public), random)
    return [seal.toText(filing.sealed), seal.toText(filing.photos[0]).length, seal.toText(filing.env)].join()
  })`

test('seals in an environment that has neither window, self, crypto, TextEncoder nor require of Node', async () => {
  const { letter, photos } = vectors
  const bytes = Buffer.concat([photos.key, letter.ephemeral_secret].map((text) => Buffer.from(text, 'base64url')))
  const run = inWeChat(({ length, success }) => {
    assert.equal(length, 64)
    success({ randomValues: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + length) })
  })
  for (const name of ['window', 'self', 'crypto', 'TextEncoder', 'process', 'Buffer', 'atob', 'URL']) {
    assert.equal(run(`typeof ${name}`), 'undefined', name)
  }
  const [sealed] = (await run(FILE)).split(',')
  assert.equal(sealed, vectors.letter.sealed)
})

test('without randomness of WeChat it refuses there', async () => {
  const run = inWeChat(({ fail }) => fail({ errMsg: 'no' }))
  await assert.rejects(run(FILE), (error) => error.refusal === 'no-randomness')
})
