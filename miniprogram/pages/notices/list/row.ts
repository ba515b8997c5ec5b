import type { Notice } from '../../../api/notices'
import { formatDay } from '../../../i18n/format'
import { fill, type Language, messages } from '../../../i18n/index'

export interface NoticeRow {
  id: string
  title: string
  demo: string
  promise: string
  until: string
  court: string
}

export function toNoticeRow({ id, kind, source, funder, promise, ends_on, court }: Notice, lang: Language): NoticeRow {
  const { common, notices: t } = messages(lang)
  return {
    id,
    title: t[kind],
    demo: source === 'demo' ? common.demoTag : '',
    promise: fill(t[funder], { promise: promise[lang] }),
    until: fill(t.until, { date: formatDay(ends_on, lang) }),
    court: court.name
  }
}
