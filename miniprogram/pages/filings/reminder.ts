/**
 * One WeChat message when the court has answered. The only place that asks WeChat who somebody is: from a tap on the
 * offer, never before, and never about a tip, whose answers carry no offer.
 */
import type { Reminder } from '../../api/filings'
import { askReminder, withdrawReminder } from '../../api/objections'
import { isBrowser } from '../../geo/base-map'
import { words } from './words/index'

/** `none`: nothing is shown. */
export type ReminderState = 'none' | 'offered' | 'asking' | 'asked' | 'declined' | 'failed'

/** Only WeChat has such messages, and only some servers send them. */
export function reminderState(reminder: Reminder | null | undefined): ReminderState {
  if (!reminder || isBrowser()) return 'none'
  return reminder.asked ? 'asked' : 'offered'
}

/** Consent can be taken back as easily as it was given. */
export async function takeBackReminder(lookup: string): Promise<ReminderState> {
  const answer = await withdrawReminder(lookup).result
  if (!answer.ok) wx.showToast({ title: words().reminder.notTakenBack, icon: 'none' })
  return answer.ok ? 'offered' : 'asked'
}

/** WeChat shows its own question, and does so from a tap only. */
function consent(templateId: string): Promise<boolean> {
  return new Promise((resolve) => {
    wx.requestSubscribeMessage({
      tmplIds: [templateId],
      success: (answer) => resolve((answer as unknown as Record<string, unknown>)[templateId] === 'accept'),
      fail: () => resolve(false)
    })
  })
}

/** Good once and for five minutes; it goes to our server, which alone can ask WeChat whose it is. */
function loginCode(): Promise<string | null> {
  return new Promise((resolve) => {
    wx.login({ success: ({ code }) => resolve(code || null), fail: () => resolve(null) })
  })
}

/** Without consent there is no login. */
export async function askForReminder(templateId: string, lookup: string): Promise<ReminderState> {
  if (!(await consent(templateId))) return 'declined'
  const code = await loginCode()
  if (code === null) return 'failed'
  const answer = await askReminder({ lookup, code }).result
  if (answer.ok) return 'asked'
  // decided meanwhile: the page has the answer
  return answer.failure.kind === 'conflict' ? 'none' : 'failed'
}
