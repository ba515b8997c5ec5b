import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { listFiles } from './assets.mjs'
import { root } from './project.mjs'

/** One hash over everything a build reads: sources, host, build steps, the lock file and the root key. */
export function inputsHash(rootKey) {
  const hash = createHash('sha256').update(`${rootKey}\0`)
  for (const file of listFiles('', new Set(['node_modules']))) {
    const content = fs.readFileSync(path.join(root, file))
    hash.update(`${file}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

export function isFresh(target, inputs) {
  const record = path.join(target, 'build.json')
  if (!fs.existsSync(record)) return false
  return JSON.parse(fs.readFileSync(record, 'utf8')).inputs === inputs
}
