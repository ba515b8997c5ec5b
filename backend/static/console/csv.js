/** Tables as files that spreadsheets open, made in the browser: what was opened here goes to no server. */

/** Begins what a spreadsheet takes for a formula, also after spaces and in its full-width form. */
const FORMULA = /^\s*[=+\-@＝＋－＠\t\r\n|%]/u
const NUMBER = /^-?\d{1,15}(\.\d{1,6})?$/
/** Identity and account numbers, which a spreadsheet would round. */
const LONG_DIGITS = /^\d{12,}$/

/** @param {string | number | null | undefined} value */
function cell(value) {
  const text = String(value ?? '')
  const safe = typeof value === 'number' && NUMBER.test(text)
  const plain = !safe && (FORMULA.test(text) || LONG_DIGITS.test(text) || /^0\d/.test(text)) ? `\t${text}` : text
  return /[",\r\n\t]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}

/**
 * RFC 4180, with a mark of its encoding, or spreadsheets spoil Chinese names. Formulas are marked as text by a tab.
 *
 * @param {(string | number | null | undefined)[][]} rows
 */
export function toCsv(rows) {
  return `\ufeff${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`
}

/** Hands a table to the officer as a file. @param {string} name @param {Parameters<typeof toCsv>[0]} rows */
export function saveCsv(name, rows) {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([toCsv(rows)], { type: 'text/csv' }))
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
