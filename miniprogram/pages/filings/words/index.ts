import { type Language, language } from '../../../i18n/index'
import { en } from './en'
import { type FilingWords, zh } from './zh'

export type { FilingWords } from './zh'

export type Door = keyof FilingWords['doors']

export function words(lang: Language = language()): FilingWords {
  return lang === 'zh' ? zh : en
}
