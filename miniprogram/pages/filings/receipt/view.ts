/** The server's certificate in words. */
import { formatDay, formatTime } from '../../../i18n/format'
import { fill, type Language } from '../../../i18n/index'
import type { Certificate } from '../seal/certificate'
import { type FilingWords, words } from '../words/index'

/** `2026年11月22日 15 时`, in China's time: a certificate knows no minutes. */
export function hourText(hour: string, lang: Language): string {
  const clock = String(Number(formatTime(hour).slice(0, 2)))
  return fill(words(lang).receipt.hour, { day: formatDay(hour, lang), hour: clock })
}

export function certificateLines(
  certificate: Certificate,
  courtName: string,
  { receipt: t }: FilingWords,
  lang: Language
): string[] {
  const { number, hour, signature, env, head, court } = certificate
  const labels = t.certificateLines
  return [
    `${labels.number}: ${number}`,
    `${labels.court}: ${courtName} (${court})`,
    `${labels.hour}: ${hourText(hour, lang)} (${hour})`,
    `${labels.env}: ${env}`,
    `${labels.head}: ${head}`,
    `${labels.signature}: ${signature}`
  ]
}
