const { wxmlToJs, wxssToJs } = require('miniprogram-compiler')

/** Run WeChat's own wcc and wcsc: miniprogram-ci lets broken WXML and WXSS pass. */
function checkMarkup(program) {
  wxmlToJs(program)
  try {
    wxssToJs(program)
  } catch (error) {
    throw new Error(`wcsc refuses a WXSS file, without saying which: ${error.message}`)
  }
}

module.exports = { checkMarkup }
