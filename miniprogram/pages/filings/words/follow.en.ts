import type { FollowWords } from './follow.zh'

export const follow: FollowWords = {
  title: 'Follow a request',
  label: 'Code',
  hint: '25 letters and digits; hyphens may be left out',
  find: 'Look',
  mistyped: 'The code is mistyped: compare each character (I, L, O, U are not used), 25 in all.',
  unknown: 'No such code; letters I, L, O, U are not used.',
  line: 'No. {number} · {court} · received {hour}',
  states: {
    received: 'Received',
    checking: 'Being reviewed',
    decided: 'Decided',
    acted: 'Acted upon',
    destroyed: 'Destroyed for good'
  },
  outcomes: { founded: 'Founded', founded_in_part: 'Partly founded', not_founded: 'Not founded' },
  answerBy: 'The court answers by {date}.',
  answerPassed: 'The date for an answer ({date}) has passed. You can call the court.',
  nextTitle: 'What happens next',
  next: {
    received: 'The court checks the material first. No need to file again.',
    checking: 'The court is reviewing. If it needs more, it writes below.',
    founded: 'The court must put it right within 3 working days.',
    founded_in_part: 'The court must put right what is founded within 3 working days; see its answer for the rest.',
    not_founded:
      'See the reasons in the answer. Within 10 days of receiving it you may ask the next higher court for review; nothing is suspended meanwhile.',
    reversed: 'The court that decided must do so within 3 working days.',
    acted: 'The listing was corrected or its publication stopped as decided.',
    destroyed: 'This request is finished and its contents are destroyed; only number and state remain.'
  },
  review: {
    title: 'Review by the next higher court',
    states: {
      open: 'Under review',
      upheld: 'Confirmed on review',
      reversed: 'Reversed on review',
      withdrawn: 'Review taken back'
    },
    open: 'Review asked for on {asked}; it is decided by {due}. Nothing is suspended meanwhile.',
    late: 'Review asked for on {asked}; the date to decide it ({due}) has passed. You can ask the next higher court or this court.',
    upheld:
      'Review asked for on {asked}. On {decided} the decision was confirmed; the reasons are in the ruling served.',
    reversed:
      'Review asked for on {asked}. On {decided} the decision was reversed: {act}. The reasons are in the ruling served.',
    withdrawn: 'The review asked for on {asked} was taken back on {decided}; the decision stands.',
    acts: {
      withdraw: 'the listing is to be withdrawn',
      correct: 'the details are to be corrected',
      delete: 'the listing is to be deleted'
    }
  },
  messages: "The court's answers",
  noMessages: 'No answer yet.',
  message: 'No. {n}',
  unopened: "No. {n} cannot be opened: it was not written with this court's present key. Call the court to check.",
  missing: 'No. {n} is missing; please ask the court by phone.',
  repeated: 'No. {n} arrived more than once.',
  noKey: "The court's key does not check out now; messages cannot be opened or written. Please call the court.",
  write: 'Write to the court again',
  writeLabel: 'What to add (sealed before it is sent)',
  send: 'Seal and send',
  sent: 'Sent',
  notSent: 'Not confirmed. Pressing again will not send twice.',
  full: 'No more messages are taken here; call or write to the court.',
  empty: 'Please write something first.',
  ended: 'After publication stops',
  stopped: 'Publication stopped on {time}; map, search and feeds followed within a minute.',
  endedText: 'Copies on other sites are not under our control; show them this notice.',
  removalCode: 'Verify code of the removal notice: {code}',
  removalOpen: 'Open the removal notice (to print)',
  removalCopy: "Copy the notice's address (to print)",
  destroyed: 'Destroyed for good on {date}.',
  privacy: 'The code is used on this page only and not kept. Leaving clears it.'
}
