const { generateKeyPairSync } = require('node:crypto')
const fs = require('node:fs')
const os = require('node:os')
const path = require('node:path')
const ci = require('miniprogram-ci')

/** The compiler wants the form of a real appid; nothing is uploaded. */
const ANY_APPID = 'wx0000000000000000'

/** Nothing listens here: the look-ups that miniprogram-ci tries at Tencent's server fail at once, everywhere alike. */
ci.proxy('http://127.0.0.1:9')

/** Compiling offline needs no right key, only a key. */
function writeKey(folder) {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' }
  })
  const file = path.join(folder, 'key.pem')
  fs.writeFileSync(file, privateKey)
  return file
}

/** What DevTools leaves out by project.config.json, as globs for miniprogram-ci. */
function ignoredFiles(program) {
  const config = JSON.parse(fs.readFileSync(path.join(program, 'project.config.json'), 'utf8'))
  return config.packOptions.ignore.map(({ type, value }) => (type === 'folder' ? `${value}/**/*` : value))
}

function createProject(program, privateKeyPath) {
  const project = new ci.Project({
    appid: ANY_APPID,
    type: 'miniProgram',
    projectPath: program,
    privateKeyPath,
    ignores: ignoredFiles(program)
  })
  // The one question it would ask Tencent's server: limits and rights of the appid.
  project.attr = async () => ci.DefaultProjectAttr
  return project
}

/** Does something with the project, in a folder where it may leave what it likes. */
async function withProject(program, work) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'miniprogram-'))
  process.chdir(folder) // it leaves empty folders where it is run
  try {
    return await work(createProject(program, writeKey(folder)))
  } finally {
    fs.rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * Compile as WeChat's upload does: TypeScript, JSON schemas, missing pages and components, privacy declarations.
 *
 * Returns the package: path to content.
 */
function compile(program) {
  const setting = { useProjectConfig: true, es6: true, minify: true, minifyWXML: true, minifyWXSS: true }
  return withProject(program, (project) =>
    ci.getCompiledResult({ project, version: '1.0.0', desc: 'check', setting })
  )
}

/** Writes a compiled package, or a changed one, into a new folder. */
function write(files, change = (_name, content) => content) {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'miniprogram-package-'))
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(root, name)
    fs.mkdirSync(path.dirname(file), { recursive: true })
    fs.writeFileSync(file, change(name, content))
  }
  return root
}

module.exports = { compile, withProject, write }
