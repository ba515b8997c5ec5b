/** Numbers, dates and counts as people read them. Pure: the language is a parameter. */
import { type Counts, countBodies } from '../api/areas'
import type { KindChoice } from '../api/filter'
import { fill, type Language, messages } from './index'

const WEEKDAYS = {
  zh: ['周日', '周一', '周二', '周三', '周四', '周五', '周六'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
}
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
/** All dates are the court's: China has had one time zone and no summer time since 1992. */
const CHINA_OFFSET_MS = 8 * 3600 * 1000
const MINUTE_MS = 60 * 1000
const DAY_MS = 24 * 3600 * 1000
/** Up to here a number is written in full. */
const LAST_FULL_NUMBER = 9999

function groupThousands(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** One decimal below ten units, none above: 1.2, 12. */
function shorten(n: number): string {
  const rounded = n < 9.95 ? Math.round(n * 10) / 10 : Math.round(n)
  return String(rounded)
}

export function formatNumber(n: number, lang: Language): string {
  if (n <= LAST_FULL_NUMBER) return groupThousands(n)
  if (lang === 'zh') return `${shorten(n / 10000)} 万`
  return n < 999500 ? `${Math.round(n / 1000)}k` : `${shorten(n / 1000000)}M`
}

function chinaDate(time: string): Date | null {
  const stamp = /^\d{4}-\d{2}-\d{2}$/.test(time) ? Date.parse(`${time}T00:00:00Z`) : Date.parse(time) + CHINA_OFFSET_MS
  return Number.isNaN(stamp) ? null : new Date(stamp)
}

function dayText(date: Date, lang: Language): string {
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()]
  return lang === 'zh' ? `${year}年${month + 1}月${day}日` : `${day} ${MONTHS[month]} ${year}`
}

/** `2025年3月14日` / `14 Mar 2025`, from `YYYY-MM-DD` or an RFC 3339 time. */
export function formatDay(time: string, lang: Language): string {
  const date = chinaDate(time)
  return date === null ? time : dayText(date, lang)
}

/** With the weekday, where somebody has to act on it: `2026年11月25日(周三)` / `Wed 25 Nov 2026`. */
export function formatDate(time: string, lang: Language): string {
  const date = chinaDate(time)
  if (date === null) return time
  const weekday = WEEKDAYS[lang][date.getUTCDay()]
  return lang === 'zh' ? `${dayText(date, lang)}(${weekday})` : `${weekday} ${dayText(date, lang)}`
}

/** A day by which somebody must act, with the working days that the service counts: none once it is past. */
export function formatDeadline(time: string, left: number | null | undefined, lang: Language): string {
  const text = formatDate(time, lang)
  if (left === null || left === undefined || chinaDate(time) === null) return text
  const { daysLeft, daysLeftOne, lastDay } = messages(lang).common
  const days = left === 0 ? lastDay : fill(left === 1 ? daysLeftOne : daysLeft, { n: left })
  return lang === 'zh' ? `${text.slice(0, -1)},${days})` : `${text} (${days})`
}

/** `14:20`, in China's time. */
export function formatTime(time: string): string {
  const date = chinaDate(time)
  return date === null ? time : date.toISOString().slice(11, 16)
}

/** `2026年11月21日 18:00` / `21 Nov 2026, 18:00`. A date alone gets no hour. */
export function formatMoment(time: string, lang: Language): string {
  if (!time.includes('T')) return formatDay(time, lang)
  return `${formatDay(time, lang)}${lang === 'zh' ? ' ' : ', '}${formatTime(time)}`
}

/** From when something works again: `14:20`, with the day if that is not today. Rounded up, never a minute too early. */
export function formatFrom(time: string, lang: Language, now: number): string {
  const stamp = Math.ceil(Date.parse(time) / MINUTE_MS) * MINUTE_MS
  if (Number.isNaN(stamp)) return time
  const minute = new Date(stamp).toISOString()
  return chinaToday(stamp) === chinaToday(now) ? formatTime(minute) : formatMoment(minute, lang)
}

/** Longer than this and nobody counts seconds. */
const MOST_SECONDS = 120

/** From when, where a wait is so long that a time of day says more than seconds; else ''. */
export function formatLongWait(seconds: number, lang: Language, now: number): string {
  return seconds > MOST_SECONDS ? formatFrom(new Date(now + seconds * 1000).toISOString(), lang, now) : ''
}

/** Whole days from a time until `now`. */
export function daysSince(time: string, now: number): number {
  const date = chinaDate(time)
  return date === null ? 0 : Math.floor((now + CHINA_OFFSET_MS - date.getTime()) / DAY_MS)
}

/** Today's date in China, `YYYY-MM-DD`. */
export function chinaToday(now: number): string {
  return new Date(now + CHINA_OFFSET_MS).toISOString().slice(0, 10)
}

/** `fill` for numbers and their words: 1.2 万 stands alone, but 1.2 万人. */
export function fillCounts(text: string, values: Record<string, string | number>): string {
  return fill(text, values).replace(/万 (?=[人家条])/g, '万')
}

function counted(n: number, many: string, one: string, lang: Language): string {
  return fillCounts(n === 1 ? one : many, { n: formatNumber(n, lang) })
}

export function formatPeople(n: number, lang: Language): string {
  const { people, peopleOne } = messages(lang).common
  return counted(n, people, peopleOne, lang)
}

export function formatBodies(n: number, lang: Language, long = false): string {
  const { bodies, bodiesOne, bodiesLong, bodiesLongOne } = messages(lang).common
  return long ? counted(n, bodiesLong, bodiesLongOne, lang) : counted(n, bodies, bodiesOne, lang)
}

/** `96 人 · 30 家` / `96 people · 30 orgs`. */
export function formatCounts(counts: Counts, lang: Language, long = false): string {
  return `${formatPeople(counts.person, lang)} · ${formatBodies(countBodies(counts), lang, long)}`
}

/** The counts that a chosen kind leaves. */
export function formatCountsOf(counts: Counts, kind: KindChoice, lang: Language, long = false): string {
  if (kind === 'person') return formatPeople(counts.person, lang)
  if (kind === 'bodies') return formatBodies(countBodies(counts), lang, long)
  return formatCounts(counts, lang, long)
}

/** Small numbers of a month would point at single people. */
export function formatRecent(n: number | null, lang: Language): string {
  return n === null || n < 5 ? messages(lang).common.fewerThanFive : formatNumber(n, lang)
}
