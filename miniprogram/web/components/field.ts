import { fire, type WxElement } from '../wx_node'
import { type Builtin, readAs, type Setter, setName } from './builtin'

type Field = HTMLInputElement | HTMLTextAreaElement

const INPUT_MODES: Record<string, string> = { number: 'numeric', digit: 'decimal' }

/** WeChat's limit where the page names none. */
const DEFAULT_MAXLENGTH = 140

/** What is being typed with an input method reaches the page when it is chosen, as on a phone. */
function listenForInput(field: Field): void {
  const tell = () => fire(field, 'input', { value: field.value, cursor: field.selectionEnd ?? field.value.length })
  field.addEventListener('input', (event) => {
    if (!(event as InputEvent).isComposing) tell()
  })
  field.addEventListener('compositionend', tell)
}

function start(element: WxElement): void {
  const field = element as Field
  field.autocomplete = 'off'
  field.maxLength = DEFAULT_MAXLENGTH
  listenForInput(field)
  field.addEventListener('focus', () => fire(field, 'focus', { value: field.value, height: 0 }))
  field.addEventListener('blur', () => fire(field, 'blur', { value: field.value }))
  readAs(field, () => field.value)
}

/** Enter confirms; without a listener for it the browser submits the form, as people expect on the web. */
function listenForConfirm(input: HTMLInputElement): void {
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.isComposing || input.dataset.confirm === undefined) return
    event.preventDefault()
    fire(input, 'confirm', { value: input.value })
  })
}

const setters: Record<string, Setter> = {
  name: setName,
  value: (field: Field, value) => {
    const text = String(value ?? '')
    if (text !== field.value) field.value = text
  },
  placeholder: (field: Field, value) => {
    field.placeholder = String(value ?? '')
  },
  maxlength: (field: Field, value) => {
    if (Number(value) < 0) field.removeAttributeNS(null, 'maxlength')
    else field.maxLength = Number(value)
  },
  disabled: (field: Field, value) => {
    field.disabled = Boolean(value)
  },
  focus: (field: Field, value) => {
    if (value) requestAnimationFrame(() => field.focus())
  },
  'confirm-type': (field: Field, value) => {
    field.enterKeyHint = String(value ?? '')
  }
}

export const input: Builtin = {
  html: 'input',
  start: (element) => {
    start(element)
    listenForConfirm(element as HTMLInputElement)
  },
  set: {
    ...setters,
    type: (element: HTMLInputElement, value) => {
      if (value === 'safe-password') element.type = 'password'
      else element.type = value === 'search' ? 'search' : 'text'
      element.inputMode = INPUT_MODES[value] ?? ''
    },
    password: (element: HTMLInputElement, value) => {
      element.type = value ? 'password' : 'text'
    }
  }
}

export const textarea: Builtin = {
  html: 'textarea',
  start,
  set: {
    ...setters,
    'auto-height': (element: HTMLTextAreaElement, value) => element.toggleAttribute('data-grows', Boolean(value))
  }
}
