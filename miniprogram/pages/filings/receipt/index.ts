import { copyText } from '../../../api/copy'
import { chinaToday, formatDeadline } from '../../../i18n/format'
import { fill, language, messages } from '../../../i18n/index'
import { keepCode, startOf } from '../codes'
import { drawText, saveToAlbum } from '../pictures'
import { askForReminder, type ReminderState, reminderState, takeBackReminder } from '../reminder'
import { toText } from '../seal/bytes'
import { bringCodeBack, leave, pageClosed, pageOpened, receiptIsOpen, session } from '../session'
import { words } from '../words/index'
import { certificateLines, hourText } from './view'

const HOME = '/pages/services/home/index'
/** Whoever looks over a shoulder sees the map. */
const MAP = '/pages/entities/map/index'

/** Delivered. The code is kept in memory until "done", and comes back when the reader swipes back. */
Page({
  data: {
    t: words('zh'),
    code: '',
    line: '',
    steps: '',
    answerBy: '',
    certificateNote: '',
    demo: false,
    isTip: false,
    keepNote: '',
    cameBack: false,
    reminder: 'none' as ReminderState,
    saved: false,
    ticked: false,
    keep: false,
    notKept: false
  },

  isDone: false,

  onLoad(query: Record<string, string | undefined>) {
    const t = words()
    pageOpened()
    receiptIsOpen(true)
    const made = session.current
    const isTip = made?.content.door === 'tip'
    wx.setNavigationBarTitle({ title: isTip ? t.tip.title : t.receipt.title })
    this.setData({ t, isTip, cameBack: query.back === '1' })
    if (!made?.certificate) return
    const { number, hour } = made.certificate
    const { court, door, demo } = made.content
    const { answerBy } = made
    const date = answerBy ? formatDeadline(answerBy.day, answerBy.left, language()) : ''
    const start = startOf(made.code)
    this.setData({
      code: made.code,
      line: fill(t.receipt.line, { number, court: court.name, hour: hourText(hour, language()) }),
      steps: door === 'tip' ? t.tip.nextSteps : t.receipt.steps[door],
      answerBy: date ? fill(t.follow.answerBy, { date }) : '',
      certificateNote: isTip ? t.tip.certificateNote : t.receipt.certificateNote,
      demo,
      reminder: reminderState(made.reminder),
      keepNote: fill(t.receipt.keepNote, { start, month: chinaToday(Date.now()).slice(0, 7) })
    })
  },

  onUnload() {
    receiptIsOpen(false)
    pageClosed()
    if (!this.isDone) bringCodeBack()
  },

  copy() {
    copyText(this.data.code, () => this.setData({ saved: true }))
  },

  wroteDown() {
    this.setData({ saved: true, ticked: true })
  },

  tick(event: WechatMiniprogram.CustomEvent<{ value: string[] }>) {
    const ticked = event.detail.value.length > 0
    this.setData({ ticked, saved: ticked || this.data.saved })
  },

  toggleKeep(event: WechatMiniprogram.SwitchChange) {
    this.setData({ keep: event.detail.value, notKept: false })
  },

  askPicture() {
    const t = words().receipt
    wx.showModal({
      title: t.savePicture,
      content: t.pictureWarning,
      confirmText: t.pictureDo,
      cancelText: messages().state.cancel,
      success: ({ confirm }) => confirm && this.savePicture()
    })
  },

  /** Nothing but "code" and the characters: the album is the least private place of a phone. */
  async savePicture() {
    const { receipt: t, common } = words()
    const saved = await saveToAlbum(drawText([common.code, this.data.code]), 'code')
    wx.showToast({ title: saved ? t.pictureSaved : t.pictureFailed, icon: 'none' })
    if (saved) this.setData({ saved: true })
  },

  /** A file of its own: what proves a filing must never open it. */
  copyCertificate() {
    const certificate = session.current?.certificate
    if (certificate) copyText(JSON.stringify(certificate))
  },

  /** Of a tip even the court's name in an album says much. */
  askCertificate() {
    if (!this.data.isTip) return this.saveCertificate()
    const { receipt: t, tip } = words()
    wx.showModal({
      title: t.certificatePicture,
      content: tip.certificateWarning,
      confirmText: t.pictureDo,
      cancelText: messages().state.cancel,
      success: ({ confirm }) => confirm && this.saveCertificate()
    })
  },

  async saveCertificate() {
    const made = session.current
    if (!made?.certificate) return
    const t = words()
    const { court, demo } = made.content
    const lines = certificateLines(made.certificate, court.name, t, language())
    const head = demo ? [messages().common.demoAll, t.receipt.certificate] : [t.receipt.certificate]
    const saved = await saveToAlbum(drawText([...head, '', ...lines]), 'certificate')
    wx.showToast({ title: saved ? t.receipt.pictureSaved : t.receipt.pictureFailed, icon: 'none' })
  },

  async remind() {
    const made = session.current
    if (!made?.reminder) return
    this.setData({ reminder: 'asking' })
    const reminder = await askForReminder(made.reminder.template_id, toText(made.keys.lookup))
    if (session.current === made) this.setData({ reminder })
  },

  async unremind() {
    const made = session.current
    if (!made) return
    const reminder = await takeBackReminder(toText(made.keys.lookup))
    if (session.current === made) this.setData({ reminder })
  },

  done() {
    if (!this.data.saved) return
    // a full storage: nobody may leave in the belief that the code is here
    if (this.data.keep && !keepCode(this.data.code, Date.now())) return this.setData({ keep: false, notKept: true })
    this.isDone = true
    this.setData({ code: '', line: '' })
    leave(this.data.isTip ? MAP : HOME)
  },

  home() {
    this.isDone = true
    wx.reLaunch({ url: HOME })
  }
})
