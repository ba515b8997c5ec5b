import { canOpenPages, openBeside, publicBaseUrl } from '../../../api/base-url'
import { timeNow } from '../../../api/clock'
import { copyText } from '../../../api/copy'
import { type Court, getCourt } from '../../../api/courts'
import { handover } from '../../../api/handover'
import { Loader, NOTHING, type ViewState } from '../../../api/loading'
import { openPage } from '../../../api/pages'
import { language } from '../../../i18n/index'
import { counterText } from '../file/view'
import { askForReminder, type ReminderState, reminderState, takeBackReminder } from '../reminder'
import { toText, wipe } from '../seal/bytes'
import { parseReceipt } from '../seal/receipt'
import { deriveKeys, type ReceiptKeys, wipeKeys } from '../seal/receipt-keys'
import { leave } from '../session'
import { Claiming, startClaim } from '../tips/claiming'
import { certifiedKeys, earlierKeys } from '../trust'
import { words } from '../words/index'
import { Writer } from './conversation'
import { type Found, findFiling } from './find'
import { toTipView } from './tip-view'
import { isMessageTooLong, messageRoom, type Opening, type StatusView, toStatusView } from './view'

function viewOf(found: Found, opening: Opening, now: number): StatusView {
  if (found.kind === 'tips') return toTipView(found.status, opening, language())
  return toStatusView(found.status, opening, language(), now)
}

/** A filing by its code: how far it is, what the court answered, and further words. */
Page({
  data: {
    t: words('zh'),
    canOpen: canOpenPages(),
    typed: '',
    problem: '',
    view: null as StatusView | null,
    court: null as Court | null,
    message: '',
    counter: '',
    isTooLong: false,
    isSending: false,
    sendProblem: '',
    sent: '',
    reminder: 'none' as ReminderState,
    state: NOTHING as ViewState
  },

  loader: null as Loader | null,
  keys: null as ReceiptKeys | null,
  writer: null as Writer | null,
  template: '',

  onLoad() {
    const t = words()
    this.loader = new Loader((state) => this.tell(state))
    wx.setNavigationBarTitle({ title: t.follow.title })
    const typed = handover().code
    handover().code = ''
    this.setData({ t, typed })
    if (typed) this.find()
  },

  onUnload() {
    this.loader?.drop()
    this.loader = null
    this.forget()
  },

  /** An unknown code is said in its own words, not as a listing that is gone. */
  tell(state: ViewState) {
    if (state.kind !== 'gone') return this.setData({ state })
    this.setData({ state: NOTHING, problem: words().follow.unknown })
  },

  forget() {
    if (this.keys) wipeKeys(this.keys)
    this.keys = null
    this.writer = null
  },

  type(event: WechatMiniprogram.Input) {
    this.setData({ typed: event.detail.value, problem: '' })
  },

  async find() {
    this.forget()
    this.setData({ view: null, court: null, problem: '', sent: '', sendProblem: '', reminder: 'none' })
    const keys = this.readCode()
    if (!keys) return this.setData({ problem: words().follow.mistyped })
    this.keys = keys
    const found = await this.loader?.load(findFiling(toText(keys.lookup)))
    if (!found || this.keys !== keys) return
    const court = await this.loader?.load(getCourt(found.status.court))
    if (this.keys === keys) this.show(found, court ?? null, keys)
  },

  readCode(): ReceiptKeys | null {
    try {
      const receipt = parseReceipt(this.data.typed)
      const keys = deriveKeys(receipt)
      wipe(receipt)
      return keys
    } catch {
      return null
    }
  },

  show(found: Found, court: Court | null, keys: ReceiptKeys) {
    const now = new Date()
    const { status } = found
    const present = court ? certifiedKeys(court, 'box', now) : []
    const boxKeys = [...present, ...earlierKeys(status.court, status.keys, now)]
    const { next_n: next } = status
    this.writer = present[0] && next !== null ? new Writer(found.kind, keys, present[0], next) : null
    const opening = { keys, boxKeys, courtName: court?.name ?? '', canWrite: present.length > 0 }
    const offer = found.kind === 'objections' ? found.status.reminder : null
    this.template = offer?.template_id ?? ''
    this.setData({ court, view: viewOf(found, opening, timeNow()), reminder: reminderState(offer) })
    this.count(this.data.message)
  },

  cancel() {
    this.loader?.cancel()
  },

  write(event: WechatMiniprogram.Input) {
    this.setData({ message: event.detail.value, sent: '', sendProblem: '' })
    this.count(event.detail.value)
  },

  count(text: string) {
    this.setData({ counter: counterText(messageRoom(text), words()), isTooLong: isMessageTooLong(text) })
  },

  async send() {
    const t = words().follow
    const text = this.data.message.trim()
    if (text === '') return this.setData({ sendProblem: t.empty })
    const { writer } = this
    if (this.data.isTooLong || !writer) return
    this.setData({ isSending: true, sendProblem: '', sent: '' })
    const sent = await writer.send(text).catch(() => 'unconfirmed' as const)
    if (this.writer !== writer) return
    this.setData({ isSending: false })
    if (sent !== 'sent') return this.setData({ sendProblem: sent === 'full' ? t.full : t.notSent })
    this.setData({ message: '', sent: t.sent })
    this.count('')
  },

  async remind() {
    const { keys } = this
    if (!keys) return
    this.setData({ reminder: 'asking' })
    const reminder = await askForReminder(this.template, toText(keys.lookup))
    if (this.keys === keys) this.setData({ reminder })
  },

  async unremind() {
    const { keys } = this
    if (!keys) return
    const reminder = await takeBackReminder(toText(keys.lookup))
    if (this.keys === keys) this.setData({ reminder })
  },

  /** The keys stay in memory; they stand in no address. */
  claim() {
    const { keys } = this
    const { court } = this.data
    if (!keys || !court) return
    startClaim(new Claiming(keys, court))
    // a page that gives way must not wipe what it has handed over
    openPage('/pages/filings/claim/index', () => {
      this.keys = null
    })
  },

  removalUrl(): string {
    return `${publicBaseUrl()}/v1/removal-notices/${this.data.view?.removalCode ?? ''}.html`
  },

  openRemoval() {
    openBeside(this.removalUrl())
  },

  copyRemoval() {
    copyText(this.removalUrl())
  },

  leave() {
    leave()
  }
})
