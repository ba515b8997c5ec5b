import { fire, type WxElement } from '../wx_node'
import { type Builtin, readAs, setName } from './builtin'
import { writeAttribute } from './dom'

interface Picker {
  field: HTMLSelectElement | HTMLInputElement
  range: unknown[]
  rangeKey: string
  value: unknown
}

const pickers = new WeakMap<Element, Picker>()

function stateOf(element: WxElement): Picker {
  const state = pickers.get(element)
  if (!state) throw new Error('picker was not started')
  return state
}

function textOf(item: unknown, key: string): string {
  return String(key && item !== null && typeof item === 'object' ? (item as Record<string, unknown>)[key] : item)
}

function showOptions({ field, range, rangeKey, value }: Picker): void {
  if (!(field instanceof HTMLSelectElement)) return
  field.replaceChildren(...range.map((item, index) => new Option(textOf(item, rangeKey), String(index))))
  field.selectedIndex = value === undefined || value === '' ? 0 : Number(value)
}

/** A real field lies over what the page shows, invisible: people get the system's own list or calendar. */
function place(element: WxElement, field: Picker['field']): void {
  field.className = 'wx-picker-field'
  field.addEventListener('change', () => fire(element, 'change', { value: field.value }))
  // the field's own click must not count as a second tap on the page's text below it
  if (field instanceof HTMLInputElement) field.addEventListener('click', () => field.showPicker?.())
  element.prepend(field)
}

function becomeDate(element: WxElement): void {
  const state = stateOf(element)
  const field = document.createElement('input')
  field.type = 'date'
  field.value = String(state.value ?? '')
  state.field.replaceWith(field)
  state.field = field
  place(element, field)
}

export const picker: Builtin = {
  html: 'div',
  start: (element) => {
    const field = document.createElement('select')
    pickers.set(element, { field, range: [], rangeKey: '', value: undefined })
    place(element, field)
    readAs(element, () => stateOf(element).field.value)
  },
  set: {
    name: setName,
    mode: (element: WxElement, value) => {
      if (value === 'date') becomeDate(element)
    },
    range: (element: WxElement, value) => {
      stateOf(element).range = Array.isArray(value) ? value : []
      showOptions(stateOf(element))
    },
    'range-key': (element: WxElement, value) => {
      stateOf(element).rangeKey = String(value ?? '')
      showOptions(stateOf(element))
    },
    value: (element: WxElement, value) => {
      const state = stateOf(element)
      state.value = value
      if (state.field instanceof HTMLInputElement) state.field.value = String(value ?? '')
      else showOptions(state)
    },
    start: (element: WxElement, value) => writeAttribute(stateOf(element).field, 'min', value ? String(value) : null),
    end: (element: WxElement, value) => writeAttribute(stateOf(element).field, 'max', value ? String(value) : null),
    disabled: (element: WxElement, value) => {
      stateOf(element).field.disabled = Boolean(value)
    },
    'aria-label': (element: WxElement, value) => {
      writeAttribute(stateOf(element).field, 'aria-label', value ? String(value) : null)
    }
  }
}
