/** Where a tip stands, in the words of its own. */
import type { TipStatus } from '../../../api/tips'
import { fill, type Language } from '../../../i18n/index'
import { words } from '../words/index'
import { common, type Opening, type StatusView } from './view'

/** What follows is the court's work, not the sender's: no dates to answer by, and nothing to remove. */
export function toTipView(status: TipStatus, opening: Opening, lang: Language): StatusView {
  const t = words(lang).tip
  const { state, messages, claim } = status
  const shared = common(status, opening, lang)
  return {
    ...shared,
    heading: messages.length > 0 ? t.message : words(lang).follow.messages,
    state: stateText(status, lang),
    next: status.can_claim ? t.nextClaim : t.nexts[state],
    claim: claim === null ? '' : fill(t.claim.number, { n: claim }),
    answerBy: '',
    late: '',
    review: '',
    stopped: '',
    removalCode: '',
    removal: '',
    canWrite: shared.canWrite && state !== 'closed',
    canClaim: opening.canWrite && status.can_claim
  }
}

/** A closed one says how it was decided, too. */
function stateText({ state, outcome, reason }: TipStatus, lang: Language): string {
  const t = words(lang).tip
  const told = (one: TipStatus['state']) => fill(t.states[one], { reason: reason ? t.reasons[reason] : '' })
  return state === 'closed' && outcome ? `${told(state)} · ${told(outcome)}` : told(state)
}
