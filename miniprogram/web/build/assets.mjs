import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { root } from './project.mjs'

const IMAGE = /\.(png|jpe?g|gif|svg|webp)$/
const NOT_THE_PROGRAM = new Set(['node_modules', 'web'])

export function contentHash(content) {
  return createHash('sha256').update(content).digest('hex').slice(0, 10)
}

/** All files below `folder`, as paths from `root`, in a stable order. */
export function listFiles(folder = '', skipped = NOT_THE_PROGRAM) {
  const entries = fs.readdirSync(path.join(root, folder), { withFileTypes: true })
  return entries
    .filter(({ name }) => !name.startsWith('.') && !(folder === '' && skipped.has(name)))
    .flatMap((entry) => {
      const file = path.posix.join(folder, entry.name)
      return entry.isDirectory() ? listFiles(file, skipped) : [file]
    })
    .sort()
}

/** Write `content` under a name that changes with it, so that it may be cached for ever; returns its URL. */
export function writeHashed(outputFolder, name, content) {
  const { name: stem, ext } = path.parse(name)
  const hashed = `${stem}.${contentHash(content)}${ext}`
  fs.writeFileSync(path.join(outputFolder, hashed), content)
  return `/assets/${hashed}`
}

/** Copy the program's images; returns `{'/assets/pin.png': '/assets/pin.0f3c….png'}`. */
export function copyImages(outputFolder) {
  const images = listFiles().filter((file) => IMAGE.test(file))
  return Object.fromEntries(
    images.map((file) => {
      const content = fs.readFileSync(path.join(root, file))
      return [`/${file}`, writeHashed(outputFolder, path.basename(file), content)]
    })
  )
}
