import { keepOnPhone } from '../api/storage'
import { en } from './messages.en'
import { type Messages, zh } from './messages.zh'

export type { Messages } from './messages.zh'
export type Language = 'zh' | 'en'

export const LANGUAGE_KEY = 'language'
const TABLES: Record<Language, Messages> = { zh, en }

function isLanguage(value: unknown): value is Language {
  return value === 'zh' || value === 'en'
}

/** What the reader chose, else the phone's language; anything but English reads Chinese, the language of the records. */
function detectLanguage(): Language {
  const chosen: unknown = wx.getStorageSync(LANGUAGE_KEY)
  if (isLanguage(chosen)) return chosen
  return /^en/i.test(wx.getAppBaseInfo().language ?? '') ? 'en' : 'zh'
}

let current: Language | null = null

export function language(): Language {
  current ??= detectLanguage()
  return current
}

export function setLanguage(chosen: Language): void {
  current = chosen
  keepOnPhone(LANGUAGE_KEY, chosen)
}

/** After the storage was cleared the phone's own language counts again. */
export function forgetLanguage(): void {
  current = null
}

export function messages(lang: Language = language()): Messages {
  return TABLES[lang]
}

/** Puts values into the `{places}` of a text; an unknown place stays visible, so that a mistake is seen. */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place))
}
