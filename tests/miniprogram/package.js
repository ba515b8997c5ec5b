/** WeChat allows 2 MB; a court's residents on slow phones should not wait for more than this. */
const MAX_BYTES = 300 * 1024

/** What belongs to the browser or to development must not travel to phones. */
const UNWANTED = /^(web|node_modules)\/|^(package|package-lock|tsconfig|biome)\.json$/

/** Cryptography is for those who file something: nobody else should load it. */
const SEALING = /(^|\/)(seal|miniprogram_npm)\//

function sizeOf(files, names) {
  return names.reduce((sum, name) => sum + Buffer.byteLength(files[name]), 0)
}

/** Returns the size in bytes of the main package and of each subpackage, by its root. */
function checkPackage(files) {
  const names = Object.keys(files)
  const unwanted = names.filter((name) => UNWANTED.test(name))
  if (unwanted.length > 0) throw new Error(`not for the package: ${unwanted.join(', ')}`)
  const roots = (JSON.parse(files['app.json']).subPackages ?? []).map(({ root }) => root.replace(/\/*$/, '/'))
  const main = names.filter((name) => !roots.some((root) => name.startsWith(root)))
  const sealing = main.filter((name) => SEALING.test(name))
  if (sealing.length > 0) throw new Error(`only for a subpackage: ${sealing.join(', ')}`)
  const bytes = sizeOf(files, main)
  if (bytes >= MAX_BYTES) throw new Error(`main package has ${bytes} bytes, limit ${MAX_BYTES}`)
  const parts = roots.map((root) => [root, sizeOf(files, names.filter((name) => name.startsWith(root)))])
  return { main: bytes, ...Object.fromEntries(parts) }
}

module.exports = { checkPackage }
