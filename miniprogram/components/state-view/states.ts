import type { ViewState } from '../../api/loading'
import { formatLongWait } from '../../i18n/format'
import { fill, type Language, messages } from '../../i18n/index'

/** `name` is what the page is told when the button is pressed. */
export interface StateText {
  text: string
  button: string
  name: 'retry' | 'cancel' | 'back' | 'map' | 'choose' | 'home' | 'ok' | ''
}

function limitedText(seconds: number, lang: Language, now: number): string {
  const { state: t } = messages(lang)
  const time = formatLongWait(seconds, lang, now)
  return time ? fill(t.limitedUntil, { time }) : fill(t.limited, { seconds })
}

/** `now` is when the state began, in milliseconds. */
export function describeState(state: ViewState, lang: Language, now: number): StateText {
  const { state: t } = messages(lang)
  switch (state.kind) {
    case 'none':
    case 'loading':
      return { text: '', button: '', name: '' }
    case 'slow':
      return { text: t.slow, button: t.cancel, name: 'cancel' }
    case 'busy':
      return { text: fill(t.busy, { seconds: state.seconds }), button: t.retry, name: 'retry' }
    case 'limited':
      return { text: limitedText(state.seconds, lang, now), button: t.retry, name: 'retry' }
    case 'gone':
      return { text: t.gone, button: t.back, name: 'back' }
    case 'invalid':
      return { text: t.invalid, button: t.toMap, name: 'map' }
    case 'conflict':
      return { text: t.failed, button: t.retry, name: 'retry' }
    case 'denied':
      return { text: t.denied, button: t.chooseArea, name: 'choose' }
    case 'privacy':
      return { text: t.privacyRefused, button: t.ok, name: 'ok' }
    case 'outside': {
      const { here, home } = state
      return { text: fill(t.outside, { here, home }), button: fill(t.seeHome, { home }), name: 'home' }
    }
    default:
      return { text: t[state.kind], button: t.retry, name: 'retry' }
  }
}
