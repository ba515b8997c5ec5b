import { type Court, findOnlyCourt, getCourt } from '../../../api/courts'
import { Loader, NOTHING, type ViewState } from '../../../api/loading'
import { linkType } from '../../../api/pages'
import { articles, TOPICS, type TodayText } from '../../../i18n/articles'
import { fill, messages } from '../../../i18n/index'

const NATIONAL_LINE = '12368'
const EMPTY: TodayText = { title: '', now: [], prepare: [], form: '' }

/** What is done by telephone or letter: whom to call, what to have ready, a form to fill in by hand. */
Page({
  data: {
    t: messages('zh').today,
    links: 'navigate',
    text: EMPTY,
    notOpen: '',
    court: null as Court | null,
    state: NOTHING as ViewState
  },

  loader: null as Loader | null,
  courtId: '',

  onLoad(query: Record<string, string | undefined>) {
    const topic = TOPICS.find((known) => known === query.topic)
    this.loader = new Loader((state) => this.setData({ state }))
    const { today, common } = messages()
    wx.setNavigationBarTitle({ title: common.tabServices })
    if (!topic) return this.setData({ state: { kind: 'invalid' } })
    const text = articles().today[topic]
    wx.setNavigationBarTitle({ title: text.title })
    this.setData({ links: linkType(), t: today, text, notOpen: text.form ? today.notOpenAny : '' })
    this.courtId = query.court ?? ''
    this.loadCourt()
  },

  onUnload() {
    this.loader?.drop()
  },

  /** The court in charge, where it is known: from the page one comes from, or because there is only one. */
  async loadCourt() {
    const court = this.courtId ? await this.loader?.load(getCourt(this.courtId)) : await findOnlyCourt()
    if (court) this.showCourt(court)
  },

  showCourt(court: Court) {
    const t = messages().today
    const post = court.address ? fill(t.orPost, { address: court.address }) : ''
    const notOpen = fill(t.notOpen, { phone: court.phone || NATIONAL_LINE, post })
    this.setData({ court, notOpen: this.data.text.form ? notOpen : '' })
  },

  cancel() {
    this.loader?.cancel()
  },

  copyForm() {
    wx.setClipboardData({
      data: this.data.text.form,
      success: () => wx.showToast({ title: messages().today.copied, icon: 'none' })
    })
  }
})
