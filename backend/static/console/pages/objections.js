/** The page of objections: unlocked once, it opens, answers and decides; reasons are sealed here and sent nowhere else. */
import { element, meta, part, post, t, withToken } from '../desk.js'
import { clearDraft, findDraft, keepDraft } from '../drafts.js'
import { findStanding, followInbox, refresh, saying } from '../inbox.js'
import { DOORS, LABELS, VALUES } from '../objection-words.js'
import { showPhoto } from '../photos.js'
import { said, tellConversation, tellMore } from '../telling.js'
import { unlocking } from '../unlocking.js'

const BASE = '/court/objections'
const vaultSection = /** @type {HTMLElement} */ (document.querySelector('#vault'))
const section = /** @type {HTMLElement} */ (document.querySelector('#opened'))
/** @type {{ opened: import('../vault.js').Opened, standing: any } | null} */
let current = null

const { vault } = unlocking(vaultSection, BASE, (open) => {
  if (open) return
  current = null
  section.hidden = true
  for (const name of ['text', 'more', 'photos', 'conversation', 'listings']) part(section, name).replaceChildren()
})
const { say, trying } = saying(vaultSection, section)

/** @param {number} number @param {string} name */
function draftOf(number, name) {
  return `objection/${number}#${name}`
}

/** @param {number} number */
async function open(number) {
  say(t('正在打开…', 'Opening…'))
  const opened = await withToken(BASE, (headers) =>
    vault.open({ request: { path: `${BASE}/${number}/lend`, headers } })
  )
  if (current) await vault.forget(current.opened.handle)
  current = { opened, standing: await findStanding(BASE, number) }
  section.hidden = false
  say('')
  await show()
  section.focus()
  await refresh()
}

async function show() {
  if (!current) return
  const { opened, standing } = current
  const title = /** @type {HTMLElement} */ (document.querySelector('#opened-title'))
  title.textContent = `${t('纠正申请', 'Objection')} ${opened.number}`
  const due = `${t('最迟', 'answer by')} ${standing.due_on}`
  const holder = standing.holder && `${t('承办', 'held by')} ${standing.holder}`
  const parts = [said(DOORS, opened.kind), standing.case_numbers, due, standing.words, holder]
  part(section, 'standing').textContent = parts.filter(Boolean).join(' · ')
  part(section, 'hand-over').hidden = Boolean(standing.outcome)
  part(section, 'listings').replaceChildren(...standing.listings.map(listingLine))
  part(section, 'text').textContent = opened.text
  tellMore(part(section, 'more'), opened.more, LABELS, VALUES)
  tellConversation(part(section, 'conversation'), opened, t('申请人', 'Applicant'))
  await restoreDrafts(opened.number)
  const decide = section.querySelector('[data-part="decide"]')
  if (decide instanceof HTMLElement) {
    decide.hidden = Boolean(standing.outcome)
    part(decide, 'found').hidden = standing.listings.length > 0
  }
  await showPhotos(opened)
}

/** @param {string} listing */
function listingLine(listing) {
  const line = element('li')
  const link = document.createElement('a')
  link.href = `/court/listings/${listing}`
  link.target = '_blank'
  link.textContent = t('打开公示,在那里办理', 'Open the listing, and act there')
  line.append(link)
  return line
}

/** @param {import('../vault.js').Opened} opened */
async function showPhotos(opened) {
  const place = part(section, 'photos')
  place.replaceChildren()
  for (let n = 1; n <= opened.photos; n += 1) {
    const name = `${t('照片', 'Photo')} ${n}`
    const shown = await showPhoto(place, await vault.photo(opened.handle, n), name)
    if (!shown) place.append(element('p', `${name}: ${t('不是可显示的图片', 'no picture that can be shown')}`, 'wrong'))
  }
}

/** @returns {NodeListOf<HTMLTextAreaElement>} */
function drafts() {
  return section.querySelectorAll('textarea[name]')
}

/** @param {number} number */
async function restoreDrafts(number) {
  for (const field of drafts()) field.value = (await findDraft(meta('officer'), draftOf(number, field.name))) ?? ''
}

/** @param {HTMLFormElement} form */
async function answer(form) {
  if (!current) return
  const { opened } = current
  const text = String(new FormData(form).get('text')).trim()
  await post(BASE, `/${opened.number}/answer`, await vault.answer(opened, text))
  await clearDraft(meta('officer'), draftOf(opened.number, 'text'))
  await open(opened.number)
  say(t('已加密送出。', 'Sealed and sent.'))
}

/** @param {HTMLFormElement} form */
async function decide(form) {
  if (!current) return
  const { opened, standing } = current
  const filled = new FormData(form)
  const outcome = String(filled.get('outcome'))
  const reasons = String(filled.get('reasons')).trim()
  const [head, tail] = standing.around[outcome]
  const text = [head, reasons && `理由 Reasons: ${reasons}`, tail].filter(Boolean).join('\n\n')
  const boxed = await vault.answer(opened, text)
  await post(BASE, `/${opened.number}/decide`, {
    outcome,
    act: outcome === 'founded' ? String(filled.get('act')) || null : null,
    reasoned: reasons !== '',
    listings: String(filled.get('listings')).split(/\s+/).filter(Boolean),
    answer: boxed
  })
  await clearDraft(meta('officer'), draftOf(opened.number, 'reasons'))
  await open(opened.number)
  say(t('已决定,已加密送出。可打印本页。', 'Decided, sealed and sent. This page can be printed.'))
}

/** @param {HTMLFormElement} form */
async function handOver(form) {
  if (!current) return
  await post(BASE, `/${current.opened.number}/hand-over`, { to: String(new FormData(form).get('to')) })
  current.standing = await findStanding(BASE, current.opened.number)
  await show()
  await refresh()
  say(t('已移交。', 'Handed over.'))
}

followInbox(trying, open, { answer, decide, 'hand-over': handOver })

for (const field of drafts()) {
  field.addEventListener('input', () => {
    if (current) void keepDraft(meta('officer'), draftOf(current.opened.number, field.name), field.value)
  })
}
