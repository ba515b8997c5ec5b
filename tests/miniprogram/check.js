const path = require('node:path')
const { compile } = require('./compile')
const { checkMarkup } = require('./markup')
const { checkPackage } = require('./package')
const { checkQuality } = require('./quality')

/** Everything that WeChat's own tools find in a program, in one line; throws at the first thing that they refuse. */
async function check(program) {
  checkMarkup(program)
  const files = await compile(program)
  const sizes = Object.entries(checkPackage(files)).map(([name, bytes]) => `${name} ${Math.ceil(bytes / 1024)} KB`)
  const looks = await checkQuality(program, files)
  return `miniprogram: WeChat's compilers accept it, ${looks} looks at its quality; ${sizes.join(', ')}`
}

/** miniprogram-ci keeps workers alive, so the process is ended by hand. */
function run() {
  check(path.join(__dirname, '../../miniprogram')).then(
    (line) => {
      console.log(line)
      process.exit(0)
    },
    (error) => {
      console.error(error.message ?? error)
      process.exit(1)
    }
  )
}

if (require.main === module) run()

module.exports = { check }
