/** The one tip that is being written. It lives in memory only, so that stepping back loses nothing and leaving, all. */
import type { TipSubject } from '../../../app'
import type { RedrawnPhoto } from '../pictures'
import { wipe } from '../seal/bytes'
import { NO_TIP, type TipFields } from './letter'

export interface TipDraft {
  subject: TipSubject
  /** 1 to 5: about whom, what, where, photos, who. */
  step: number
  /** Index of the subject's option; -1 before one is chosen. */
  option: number
  fields: TipFields
  photos: RedrawnPhoto[]
}

let draft: TipDraft | null = null

export function currentTip(): TipDraft | null {
  return draft
}

export function startTip(subject: TipSubject): TipDraft {
  forgetTip()
  draft = { subject, step: 1, option: subject.options.length === 1 ? 0 : -1, fields: NO_TIP, photos: [] }
  return draft
}

/** What JavaScript allows: the pictures' bytes are overwritten, texts are let go. */
export function forgetTip(): void {
  if (draft) wipe(...draft.photos.map(({ jpeg }) => jpeg))
  draft = null
}
