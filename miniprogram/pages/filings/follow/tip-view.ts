/** Where a tip stands, in the words of its own. */
import type { TipStatus } from '../../../api/tips'
import { fill, type Language } from '../../../i18n/index'
import { words } from '../words/index'
import { common, type Opening, type StatusView } from './view'

/** What follows is the court's work, not the sender's: no dates to answer by, and nothing to remove. */
export function toTipView(status: TipStatus, opening: Opening, lang: Language): StatusView {
  const t = words(lang).tip
  const { state, reason, messages } = status
  return {
    ...common(status, opening, lang),
    heading: messages.length > 0 ? t.message : words(lang).follow.messages,
    state: fill(t.states[state], { reason: reason ? t.reasons[reason] : '' }),
    next: t.nexts[state],
    answerBy: '',
    late: '',
    stopped: '',
    removalCode: '',
    removal: '',
    canWrite: opening.canWrite && state !== 'closed',
    canClaim: opening.canWrite && state === 'claimable'
  }
}
