import { copyText } from '../../../api/copy'
import { type Court, findOnlyCourt, getCourt, NATIONAL_LINE } from '../../../api/courts'
import { Loader, NOTHING, type ViewState } from '../../../api/loading'
import { linkType } from '../../../api/pages'
import { articles, TOPICS, type TodayText } from '../../../i18n/articles'
import { fill, messages } from '../../../i18n/index'

const EMPTY: TodayText = { title: '', now: [], prepare: [], form: '' }

/** More courts than list anybody at a time. */
const MOST_COURTS = 4

/** Whether a court takes it online, and how else. */
function openingOf({ accepts_objections: isOpen, phone, address }: Court): string {
  const { today: t, courts } = messages()
  if (isOpen) return courts.onlineOpen
  const post = address ? fill(t.orPost, { address }) : ''
  return fill(t.notOpen, { phone: phone || NATIONAL_LINE, post })
}

/** What is done by telephone or letter: whom to call, what to have ready, a form to fill in by hand. */
Page({
  data: {
    t: messages('zh').today,
    links: 'navigate',
    text: EMPTY,
    notOpen: '',
    courts: [] as Court[],
    state: NOTHING as ViewState
  },

  loader: null as Loader | null,
  courtIds: [] as string[],

  onLoad(query: Record<string, string | undefined>) {
    const topic = TOPICS.find((known) => known === query.topic)
    this.loader = new Loader((state) => this.setData({ state }))
    const { today, common } = messages()
    wx.setNavigationBarTitle({ title: common.tabServices })
    if (!topic) return this.setData({ state: { kind: 'invalid' } })
    const text = articles().today[topic]
    wx.setNavigationBarTitle({ title: text.title })
    this.setData({ links: linkType(), t: today, text, notOpen: text.form ? today.notOpenAny : '' })
    this.courtIds = (query.court ?? '').split(',').filter(Boolean).slice(0, MOST_COURTS)
    this.loadCourts()
  },

  onUnload() {
    this.loader?.drop()
  },

  /** The courts in charge, where they are known: from the page one comes from, or because there is only one. */
  async loadCourts() {
    if (this.courtIds.length === 0) {
      const only = await findOnlyCourt()
      return only ? this.showCourts([only]) : undefined
    }
    const courts: Court[] = []
    for (const id of this.courtIds) {
      const court = await this.loader?.load(getCourt(id))
      if (!court) return
      courts.push(court)
    }
    this.showCourts(courts)
  },

  showCourts(courts: Court[]) {
    const [first, ...others] = courts
    const notOpen = first && others.length === 0 ? openingOf(first) : messages().today.notOpenAny
    this.setData({ courts, notOpen: this.data.text.form ? notOpen : '' })
  },

  cancel() {
    this.loader?.cancel()
  },

  copyForm() {
    const title = messages().today.copied
    copyText(this.data.text.form, () => wx.showToast({ title, icon: 'none' }))
  }
})
