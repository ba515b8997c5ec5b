import { en } from './articles.en'
import { type Articles, zh } from './articles.zh'
import { type Language, language } from './index'

export { type Articles, type Passage, TOPICS, type TodayText, type Topic } from './articles.zh'

export function articles(lang: Language = language()): Articles {
  return lang === 'zh' ? zh : en
}
