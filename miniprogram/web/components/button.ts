import type { Builtin } from './builtin'

const FORM_TYPES = new Set(['submit', 'reset'])

export const button: Builtin = {
  html: 'button',
  start: (element) => {
    ;(element as HTMLButtonElement).type = 'button'
  },
  set: {
    type: (element: HTMLButtonElement, value) => {
      element.dataset.type = String(value ?? '')
    },
    size: (element: HTMLButtonElement, value) => {
      element.dataset.size = String(value ?? '')
    },
    plain: (element: HTMLButtonElement, value) => element.toggleAttribute('data-plain', Boolean(value)),
    disabled: (element: HTMLButtonElement, value) => {
      element.disabled = Boolean(value)
    },
    loading: (element: HTMLButtonElement, value) => element.toggleAttribute('data-loading', Boolean(value)),
    'form-type': (element: HTMLButtonElement, value) => {
      element.type = FORM_TYPES.has(value) ? value : 'button'
    },
    // WeChat's own sheets (share, contact) do not exist in a browser
    'open-type': (element: HTMLButtonElement, value) => {
      element.hidden = value === 'share' || value === 'contact'
    }
  }
}
