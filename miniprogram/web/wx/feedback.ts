import { word } from '../words'
import { api } from './api'

interface ToastOptions {
  title: string
  duration?: number
}

interface ModalOptions {
  title?: string
  content?: string
  showCancel?: boolean
  cancelText?: string
  confirmText?: string
}

const DEFAULT_TOAST_MS = 1500
/** Of a modal's buttons, in narrow characters: WeChat opens no modal with more than four Chinese ones. */
const MOST_ON_A_BUTTON = 8

const toast = document.createElement('div')
toast.className = 'wx-toast'
toast.role = 'status'
toast.ariaLive = 'polite'
let toastTimer = 0

/** The region stands in the document before its text changes, otherwise screen readers miss it. */
export function mountFeedback(root: HTMLElement): void {
  root.append(toast)
}

function hide(): void {
  clearTimeout(toastTimer)
  toast.textContent = ''
}

export const showToast = api('showToast', ({ title, duration = DEFAULT_TOAST_MS }: ToastOptions) => {
  clearTimeout(toastTimer)
  toast.textContent = title
  toastTimer = setTimeout(hide, duration)
  return undefined
})

export const hideToast = api('hideToast', () => {
  hide()
  return undefined
})

export const showLoading = api('showLoading', ({ title }: { title: string }) => {
  clearTimeout(toastTimer)
  toast.textContent = title
  return undefined
})

function textButton(text: string, className: string): HTMLButtonElement {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = className
  button.textContent = text
  return button
}

function paragraph(tag: 'h2' | 'p', text: string | undefined): HTMLElement[] {
  if (!text) return []
  const element = document.createElement(tag)
  element.textContent = text
  return [element]
}

/** Show `content` as a modal dialog; resolves to the index of the button pressed, -1 for Escape. */
function ask(className: string, content: HTMLElement[], buttons: HTMLButtonElement[]): Promise<number> {
  const dialog = document.createElement('dialog')
  dialog.className = className
  dialog.ariaLabel = content[0]?.textContent ?? buttons.map(({ textContent }) => textContent).join(', ')
  dialog.append(...content, ...buttons)
  document.body.append(dialog)
  return new Promise((resolve) => {
    const finish = (index: number) => {
      dialog.close()
      dialog.remove()
      resolve(index)
    }
    for (const [index, button] of buttons.entries()) button.addEventListener('click', () => finish(index))
    dialog.addEventListener('cancel', () => finish(-1))
    dialog.showModal()
  })
}

function checkButtons(texts: Record<string, string | undefined>): void {
  for (const [name, text] of Object.entries(texts)) {
    const width = (text ?? '').replace(/[\u0391-\uffe5]/g, 'aa').length
    if (width > MOST_ON_A_BUTTON) throw new Error(`${name} length should not larger than 4 Chinese characters`)
  }
}

export const showModal = api('showModal', async (options: ModalOptions) => {
  const { title, content, showCancel = true, cancelText, confirmText } = options
  checkButtons({ confirmText, cancelText })
  const confirm = textButton(confirmText || word('ok'), 'wx-primary')
  const cancel = textButton(cancelText || word('cancel'), 'wx-secondary')
  const texts = [...paragraph('h2', title), ...paragraph('p', content)]
  const pressed = await ask('wx-modal', texts, showCancel ? [confirm, cancel] : [confirm])
  return { confirm: pressed === 0, cancel: pressed !== 0 }
})

export const showActionSheet = api('showActionSheet', async ({ itemList }: { itemList: string[] }) => {
  const items = itemList.map((item) => textButton(item, 'wx-secondary'))
  const tapIndex = await ask('wx-sheet', [], [...items, textButton(word('cancel'), 'wx-cancel')])
  if (tapIndex < 0 || tapIndex >= itemList.length) throw new Error('cancel')
  return { tapIndex }
})
