/** A resident's ID number, read and reduced on the phone: the whole of it never goes further than here. */

/** What is wrong with it, by the key of the sentence that says so. */
export type NumberProblem = 'empty' | 'old' | 'form' | 'date' | 'check'
export type ReadNumber = { mask: string } | { problem: NumberProblem }

/** GB 11643: ISO 7064 MOD 11-2. */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const CHECKS = '10X98765432'

/** Half-width capitals without blanks and dashes, as people copy or type it. */
function tidy(text: string): string {
  const half = text.replace(/[！-～]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
  return half.replace(/[\s-]+/g, '').toUpperCase()
}

function isDate(digits: string): boolean {
  const [year, month, day] = [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6)].map(Number) as [
    number,
    number,
    number
  ]
  const date = new Date(Date.UTC(year, month - 1, day))
  return year >= 1900 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

function checkOf(number: string): string | undefined {
  const sum = WEIGHTS.reduce((total, weight, place) => total + weight * Number(number[place]), 0)
  return CHECKS[sum % 11]
}

/** The official mask form, month and day hidden: first ten, four stars, last four. */
export function readNumber(text: string): ReadNumber {
  const number = tidy(text)
  if (number === '') return { problem: 'empty' }
  if (/^\d{15}$/.test(number)) return { problem: 'old' }
  if (!/^\d{17}[\dX]$/.test(number)) return { problem: 'form' }
  if (!isDate(number.slice(6, 14))) return { problem: 'date' }
  if (checkOf(number) !== number[17]) return { problem: 'check' }
  return { mask: `${number.slice(0, 10)}****${number.slice(14)}` }
}
