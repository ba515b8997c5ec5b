import { domId, fire } from '../wx_node'
import { type Builtin, formValue } from './builtin'

/** Values of the named fields in `form`, under their WXML names. */
function values(form: Element): Record<string, unknown> {
  const named = form.querySelectorAll<HTMLElement>('[data-name]')
  return Object.fromEntries([...named].map((element) => [element.dataset.name, formValue(element)]))
}

export const form: Builtin = {
  html: 'form',
  start: (element) => {
    ;(element as HTMLFormElement).noValidate = true
    element.addEventListener('submit', (event) => {
      event.preventDefault()
      fire(element, 'submit', { value: values(element) })
    })
    element.addEventListener('reset', () => fire(element, 'reset', {}))
  }
}

export const label: Builtin = {
  html: 'label',
  set: {
    for: (element: HTMLLabelElement, value) => {
      element.htmlFor = value ? domId(element, String(value)) : ''
    }
  }
}
