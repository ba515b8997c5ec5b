import type { SelfCheckMessages } from './self-check.zh'

export const selfCheck: SelfCheckMessages = {
  selfCheck: {
    title: 'Check whether I am listed',
    choice: 'Check by ID number whether it is me',
    before:
      'Needs your ID number and name. On your phone the number is reduced to the form used in published files (month and day hidden); the full number is never sent or kept.',
    relative:
      'You may check for a near relative who has died, such as a parent or spouse: enter their number and name.',
    court: 'Court',
    otherCourt: 'Another court',
    pick: 'Choose the court to check with',
    coverage: 'Listings that can be checked by ID: {comparable} of {of} ({court})',
    nothingToCompare:
      "The court's file has no numbers to compare, so this cannot work here; search by name or call the court.",
    nobodyListed: '{court} lists no people at present.',
    noData: '{court} has not loaded a list yet, so this cannot work here; please call the court.',
    noCourts: "There is no court to choose here yet. Look in another area, or call 12368 (the courts' national line).",
    number: 'ID number (18 characters)',
    name: 'Name',
    check: 'Check',
    working: 'Checking, about 3 seconds…',
    problems: {
      empty: 'Please enter the ID number.',
      old: 'This is an old number of 15 digits. Published files use 18: see the household register or a newer card. If you have no 18-character number, call the court.',
      form: 'An ID number has 18 characters: 17 digits, then a digit or X. Please check it.',
      date: 'The birth date in the number does not exist; please check characters 7 to 14.',
      check: 'The last character does not fit the others; one of them may be mistyped. Please check it.'
    },
    noName: 'Please enter the name as on the ID card.',
    found: 'You have {n} listings',
    foundOne: 'You have {n} listing',
    notFound: 'Not found among the {comparable} listings that can be compared.',
    uncompared: 'Another {n} cannot.',
    noCertificate: 'This is not a certificate of "no cases".',
    waysOn: 'Other ways to check',
    again: 'Check again',
    whatNow: 'What you can do next',
    ownPage: 'Open the page of this listing'
  }
}
