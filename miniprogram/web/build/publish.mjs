import fs from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'

/** A new folder beside `target`, on the same file system, so that it can be renamed into place. */
export function workFolder(target) {
  fs.mkdirSync(path.dirname(target), { recursive: true })
  return fs.mkdtempSync(`${target}.`)
}

/** Texts packed beside themselves as `.gz`, once here rather than by a server for every reader. */
export function packTexts(folder) {
  for (const name of fs.readdirSync(folder)) {
    if (!/\.(js|css|json)$/.test(name)) continue
    const file = path.join(folder, name)
    fs.writeFileSync(`${file}.gz`, gzipSync(fs.readFileSync(file), { level: 9 }))
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
