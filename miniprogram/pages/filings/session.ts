/**
 * The one request under way: what is to be sent, its code, and the sealed filing. It lives in memory only, and only
 * until it is finished or left.
 */
import { type FilingKind, fileSealed, type Reminder, type SealedFiling } from '../../api/filings'
import type { Failure } from '../../api/http'
import { openPage } from '../../api/pages'
import { prove } from '../../api/proven'
import { fill } from '../../i18n/index'
import type { Line } from './letter'
import { toText, wipe } from './seal/bytes'
import { type Certificate, checkCertificate } from './seal/certificate'
import { type Draft, type Filing, makeFiling } from './seal/filing'
import { FILING_BYTES, gatherRandom } from './seal/random'
import { drawReceipt, formatReceipt, RECEIPT_BYTES } from './seal/receipt'
import { deriveKeys, type ReceiptKeys, wipeKeys } from './seal/receipt-keys'
import { forgetTip } from './tips/draft'
import type { CourtKey } from './trust'
import { type Door, words } from './words/index'

/** What a form hands over to be checked and sent. */
export interface Content {
  door: Door | 'tip'
  /** Of an invented listing: what is kept of it says so. */
  demo: boolean
  court: { id: string; name: string }
  boxKey: CourtKey
  certKeys: readonly CourtKey[]
  draft: Draft
  jpegs: readonly Uint8Array[]
  lines: readonly Line[]
}

/** Where sending stands; the last four are how it failed. */
export type Outcome =
  | { kind: 'delivered' }
  | { kind: 'unconfirmed' }
  | { kind: 'offline' }
  | { kind: 'busy'; seconds: number }
  | { kind: 'refused' }
  | { kind: 'badCertificate' }

interface Made {
  content: Content
  receipt: Uint8Array
  keys: ReceiptKeys
  code: string
  filing: Filing | null
  /** Whether some attempt may have arrived. */
  tried: boolean
  certificate: Certificate | null
  /** What the answer offers: one message in WeChat, to objectors only. */
  reminder: Reminder | null
  /** Last day for the court to answer, and the working days until then; tips have none. */
  answerBy: { day: string; left: number | null } | null
}

/** Of what was neither taken nor refused. */
function outcomeOf(failure: Failure): Outcome {
  if (failure.kind === 'offline') return { kind: 'offline' }
  if (failure.kind === 'busy' || failure.kind === 'limited') return { kind: 'busy', seconds: failure.seconds }
  return { kind: 'unconfirmed' }
}

function isSame(one: Content, other: Content): boolean {
  const texts = ({ court, draft }: Content) => JSON.stringify([court.id, draft])
  const photos = one.jpegs.length === other.jpegs.length && one.jpegs.every((jpeg, at) => jpeg === other.jpegs[at])
  return photos && texts(one) === texts(other)
}

class Session {
  private made: Made | null = null
  private isSending = false

  get current(): Readonly<Made> | null {
    return this.made
  }

  get isDelivered(): boolean {
    return this.made !== null && this.made.certificate !== null
  }

  /** Delivered, or perhaps so, and its code not yet known to be saved. */
  get isUnsaved(): boolean {
    return this.isDelivered || this.made?.tried === true
  }

  /** Whether these contents would become another request while an earlier one may have arrived. */
  wouldReplace(content: Content): boolean {
    return this.made?.tried === true && !isSame(this.made.content, content)
  }

  /** Draws the code. The same contents keep the code and the sealed filing that they have. */
  async begin(content: Content): Promise<void> {
    if (this.made && isSame(this.made.content, content)) return
    const receipt = drawReceipt(await gatherRandom(RECEIPT_BYTES))
    this.clear(content.jpegs)
    const keys = deriveKeys(receipt)
    const code = formatReceipt(receipt)
    this.made = {
      content,
      receipt,
      keys,
      code,
      filing: null,
      tried: false,
      certificate: null,
      reminder: null,
      answerBy: null
    }
  }

  /** Seals once: sent again as it is, it is the same filing. */
  async seal(): Promise<void> {
    const random = await gatherRandom(FILING_BYTES)
    const { made } = this
    if (!made || made.filing) return
    const { draft, jpegs, boxKey } = made.content
    made.filing = makeFiling(draft, jpegs, made.keys, boxKey.key, random)
    random.discard()
  }

  /** Nothing is stored under the code, and the court may have another key: the next press seals anew. */
  renew(boxKey: CourtKey, certKeys: readonly CourtKey[]): void {
    if (!this.made || this.made.tried) return
    const { content } = this.made
    const draft = { ...content.draft, address: { ...content.draft.address, key: boxKey.number } }
    this.made.content = { ...content, boxKey, certKeys, draft }
    this.made.filing = null
  }

  async send(say: (step: 'proving' | 'sending') => void): Promise<Outcome> {
    const { made } = this
    if (!made?.filing || this.isSending) return { kind: 'unconfirmed' }
    this.isSending = true
    try {
      say('proving')
      const proof = await prove(kindOf(made.content))
      if (!proof.ok) return outcomeOf(proof.failure)
      if (this.made !== made) return { kind: 'unconfirmed' }
      say('sending')
      return await this.post(made, made.filing, proof.value)
    } finally {
      this.isSending = false
    }
  }

