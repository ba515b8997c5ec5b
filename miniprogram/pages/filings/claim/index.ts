import { readNumber } from '../../../api/resident-id'
import { fill } from '../../../i18n/index'
import { clean } from '../letter'
import type { Payee } from '../seal/claim'
import { leave } from '../session'
import { type ClaimOutcome, currentClaim, forgetClaim } from '../tips/claiming'
import { words } from '../words/index'

type PayeeField = keyof Payee

/** Together they fit the seal in any script. */
const MOST: Record<PayeeField, number> = { name: 100, identityNumber: 60, account: 200 }
const NOBODY: Payee = { name: '', identityNumber: '', account: '' }

/** Who is to be paid for a useful tip: sealed to the court's reward officers, who cannot read the tip. */
Page({
  data: {
    t: words('zh').tip.claim,
    leaveText: words('zh').common.leave,
    enterText: '',
    most: MOST,
    payee: NOBODY,
    open: false,
    gone: '',
    idNote: '',
    problem: '',
    progress: '',
    number: ''
  },

  onLoad() {
    const { tip, common, follow } = words()
    wx.setNavigationBarTitle({ title: tip.title })
    wx.hideShareMenu()
    const open = currentClaim() !== null
    this.setData({ t: tip.claim, leaveText: common.leave, enterText: follow.title })
    this.setData({ open, gone: open ? '' : common.cleared })
  },

  onUnload() {
    forgetClaim()
  },

  type(event: WechatMiniprogram.Input<object, { field: PayeeField }>) {
    this.setData({ [`payee.${event.currentTarget.dataset.field}`]: event.detail.value, problem: '' })
    if (event.currentTarget.dataset.field === 'identityNumber') this.checkId(event.detail.value)
  },

  /** A hint only: passports and permits have no check digit. */
  checkId(text: string) {
    const read = readNumber(text)
    const isWrong = 'problem' in read && (read.problem === 'check' || read.problem === 'date')
    this.setData({ idNote: isWrong ? words().tip.claim.checkId : '' })
  },

  problemOf({ name, identityNumber, account }: Payee): string {
    const { missing } = words().tip.claim
    if (!name) return missing.name
    if (!identityNumber) return missing.id
    return account ? '' : missing.account
  },

  async send() {
    const { name, identityNumber, account } = this.data.payee
    const payee = { name: clean(name), identityNumber: clean(identityNumber), account: clean(account) }
    const problem = this.problemOf(payee)
    const claiming = currentClaim()
    if (problem || !claiming || this.data.progress) return this.setData({ problem })
    const isChanged = claiming.wouldChange(payee)
    this.setData({ progress: words().tip.claim.sending, problem: '' })
    const outcome = await claiming.send(payee).catch((): ClaimOutcome => ({ kind: 'noRandom' }))
    if (currentClaim() === claiming) this.tell(outcome, isChanged)
  },

  tell(outcome: ClaimOutcome, isChanged: boolean) {
    const { tip, check } = words()
    const t = tip.claim
    if (outcome.kind === 'done') {
      return this.setData({ progress: '', number: fill(t.number, { n: outcome.number }), payee: NOBODY, idNote: '' })
    }
    const text = outcome.kind === 'noRandom' ? check.noRandom : t[outcome.kind]
    const isOpen = outcome.kind === 'unconfirmed' && isChanged
    this.setData({ progress: '', problem: isOpen ? `${text} ${t.changed}` : text })
  },

  /** A claim begins at the answer to its tip. */
  enterCode() {
    wx.redirectTo({ url: '/pages/filings/follow/index' })
  },

  leave() {
    forgetClaim()
    leave()
  }
})
