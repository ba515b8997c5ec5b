/** How an opened tip is written on the page: always as text, never as markup. */
import { element, part, t } from './desk.js'
import { draw, outlineAround, positionOf } from './place.js'

/** @type {Record<string, [string, string]>} */
const KINDS = {
  vehicle: ['车辆', 'Vehicle'],
  real_estate: ['房产', 'Property'],
  money: ['存款、收入', 'Money, income'],
  share: ['公司股权', 'Company share'],
  whereabouts: ['下落', 'Whereabouts'],
  spending_violation: ['高消费', 'Luxury spending'],
  other: ['其他', 'Other']
}
/** @type {Record<string, [string, string]>} */
const LABELS = {
  about: ['关于谁', 'About whom'],
  case_number: ['案号', 'Case'],
  plate: ['车牌', 'Plate'],
  make: ['品牌颜色', 'Make, colour'],
  holder: ['在谁名下', 'In whose name'],
  bank: ['开户行或单位', 'Bank or employer'],
  company: ['公司', 'Company'],
  what: ['什么消费', 'What was spent on'],
  place: ['在哪里', 'Where'],
  when: ['什么时候', 'When'],
  how: ['怎么知道的', 'How they know'],
  area: ['地区代码', 'Area code'],
  area_name: ['地区', 'Area'],
  contact: ['联系方式', 'Contact']
}
/** @type {Record<string, Record<string, [string, string]>>} */
const VALUES = {
  when: {
    today: ['今天', 'Today'],
    this_week: ['这周', 'This week'],
    earlier: ['更早', 'Earlier'],
    often: ['经常', 'Often']
  }
}

/** @param {Record<string, [string, string]>} table @param {string} key */
export function said(table, key) {
  return Object.hasOwn(table, key) ? t(...table[key]) : key
}

/** @param {string} kind */
export function kindOf(kind) {
  return said(KINDS, kind)
}

/** @param {HTMLElement} list @param {Record<string, unknown>} more */
export function tellMore(list, more, labels = LABELS, values = VALUES) {
  list.replaceChildren()
  for (const [key, value] of Object.entries(more)) {
    if (key === 'point') continue
    const text = typeof value === 'string' ? value : JSON.stringify(value)
    list.append(element('dt', said(labels, key)), element('dd', said(values[key] ?? {}, text)))
  }
}

/** @param {HTMLElement} place @param {import('./place.js').Outline[]} outlines @param {Record<string, unknown>} more */
export function tellPlace(place, outlines, more) {
  place.replaceChildren()
  const position = positionOf(more.point)
  if (!position) return
  const [lon, lat] = position
  const outline = outlineAround(outlines, position)
  const name = outline?.name ?? t('不在已载入的轮廓内', 'outside the outlines that were loaded')
  const label = t(
    `所说的地点(约 100 米):经度 ${lon},纬度 ${lat} · ${name}`,
    `The stated place, to about 100 m: ${lon}, ${lat} · ${name}`
  )
  if (outline) place.append(draw(outline, position, label))
  place.append(element('p', label))
}

/** @param {HTMLElement} list @param {import('./vault.js').Opened} opened */
export function tellConversation(list, { words, answers, surveys }, sender = t('提供者', 'Sender')) {
  const theirs = words.map((one) => line(one, sender, 'theirs'))
  const ours = answers.map((one) => line(one, t('法院', 'Court'), 'ours'))
  list.replaceChildren(...ours, ...theirs)
  for (const [survey, who] of /** @type {const} */ ([
    [surveys.words, t(`${sender}的留言`, "the sender's messages")],
    [surveys.answers, t('法院的留言', "the court's messages")]
  ])) {
    if (survey.missing.length)
      list.append(element('li', `${who}: ${t('缺第', 'missing')} ${survey.missing.join(', ')}`, 'wrong'))
    if (survey.repeated.length)
      list.append(element('li', `${who}: ${t('重复第', 'repeated')} ${survey.repeated.join(', ')}`, 'wrong'))
  }
}

/** @param {import('./reading.js').Said} one @param {string} who @param {string} kind */
function line(one, who, kind) {
  if ('refused' in one)
    return element(
      'li',
      `${who}: ${t('一条不可信的留言,不显示', 'a message that is not to be trusted, not shown')}`,
      'wrong'
    )
  return element('li', `${who} ${one.n}: ${one.text}`, kind)
}

/** @param {HTMLElement} section @param {any} standing */
export function tellStanding(section, standing) {
  const print = /** @type {HTMLAnchorElement} */ (part(section, 'print'))
  print.hidden = !standing.decided
  print.href = `/court/tips/${standing.number}/print`
  part(section, 'urgent').hidden = !standing.due_on
  part(section, 'urge').textContent = standing.urgent
    ? t('不紧急,恢复七日', 'Not urgent after all: seven days')
    : t('标为紧急,三日内核实', 'Mark urgent: three days')
  const due = standing.due_on && `${t('核实期限', 'verify by')} ${standing.due_on}`
  const urgent = standing.urgent && t('紧急', 'urgent')
  const holder = standing.holder && `${t('承办', 'held by')} ${standing.holder}`
  const parts = [standing.words, standing.about, standing.case_numbers, urgent, due, holder]
  part(section, 'standing').textContent = parts.filter(Boolean).join(' · ')
}

/** @param {import('./duplicates.js').Pair} pair */
export function pairText({ first, second, likeness, same }) {
  const what = same.map((one) => {
    if (one.startsWith('plate:')) return `${t('车牌', 'plate')} ${one.slice(6)}`
    return { text: t('文字相近', 'like words'), place: t('地点', 'place'), photo: t('照片', 'photo') }[one] ?? one
  })
  const percent = Math.round(likeness * 100)
  return t(
    `${first} 与 ${second}:${what.join('、')}(文字相似 ${percent}%)。${first} 号在先;请都看过再定。`,
    `${first} and ${second}: ${what.join(', ')} (words ${percent} % alike). No. ${first} came first; read both before you decide.`
  )
}
