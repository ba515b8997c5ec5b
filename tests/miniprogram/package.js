/** WeChat allows 2 MB; a court's residents on slow phones should not wait for more than this. */
const MAX_BYTES = 300 * 1024

/** What belongs to the browser or to development must not travel to phones. */
const UNWANTED = /^(web|node_modules)\/|^(package|package-lock|tsconfig|biome)\.json$/

/** Returns the size of the main package in bytes. */
function checkPackage(files) {
  const unwanted = Object.keys(files).filter((file) => UNWANTED.test(file))
  if (unwanted.length > 0) throw new Error(`not for the package: ${unwanted.join(', ')}`)
  const bytes = Object.values(files).reduce((sum, content) => sum + Buffer.byteLength(content), 0)
  if (bytes >= MAX_BYTES) throw new Error(`main package has ${bytes} bytes, limit ${MAX_BYTES}`)
  return bytes
}

module.exports = { checkPackage }
