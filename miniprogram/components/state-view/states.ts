import type { ViewState } from '../../api/loading'
import { fill, type Messages } from '../../i18n/index'

/** `name` is what the page is told when the button is pressed. */
export interface StateText {
  text: string
  button: string
  name: 'retry' | 'cancel' | 'back' | 'map' | 'choose' | 'home' | 'ok' | ''
}

export function describeState(state: ViewState, { state: t }: Messages): StateText {
  switch (state.kind) {
    case 'none':
    case 'loading':
      return { text: '', button: '', name: '' }
    case 'slow':
      return { text: t.slow, button: t.cancel, name: 'cancel' }
    case 'busy':
    case 'limited':
      return { text: fill(t[state.kind], { seconds: state.seconds }), button: t.retry, name: 'retry' }
    case 'gone':
      return { text: t.gone, button: t.back, name: 'back' }
    case 'invalid':
      return { text: t.invalid, button: t.toMap, name: 'map' }
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
