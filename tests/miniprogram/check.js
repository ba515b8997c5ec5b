const path = require('node:path')
const { compile } = require('./compile')
const { checkMarkup } = require('./markup')
const { checkPackage } = require('./package')
const { checkQuality } = require('./quality')

/** The program to check; another folder may be named, to see that a broken one fails. */
const program = path.resolve(process.argv[2] ?? path.join(__dirname, '../../miniprogram'))

async function main() {
  checkMarkup(program)
  const files = await compile(program)
  const sizes = Object.entries(checkPackage(files)).map(([name, bytes]) => `${name} ${Math.ceil(bytes / 1024)} KB`)
  const looks = await checkQuality(program, files)
  console.log(`miniprogram: WeChat's compilers accept it, ${looks} looks at its quality; ${sizes.join(', ')}`)
}

// miniprogram-ci keeps workers alive, so the process is ended by hand.
main().then(
  () => process.exit(0),
  (error) => {
    console.error(error.message ?? error)
    process.exit(1)
  }
)
