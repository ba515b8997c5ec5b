import type { NoticeDetail } from '../../../api/notices'
import type { TipAim } from '../../../components/tip-door/index'
import { formatDate, formatDay } from '../../../i18n/format'
import { fill, type Language, messages } from '../../../i18n/index'

export interface Part {
  heading: string
  lines: string[]
}

export interface NoticeView {
  id: string
  title: string
  demo: string
  promise: string
  days: string
  parts: Part[]
  court: { id: string; name: string }
  caseText: string
  entity: string
  entityText: string
  misuse: string
  asOf: string
  /** What a card says that is passed on; '' where nothing may be: a person, or where somebody is. */
  share: string
  aim: TipAim
}

function aimOf({ id, entity, court, case_number, source }: NoticeDetail): TipAim {
  const option = { target: id, court: court.id, caseNumber: case_number, rewarded: true }
  return { about: entity.name ?? '', demo: source === 'demo', options: [option] }
}

export function toNoticeView(notice: NoticeDetail, lang: Language): NoticeView {
  const { common, entity: of, notices: t } = messages(lang)
  const { kind, entity } = notice
  const isShared = kind === 'property' && entity.kind !== 'person'
  const demo = notice.source === 'demo' ? common.demoTag : ''
  const list = (words: NoticeDetail['not_paid']) => words.map((word) => `· ${word[lang]}`)
  return {
    id: notice.id,
    title: t[kind],
    demo,
    promise: fill(t[notice.funder], { promise: notice.promise[lang] }),
    days: fill(t.days, { from: formatDay(notice.published_on, lang), until: formatDate(notice.ends_on, lang) }),
    parts: [
      { heading: t.wanted, lines: [notice.wanted[lang]] },
      { heading: t.example, lines: [notice.example[lang]] },
      { heading: t.whoPays, lines: [notice.who_pays[lang]] },
      { heading: t.notPaid, lines: list(notice.not_paid) },
      { heading: t.notEligible, lines: list(notice.not_eligible) },
      { heading: t.claim, lines: [notice.how_to_claim[lang], ...(notice.court_adds ? [notice.court_adds] : [])] }
    ],
    court: notice.court,
    caseText: fill(of.caseNumber, { number: notice.case_number }),
    entity: entity.id,
    entityText: entity.name ?? t.person,
    misuse: notice.misuse[lang],
    asOf: notice.as_of ?? '',
    share: isShared ? `${demo ? `${demo} · ` : ''}${t.detailTitle} · ${t[kind]}` : '',
    aim: aimOf(notice)
  }
}