  /** Nothing of it remains that JavaScript lets one wipe, but for photos that what follows still needs. */
  clear(needed: readonly Uint8Array[] = []): void {
    if (!this.made) return
    const { receipt, keys, content } = this.made
    wipe(receipt, ...content.jpegs.filter((jpeg) => !needed.includes(jpeg)))
    wipeKeys(keys)
    this.made = null
  }

  private async post(made: Made, filing: Filing, challenge: string): Promise<Outcome> {
    const wasTried = made.tried
    made.tried = true
    const answer = await fileSealed(kindOf(made.content), toBody(made, filing), challenge).result
    if (answer.ok) {
      const { answer_by: day, working_days_left: left = null } = answer.value
      made.reminder = answer.value.reminder ?? null
      made.answerBy = day ? { day, left } : null
      return this.accept(made, filing, answer.value.certificate)
    }
    const { kind } = answer.failure
    // the court has another key now, or takes nothing: then nothing is stored under this code
    if (kind === 'conflict') made.tried = false
    else if (kind === 'invalid' || kind === 'gone') made.tried = wasTried
    else return outcomeOf(answer.failure)
    return { kind: 'refused' }
  }

  /** Delivered: from here on the code is all that is needed. */
  private forgetContent(made: Made): void {
    const { content } = made
    wipe(...content.jpegs)
    made.content = { ...content, jpegs: [], lines: [], draft: { ...content.draft, text: '', more: {} } }
    forgetTip()
  }

  private accept(made: Made, filing: Filing, certificate: Certificate): Outcome {
    const isGood = made.content.certKeys.some(({ key }) => {
      try {
        checkCertificate(certificate, key, made.content.court.id, filing.env)
        return true
      } catch {
        return false
      }
    })
    if (!isGood) return { kind: 'badCertificate' }
    made.certificate = certificate
    this.forgetContent(made)
    return { kind: 'delivered' }
  }
}

export function kindOf({ door }: Pick<Content, 'door'>): FilingKind {
  return door === 'tip' ? 'tips' : 'objections'
}

function toBody({ content, keys }: Made, { sealed, photos }: Filing): SealedFiling {
  const { court, target, key } = content.draft.address
  return {
    court,
    target,
    key_id: key,
    lookup: toText(keys.lookup),
    sealed: toText(sealed),
    photos: photos.map(toText)
  }
}

export const session = new Session()

/** Whether to send something else, though what was there before may have arrived. */
function agreesToReplace(): Promise<boolean> {
  const t = words().check
  return new Promise((resolve) => {
    wx.showModal({
      title: t.changedTitle,
      content: fill(t.changed, { code: session.current?.code ?? '' }),
      confirmText: t.changedDo,
      cancelText: t.changedNot,
      success: ({ confirm }) => resolve(confirm),
      fail: () => resolve(false)
    })
  })
}

/** To the last look before sending. What stands in the way, in words, or ''. */
export async function openCheck(content: Content): Promise<string> {
  if (session.wouldReplace(content) && !(await agreesToReplace())) return ''
  try {
    await session.begin(content)
  } catch {
    return words().check.noRandom
  }
  moveOn(CHECK)
  return ''
}

const CHECK = '/pages/filings/check/index'
const RECEIPT = '/pages/filings/receipt/index'
/** WeChat refuses to open a page while another is still closing. */
const AFTER_CLOSING_MS = 400
let isReceiptOpen = false
/** How many pages of a request are open: its form, the last look, the code. */
let openPages = 0
/** Whether the page in front closes only because there is no room for the next one beside it. */
let givesWay = false

/** To the next page of the same request. */
export function moveOn(url: string): void {
  openPage(url, () => {
    givesWay = true
  })
}

export function pageOpened(): void {
  openPages += 1
  givesWay = false
}

/** The last page to close takes with it what was not sent. */
export function pageClosed(): void {
  openPages -= 1
  if (openPages > 0 || givesWay) return
  forgetTip()
  if (session.isUnsaved) bringCodeBack()
  else session.clear()
}

/** The page of the code tells that it is there. */
export function receiptIsOpen(open: boolean): void {
  isReceiptOpen = open
}

/** Swiping back cannot be intercepted: a code that nobody has saved comes back; one perhaps needed, once its form is gone. */
export function bringCodeBack(): void {
  setTimeout(() => {
    if (session.isDelivered && !isReceiptOpen) openPage(`${RECEIPT}?back=1`)
    else if (!session.isDelivered && session.isUnsaved && openPages === 0) openPage(CHECK)
  }, AFTER_CLOSING_MS)
}

/** Leaving: everything is cleared, the stack of pages too. */
export function leave(url = '/pages/entities/map/index'): void {
  session.clear()
  forgetTip()
  wx.reLaunch({ url })
}
