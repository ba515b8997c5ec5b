import { word } from '../words'
import { api } from './api'
import { showToast } from './feedback'

/** `navigator.clipboard` exists on HTTPS and localhost only; a court's own network may have neither. */
function copyBySelection(text: string): void {
  const field = document.createElement('textarea')
  field.value = text
  field.className = 'wx-clipboard'
  document.body.append(field)
  field.select()
  const isCopied = document.execCommand('copy')
  field.remove()
  if (!isCopied) throw new Error('the browser refused')
}

/** WeChat itself says that it has copied. */
export const setClipboardData = api('setClipboardData', async ({ data }: { data: string }) => {
  if (navigator.clipboard) await navigator.clipboard.writeText(data)
  else copyBySelection(data)
  showToast({ title: word('copied') })
  return undefined
})
