import { copyText } from '../../../api/copy'
import { getCourt } from '../../../api/courts'
import { formatLongWait } from '../../../i18n/format'
import { fill, language } from '../../../i18n/index'
import type { Line } from '../letter'
import { kindOf, leave, type Outcome, pageClosed, pageOpened, session } from '../session'
import { certifiedKeys } from '../trust'
import { words } from '../words/index'

/** So long that the word on the button is drawn before the phone is busy sealing. */
const DRAWN_MS = 60

function busyText(seconds: number): string {
  const t = words().check
  const time = formatLongWait(seconds, language(), Date.now())
  return time ? fill(t.busyUntil, { time }) : fill(t.busy, { seconds })
}

/** The last look: what goes out, to whom, and the code, which is known before anything is sent. */
Page({
  data: {
    t: words('zh'),
    to: '',
    code: '',
    lines: [] as Line[],
    step: '',
    progress: '',
    problem: ''
  },

  onLoad() {
    pageOpened()
    const t = words()
    const made = session.current
    const isTip = made?.content.door === 'tip'
    wx.setNavigationBarTitle({ title: isTip ? t.tip.title : t.check.title })
    this.setData({ t })
    if (!made || made.certificate) return
    const { court, lines } = made.content
    const step = isTip ? `${t.tip.stepOfCheck} · ${t.check.title}` : ''
    const problem = made.tried ? t.check.unconfirmed : ''
    this.setData({ to: fill(t.check.to, { court: court.name }), code: made.code, lines: [...lines], step, problem })
  },

  onUnload() {
    pageClosed()
  },

  copy() {
    copyText(this.data.code)
  },

  async send() {
    const t = words().check
    if (this.data.progress) return
    this.setData({ progress: t.sealing, problem: '' })
    await new Promise((resolve) => setTimeout(resolve, DRAWN_MS))
    try {
      await session.seal()
    } catch {
      return this.setData({ progress: '', problem: t.noRandom })
    }
    const outcome = await session.send((step) => this.setData({ progress: t[step] }))
    const isTrusted = outcome.kind !== 'refused' || (await this.renewKeys())
    this.setData({ progress: '' })
    if (isTrusted) this.tell(outcome)
    else this.setData({ problem: t.noKey })
  },

  /** False where the court has no key any more that one could trust. */
  async renewKeys(): Promise<boolean> {
    const content = session.current?.content
    const answer = content ? await getCourt(content.court.id).result : null
    if (!content || !answer?.ok) return true
    const now = new Date()
    const [boxKey] = certifiedKeys(answer.value, 'box', now)
    const certKeys = certifiedKeys(answer.value, 'cert', now)
    if (!boxKey || certKeys.length === 0 || !answer.value[`accepts_${kindOf(content)}`]) return false
    session.renew(boxKey, certKeys)
    return true
  },

  tell(outcome: Outcome) {
    // whoever left meanwhile cleared it: there is nothing to come back to
    if (!session.current) return
    const { kind } = outcome
    if (kind === 'delivered') return wx.redirectTo({ url: '/pages/filings/receipt/index' })
    this.setData({ problem: kind === 'busy' ? busyText(outcome.seconds) : words().check[kind] })
  },

  restart() {
    leave('/pages/services/home/index')
  },

  leave() {
    leave()
  }
})
