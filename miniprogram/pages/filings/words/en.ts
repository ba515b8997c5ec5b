import { follow } from './follow.en'
import { tips } from './tips.en'
import type { FilingWords } from './zh'

export const en: FilingWords = {
  tip: tips,
  follow,
  common: {
    leave: 'Leave',
    leaveNote: 'Leaving clears this. "Leave" opens the map.',
    next: 'Check and send',
    copy: 'Copy',
    code: 'Code',
    cleared: 'The content was cleared and is kept nowhere. Please start again.',
    again: 'Start again'
  },
  doors: {
    performed: {
      title: 'I have performed',
      lead: 'Tell the court and ask for deletion',
      before: [
        "Free, no lawyer needed, about 5 minutes. Text and photos are sealed on your phone before they leave it; only this court's officers can read them.",
        'Paying the creditor does not by itself tell the court; attach proof.'
      ],
      statement: 'Anything to add (optional)',
      example: 'For example: paid in full, the creditor signed a receipt.'
    },
    wrong: {
      title: 'Wrong, or should not be listed',
      lead: 'Ask the court to correct it',
      before: [
        'Free, no lawyer needed, about 5 minutes. The court reviews within 15 days; if you are right it acts within 3 working days; if not, it gives reasons and you have 10 days to ask the next higher court.',
        "Text and photos are sealed on your phone before they leave it; only this court's officers can read them."
      ],
      statement: 'Facts and reasons',
      example: 'What is wrong, and how one can see it.'
    },
    died: {
      title: 'A relative has died',
      lead: 'We are sorry for your loss.',
      before: [
        'After a death, enforcement is stayed or the court must rule; being a child does not make you a debtor: heirs answer only within what they inherit, and only by a court ruling.',
        "Your own ID number is not needed. Proof may follow later. All is sealed on your phone before it leaves it; only this court's officers can read it."
      ],
      statement: '',
      example: ''
    }
  },
  promise: {
    noTerm: 'No term: the court must delete within 3 working days of confirming.',
    term: 'With a term: the court may decide to delete early.',
    died: 'Once confirmed the court stops publication first and decides after.'
  },
  subject: {
    which: 'Which listing',
    about: 'About: {name}',
    listing: '{court} · {number}',
    orSearch: 'If you can find the listing, it is quicker to start from its page.',
    search: 'Search',
    name: 'Who is listed (full name)',
    caseNumber: 'Case number (leave empty if unknown)',
    caseExample: 'e.g. (2099)冀9999执1号',
    court: 'Which court',
    courtHint: 'Name in Chinese: 裕华',
    findCourt: 'Find',
    noCourt: 'No court found. Try another name, or call 12368 (national court line).',
    chosenCourt: 'Court: {court}',
    otherCourt: 'Another court',
    demo: 'Demo data: every name, company and case number here is invented. Please enter nothing real.'
  },
  performed: {
    title: 'How it was performed',
    paidOn: 'On which day',
    chooseDay: 'Choose a day',
    amount: 'Amount (yuan), or what was done',
    how: 'How it was paid',
    hows: [
      { value: 'transfer', text: 'Bank transfer' },
      { value: 'court', text: 'To the court' },
      { value: 'creditor', text: 'To the creditor' },
      { value: 'other', text: 'Other' }
    ]
  },
  wrong: {
    claim: 'What is wrong',
    claims: [
      {
        value: 'should-not-be-listed',
        text: 'Should not have been listed (for example: it is not me, I am not able to perform, I am a minor, enough property is seized)'
      },
      { value: 'details-wrong', text: 'Details are wrong' },
      { value: 'should-be-deleted', text: 'Should have been removed' }
    ],
    by: 'Who you are',
    bys: [
      { value: 'self', text: 'The listed person' },
      { value: 'representative', text: 'A representative' },
      { value: 'relative', text: 'A near relative of a deceased person' }
    ]
  },
  died: {
    title: 'About your relative',
    relation: 'Your relationship',
    relationExample: 'e.g. daughter',
    diedOn: 'Date of death'
  },
  photos: {
    title: 'Proof (photos, optional)',
    performed: 'Transfer slip, receipt or settlement. Not required, but faster.',
    wrong: 'Anything that helps to show it.',
    died: 'Death certificate, household deregistration or funeral certificate: one is enough and may follow later.',
    redrawn:
      'Photos are first redrawn on the phone, which removes hidden data (place, phone model and the like). At most {n}.',
    add: 'Add photos',
    adding: 'Redrawing…',
    remove: 'Remove photo {n}',
    label: 'Photo {n}',
    failed: 'A photo could not be read and was not added.',
    denied: 'You can send without photos.',
    goOn: 'Continue'
  },
  contact: {
    title: 'How to reach you',
    label: 'Phone or address (only the court can read it)'
  },
  counter: {
    count: '{n}/1000 characters · {bytes} bytes left in the seal (a Chinese character takes 3)',
    tooLong: '{n} characters too many; please shorten it.',
    tooBig: '{bytes} bytes too many for the seal (a Chinese character takes 3); shorten it or remove photos.'
  },
  missing: {
    name: 'Please enter who is listed.',
    court: 'Please choose the court first.',
    listing: 'Please choose the listing.',
    paidOn: 'Please choose the day of performance.',
    amount: 'Please enter the amount, or what was done.',
    how: 'Please choose how it was paid.',
    claim: 'Please choose what is wrong.',
    by: 'Please choose who you are.',
    text: 'Please write facts and reasons.',
    relation: 'Please enter your relationship.',
    diedOn: 'Please choose the date of death.',
    contact: 'Please enter how to reach you.'
  },
  check: {
    title: 'Check and send',
    to: 'To: {court}',
    codeTitle: 'Your code',
    codeNote: 'Note it before sending. It shows progress and answers; if lost, not even the court can recover it.',
    send: 'Seal and send',
    sendAgain: 'Send again',
    sealing: 'Sealing…',
    proving: 'Preparing to send, a few seconds…',
    sending: 'Sending…',
    unconfirmed: 'Not confirmed. Pressing again will not send twice.',
    offline: 'No connection; not confirmed. Pressing again will not send twice.',
    busy: 'The service is busy; not confirmed. Press again in {seconds} s; it will not send twice.',
    busyUntil: 'Too much was sent from here; not confirmed. Press again after {time}; it will not send twice.',
    refused:
      'The court did not take it (perhaps its key has just changed). Press again; if it still fails, call the court.',
    badCertificate:
      'The receipt does not check out, so this does not count as delivered. Pressing again will not send twice; if it still fails, call the court.',
    noRandom:
      'This phone gives no reliable random numbers and cannot seal, so nothing was sent. Use another phone, or call the court.',
    noKey: "This court's key does not check out now, so nothing was sent. Please call the court.",
    change: 'Go back to change something.',
    changedTitle: 'This becomes another request',
    changed:
      'The earlier one may have been delivered; its code is {code}. Changed, it is sent as another request with a new code.',
    changedDo: 'Send new',
    changedNot: 'Keep it'
  },
  summary: {
    about: 'About',
    caseNumber: 'Case number',
    paidOn: 'Performed on',
    amount: 'Amount or matter',
    how: 'How',
    claim: 'What is wrong',
    by: 'Asked by',
    relation: 'Relationship',
    diedOn: 'Date of death',
    text: 'Statement',
    photos: 'Photos',
    photoCount: '{n}',
    contact: 'Contact'
  },
  receipt: {
    title: 'Delivered',
    line: 'No. {number} · {court} · {hour}',
    hour: '{day}, {hour}:00',
    only: 'Your code (the only key; it cannot be recovered)',
    wroteDown: 'I wrote it down',
    savePicture: 'Save as picture…',
    pictureWarning:
      'It goes to your album and perhaps the cloud. Relatives may see it. The picture shows only "code" and the characters.',
    pictureDo: 'Save',
    pictureSaved: 'Picture saved',
    pictureFailed: 'Not saved. You can copy it or write it down.',
    tick: 'I have saved it and know that nobody can recover it',
    done: 'Done',
    cleared:
      'This page was cleared. What was delivered stays with the court; a code that was saved nowhere else cannot be recovered, not even by the court.',
    toServices: 'Services',
    notSaved: 'You have not saved your code',
    keep: 'Keep on this phone',
    keepNote:
      'Off unless you choose it. "My codes" then shows only "Code {start}… · {month}", no name, court or subject. Whoever holds this phone can read the answers with it.',
    notKept: 'This phone has no room left: the code is not kept here. Save it elsewhere, then tap "Done".',
    next: 'What happens next',
    steps: {
      performed:
        'The court checks and answers within 15 days. See answers and progress with the code under "Follow a request".',
      wrong:
        'The court reviews and answers within 15 days. See answers and progress with the code under "Follow a request".',
      died: 'Once confirmed the court stops publication first and decides after. See answers and progress with the code under "Follow a request".'
    },
    certificate: 'Filing certificate',
    certificateNote: 'Proves that a request was delivered: number, court, hour and signature, without the code.',
    certificateCopy: 'Copy certificate',
    certificatePicture: 'Certificate as picture',
    certificateLines: {
      number: 'Number',
      court: 'Court',
      hour: 'Hour',
      signature: 'Signature',
      env: 'Fingerprint',
      head: 'Chain head'
    }
  },
  reminder: {
    title: 'WeChat reminder',
    offer: 'One WeChat reminder when there is an answer (no name, no content)',
    why: 'After you tap the button, WeChat asks whether you agree. For this one message we get the id that you have in this mini-program (neither your WeChat id nor your phone number), keep it sealed and delete it once sent.',
    ask: 'Remind me once',
    asked: 'WeChat will remind you once when the court has answered. You can also look with the code at any time.',
    takeBack: 'Cancel the reminder',
    declined: 'No reminder set. Come back with the code.',
    failed: 'It was not set. Try again, or come back with the code.',
    notTakenBack: 'Not cancelled; please try again'
  },
  codes: {
    title: 'My codes',
    none: 'No code is kept on this phone. After sending you may choose "Keep on this phone"; it is off by default.',
    row: 'Code {start}… · {month}',
    note: 'Only code and month are kept, no name, court or subject. Whoever asks you for money or a password because of a "code" is not the court.',
    follow: 'Follow',
    remove: 'Remove',
    removeAsk: 'This phone will no longer hold the code. If you saved it nowhere else, it cannot be recovered.',
    other: 'Enter another code'
  },
  closed: {
    title: 'Not open online yet at this court',
    text: 'Call {phone}{post}; the blank form is below.',
    orPost: ' or post the blank form to {address}',
    form: 'Blank form',
    copyForm: 'Copy the form',
    copied: 'Form copied; paste it anywhere to fill it in',
    savePicture: 'Save as picture to print',
    prepare: 'Have ready',
    notTrusted:
      "This court's key does not check out. So that nobody else can read what you write, nothing can be sent online now."
  }
}
