import fs from 'node:fs'
import path from 'node:path'

/** A new folder beside `target`, on the same file system, so that it can be renamed into place. */
export function workFolder(target) {
  fs.mkdirSync(path.dirname(target), { recursive: true })
  return fs.mkdtempSync(`${target}.`)
}

/** Swap a finished build into place: a running server sees the old one or the new one, never half of one. */
export function publish(folder, target) {
  const old = `${folder}.old`
  fs.chmodSync(folder, 0o755)
  if (fs.existsSync(target)) fs.renameSync(target, old)
  fs.renameSync(folder, target)
  fs.rmSync(old, { recursive: true, force: true })
}
