import fs from 'node:fs'
import path from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

/** A new folder beside `target`, on the same file system, so that it can be renamed into place. */
export function workFolder(target) {
  fs.mkdirSync(path.dirname(target), { recursive: true })
  return fs.mkdtempSync(`${target}.`)
}

const SMALLEST = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }

/** Texts packed beside themselves as `.br` and `.gz`, once here rather than by a server for every reader. */
export function packTexts(folder) {
  for (const name of fs.readdirSync(folder)) {
    if (!/\.(js|css|json)$/.test(name)) continue
    const file = path.join(folder, name)
    const content = fs.readFileSync(file)
    fs.writeFileSync(`${file}.br`, brotliCompressSync(content, SMALLEST))
    fs.writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }))
  }
}

/** Swap a finished build into place: a running server sees the old one or the new one, never half of one. */
export function publish(folder, target) {
  const old = `${folder}.old`
  fs.chmodSync(folder, 0o755)
  if (fs.existsSync(target)) fs.renameSync(target, old)
  fs.renameSync(folder, target)
  fs.rmSync(old, { recursive: true, force: true })
}
