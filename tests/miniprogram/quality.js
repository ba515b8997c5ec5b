const fs = require('node:fs')
const path = require('node:path')
const ci = require('miniprogram-ci')
const { withProject, write } = require('./compile')

/** What may be said all the same. The API's modules stand together in `api/`, those for one subpackage too. */
const EXCUSED = {
  CONTAINS_OTHER_PKG_JS: ({ size, files }) => size < 8 * 1024 && files.every((file) => file.startsWith('api/'))
}

/**
 * miniprogram-ci's own look at the code (size, unused code, compression, lazy loading), at the package as it would be
 * uploaded: of a project folder it counts what is left out, too.
 *
 * Returns how many looks it took.
 */
async function checkQuality(program, files) {
  const root = write(files)
  try {
    fs.copyFileSync(path.join(program, 'project.config.json'), path.join(root, 'project.config.json'))
    const items = await withProject(root, (project) => ci.checkCodeQuality(project))
    const failed = items.filter(({ name, success, detail }) => !success && !EXCUSED[name]?.(detail))
    if (failed.length > 0) throw new Error(`miniprogram-ci's code quality: ${JSON.stringify(failed, null, 1)}`)
    return items.length
  } finally {
    fs.rmSync(root, { recursive: true, force: true })
  }
}

module.exports = { checkQuality }
