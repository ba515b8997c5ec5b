import { fire, type WxElement } from '../wx_node'
import { type Builtin, readAs, type Setter, setName } from './builtin'

const common: Record<string, Setter> = {
  checked: (element: HTMLInputElement, value) => {
    element.checked = Boolean(value)
  },
  disabled: (element: HTMLInputElement, value) => {
    element.disabled = Boolean(value)
  },
  value: (element: HTMLInputElement, value) => {
    element.value = String(value ?? '')
  }
}

export const toggle: Builtin = {
  html: 'input',
  start: (element) => {
    const box = element as HTMLInputElement
    box.type = 'checkbox'
    box.role = 'switch'
    readAs(box, () => box.checked)
    box.addEventListener('change', () => fire(box, 'change', { value: box.checked }))
  },
  set: { ...common, name: setName }
}

export const checkbox: Builtin = {
  html: 'input',
  start: (element) => {
    ;(element as HTMLInputElement).type = 'checkbox'
  },
  set: common
}

function checkedIn(group: Element): string[] {
  return [...group.querySelectorAll<HTMLInputElement>('input:checked')].map((box) => box.value)
}

function startGroup(group: WxElement, read: () => unknown): void {
  readAs(group, read)
  group.addEventListener('change', () => fire(group, 'change', { value: read() }))
}

export const checkboxGroup: Builtin = {
  html: 'div',
  start: (element) => {
    element.role = 'group'
    startGroup(element, () => checkedIn(element))
  },
  set: { name: setName }
}

let groups = 0

export const radioGroup: Builtin = {
  html: 'div',
  start: (element) => {
    element.role = 'radiogroup'
    groups += 1
    element.dataset.radios = `radios-${groups}`
    startGroup(element, () => checkedIn(element)[0] ?? '')
  },
  set: { name: setName }
}

export const radio: Builtin = {
  html: 'input',
  start: (element) => {
    const box = element as HTMLInputElement
    box.type = 'radio'
    // Browsers tie radios together by name; the group is known once glass-easel has put the tree together.
    queueMicrotask(() => {
      box.name = box.closest<HTMLElement>('[wx="radio-group"]')?.dataset.radios ?? ''
    })
  },
  set: common
}
