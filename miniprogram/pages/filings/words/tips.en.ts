import type { TipWords } from './tips.zh'

export const tips: TipWords = {
  title: 'Contact the court',
  before: {
    title: 'Before you start',
    lines: [
      'No name needed. We take no WeChat id or phone number and keep no network address.',
      "Text and photos are sealed on your phone before they leave it; only {court}'s officers can read them. Photos are first redrawn on the phone, which removes hidden data (place, phone model and the like)."
    ],
    beyondTitle: 'Beyond our control: ',
    beyond:
      'WeChat\'s "recent" list shows this program; screenshots stay on your phone; if few people know this, the content itself may point to you. More careful: open {address} in a browser.',
    rewardTitle: 'For a reward ',
    reward:
      'you give your identity only after the court finds the tip useful; one officer opens it. The creditor who pays is told what is necessary; it is kept from the debtor.',
    pleaseTitle: 'Do not ',
    please:
      'follow, lie in wait, film secretly, trespass, plant trackers or pretend to be someone else. Danger: call 110.',
    start: 'Start',
    resume: 'Continue'
  },
  closedText: 'Please call or write to the court; no name needed.',
  gone: "The content was cleared and is kept nowhere. To send a tip, come in again from a reward notice, a listing or the court's page.",
  toMap: 'Open the map',
  step: 'Step {n} of 6',
  stepOfCheck: 'Step 6 of 6',
  unsaid: 'Not said',
  back: 'Back',
  next: 'Next',
  steps: ['About whom', 'What do you know', 'Place (optional)', 'Photos (optional)', 'Who you are', 'Check and send'],
  aboutPage: 'About: {name}',
  aboutNotice: 'Whoever this reward notice is about',
  aboutCourt: 'To: {court}',
  aboutName: 'About whom: name of the person or body (leave empty if unknown)',
  which: 'Which listing',
  optionReward: '{text} (reward)',
  rewarded:
    "There is a reward in this case: if the tip is useful and meets the notice's condition, it is paid as the notice says.",
  unrewarded: 'No reward in this case',
  kind: 'Kind of tip',
  kinds: [
    { value: 'vehicle', text: 'Vehicle' },
    { value: 'real_estate', text: 'Property' },
    { value: 'money', text: 'Money, income' },
    { value: 'share', text: 'Company share' },
    { value: 'whereabouts', text: 'Whereabouts' },
    { value: 'spending_violation', text: 'Luxury spending' },
    { value: 'other', text: 'Other' }
  ],
  whens: [
    { value: 'today', text: 'Today' },
    { value: 'this_week', text: 'This week' },
    { value: 'earlier', text: 'Earlier' },
    { value: 'often', text: 'Often' }
  ],
  labels: {
    about: 'About',
    caseNumber: 'Case number (leave empty if unknown)',
    kind: 'Kind of tip',
    plate: 'Plate',
    make: 'Make, colour',
    holder: 'In whose name (leave empty if unknown)',
    bank: 'Which bank, platform or employer',
    company: 'Which company',
    what: 'What spending',
    where: 'Where',
    when: 'When',
    how: 'How you know (optional; detail may give you away)',
    text: 'Anything to add',
    areaName: 'Area',
    contact: 'Who you are'
  },
  whereOf: {
    vehicle: 'Where you saw it',
    real_estate: 'Where it is',
    whereabouts: 'Where',
    spending_violation: 'Where',
    other: 'Where'
  },
  textExample: 'For example: how much, what it looks like, how it can be found.',
  placeWhy: 'Mark where the property is, not where you are',
  placeNoRequest:
    'While you write, the phone asks nobody for a map: there is the outline only, no streets. Write the exact place in step 2.',
  area: 'Choose an area',
  areaNone: 'Not said',
  sketch: 'Or tap the outline (to some hundred metres)',
  sketchLabel: 'Outline of {area}: tap to mark roughly where the property is',
  outside: 'This is not inside {area}, so it was not marked. Choose an area, or write the place in step 2.',
  point: 'Marked place',
  pointText: '{lon}° E, {lat}° N',
  removePoint: 'Remove the mark',
  north: 'N',
  scale: '{n} km',
  photosWhy: 'Mind reflections, the view from a window, and where you stood.',
  anonymous: 'Anonymous',
  leaveContact: 'Leave contact (sealed)',
  anonymousWhy: 'Anonymous, you can still follow it, exchange messages and claim a reward with the code.',
  contactLabel: 'Contact (sealed, only the court can read it)',
  missing: {
    option: 'Please choose the listing.',
    kind: 'Please choose the kind of tip.',
    text: 'Please write at least one thing you know.',
    contact: 'Please enter a contact, or choose anonymous.'
  },
  nextSteps:
    'Usually checked within 7 days (urgent 3). We cannot contact you; come back with the code: "Follow a request" under Services.',
  certificateNote: 'Proves that something was delivered: number, court, hour and signature, without the code.',
  certificateWarning:
    'It goes to your album and perhaps the cloud. Relatives may see it. The picture shows court and hour, neither code nor content.',
  states: {
    received: 'Received',
    checking: 'Being checked',
    useful: 'Useful',
    not_used: 'Not used: {reason}',
    rewarded: 'Reward decided',
    claimable: 'Ready to claim',
    closed: 'Closed'
  },
  reasons: {
    known: 'already known',
    unconfirmed: 'could not be confirmed',
    unrelated: 'not about this case',
    earlier: 'the same tip came earlier'
  },
  nexts: {
    received: 'Usually checked within 7 days (urgent 3). No need to send it again.',
    checking: 'The court is checking. If it needs more, it writes below.',
    useful:
      'The court found the tip useful. A claim that was received is decided by two officers; without a reward notice there is no reward.',
    not_used: 'This tip was not used, so there is no reward.',
    rewarded: "Two officers have decided the reward. It goes to the court's cashier next.",
    claimable: "The court's cashier has what is needed to pay. Ask there about payment, with the claim number.",
    closed: 'The case has ended; this tip is no longer worked on.'
  },
  nextClaim: 'The court found the tip useful. To get the reward, claim it before the contents are destroyed.',
  message: 'A message from the court',
  claim: {
    open: 'Claim the reward',
    who: 'A claim needs your identity. Name, document and account are sealed on your phone; only the officer for rewards opens them, and that officer cannot read the tip.',
    told: 'The creditor who pays is told what is necessary; it is kept from the debtor. The cashier sees payee, account and amount only.',
    name: 'Name',
    id: 'Number of your identity document',
    account: 'Account to pay to: bank and number',
    ownAccount:
      'Use an account in your own name. The court never asks for a password or a code, nor for money in advance.',
    missing: {
      name: 'Please enter your name.',
      id: 'Please enter the document number.',
      account: 'Please enter bank and account number.'
    },
    checkId: 'The check digit of the ID number is wrong; please compare. Other documents may be entered as they are.',
    tooLong: 'Too long; please shorten it.',
    send: 'Seal and claim',
    sending: 'Sealing and sending…',
    unconfirmed: 'Not confirmed. Pressing again will not send twice.',
    changed: 'The earlier one may have arrived: if so it counts, and changes are not taken.',
    noKey: "This court's key for rewards does not check out now, so nothing was sent. Please call the court.",
    refused:
      'The court did not take it (perhaps its key has just changed). Press again; if it still fails, call the court.',
    taken: 'The court already has a claim for this tip; that one counts. What you entered now was not taken.',
    done: 'Claim delivered',
    number: 'Claim No. {n}',
    numberNote: 'Note it. Use it to ask the cashier about payment; do not show your code.',
    finish: 'Done'
  }
}
