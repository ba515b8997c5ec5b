import { publicBaseUrl } from '../../../api/base-url'
import type { Court } from '../../../api/courts'
import { handover } from '../../../api/handover'
import type { TipSubject } from '../../../app'
import { fill, messages } from '../../../i18n/index'
import { bringCodeBack, leave, moveOn, pageClosed, pageOpened } from '../session'
import { trustedCourts } from '../tips/courts'
import { currentTip, forgetTip, startTip } from '../tips/draft'
import { words } from '../words/index'

/** Before a tip: what stays secret and what does not. Nothing is asked of any server from here on but to send it. */
Page({
  data: {
    t: words('zh').tip,
    common: words('zh').common,
    lines: [] as string[],
    beyond: '',
    demoNote: '',
    open: false,
    /** Courts whose keys do not check out. */
    distrusted: [] as Court[],
    closedTitle: '',
    notTrusted: '',
    started: false
  },

  subject: null as TipSubject | null,

  onLoad() {
    pageOpened()
    forgetTip()
    const { tip: t, common, closed } = words()
    wx.setNavigationBarTitle({ title: t.title })
    wx.hideShareMenu()
    this.setData({ t, common, closedTitle: closed.title, notTrusted: closed.notTrusted })
    this.subject = handover().tip
    handover().tip = null
    if (this.subject) this.show(this.subject)
  },

  /** A code that nobody has saved comes back before anything else. */
  onShow() {
    this.setData({ started: currentTip() !== null })
    bringCodeBack()
  },

  onUnload() {
    this.subject = null
    pageClosed()
  },

  show(subject: TipSubject) {
    const { before } = words().tip
    const trusted = trustedCourts(subject.courts, new Date()).map(({ court }) => court)
    if (trusted.length === 0) return this.setData({ distrusted: subject.courts })
    const court = trusted.map(({ name }) => name).join(messages().common.listSeparator)
    this.setData({
      open: true,
      lines: before.lines.map((line) => fill(line, { court })),
      beyond: fill(before.beyond, { address: publicBaseUrl() }),
      demoNote: subject.demo ? words().subject.demo : ''
    })
  },

  start() {
    if (!this.subject) return
    if (!currentTip()) startTip(this.subject)
    moveOn('/pages/filings/write/index')
  },

  leave() {
    leave()
  }
})
