import type { ServiceMessages } from './services.zh'

export const services: ServiceMessages = {
  notices: {
    title: 'Rewards',
    none: 'The text of reward notices is not here yet. Tips are welcome without one.',
    coming:
      'Later this page lists the reward notices of the courts: what is wanted, who pays, how the reward is worked out, when it is not paid, and until when. By date, without photos.',
    todayTitle: 'What you can do today',
    today:
      'For rewards and tips, call or write to the court in charge. No name needed. Do not follow, lie in wait, film secretly, trespass or pretend to be someone else. Danger: call 110.',
    contact: 'Court contacts'
  },
  services: {
    title: 'Services',
    lead: 'For listed people and their relatives. Free, no sign-in.',
    selfCheck: 'Check whether I am listed',
    performed: 'I have performed',
    wrong: 'Wrong, or should not be listed',
    died: 'A relative has died',
    follow: 'Follow a request',
    codes: 'My codes',
    courts: 'Court contacts',
    words: 'What the words mean',
    about: 'About and privacy',
    language: 'Language 语言',
    clear: 'Clear this phone',
    clearAsk:
      'This clears everything kept on this phone: areas and organisations seen, the last map position, the language, the random mark that counts names, codes you chose to keep, the numbers of court keys. Nothing else is kept. A code saved nowhere else cannot be recovered.',
    clearDo: 'Clear',
    cleared: 'Cleared',
    clearFailed: 'Not cleared, please try again',
    chinese: '中文',
    english: 'English',
    selfGroup: 'For you and your relatives',
    followGroup: 'Already sent',
    helpGroup: 'Help and settings'
  },
  today: {
    now: 'What you can do today',
    notOpen: 'Not open online yet at this court. Call {phone}{post}; you can copy this blank form.',
    orPost: ' or post to {address}',
    notOpenAny:
      'Not open online yet. Call the court in charge (12368 if you do not know its number) or write to it; you can copy this blank form.',
    form: 'Blank form',
    copyForm: 'Copy the form',
    copied: 'Form copied; paste it anywhere to fill it in',
    whichCourt: "Find the court's number",
    whichCourtWhy: 'The court in charge is named in the listing under "Court and case".',
    prepare: 'Have ready'
  },
  courts: {
    title: 'Court contacts',
    label: 'Find a court by name',
    hint: 'Name in Chinese, e.g. 裕华',
    find: 'Find',
    byArea: 'By area',
    inArea: 'Area: {area}',
    anyArea: 'Any area',
    none: "No such court. Try another name, or call 12368 (the courts' national line).",
    phone: 'Phone: {phone}',
    noPhone: "No phone on record; call 12368 (the courts' national line)",
    address: 'Address: {address}',
    noAddress: 'No address on record',
    call: 'Call',
    callNumber: 'Call {phone}',
    copyAddress: 'Copy address',
    area: 'Area: {area}',
    listOfArea: 'List of {area}',
    courtTitle: 'Court',
    onlineOpen: 'Online: open; file under "Services"',
    online: 'Online: not open yet; please call or write',
    openCourt: 'Phone and address of {court}'
  }
}
