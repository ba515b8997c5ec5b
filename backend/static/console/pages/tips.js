/** The page of tips: unlocked once, it opens, answers, decides and compares without ever being left. */
import { element, meta, part, post, t, withToken } from '../desk.js'
import { clearDraft, findDraft, keepDraft } from '../drafts.js'
import { findDuplicates } from '../duplicates.js'
import { findStanding, followInbox, refresh, saying } from '../inbox.js'
import { showPhoto } from '../photos.js'
import { loadOutlines } from '../place.js'
import { kindOf, pairText, tellConversation, tellMore, tellPlace, tellStanding } from '../telling.js'
import { unlocking } from '../unlocking.js'

const BASE = '/court/tips'
const vaultSection = /** @type {HTMLElement} */ (document.querySelector('#vault'))
const section = /** @type {HTMLElement} */ (document.querySelector('#opened'))
const answerForm = /** @type {HTMLFormElement} */ (part(section, 'answer'))
const answerField = /** @type {HTMLTextAreaElement} */ (answerForm.elements.namedItem('text'))
/** @type {{ opened: import('../vault.js').Opened, standing: any, hashes: string[] } | null} */
let current = null
const outlines = loadOutlines(section.dataset.area ?? '')

const unlocked = unlocking(vaultSection, BASE, (open) => {
  if (open) return
  current = null
  section.hidden = true
  for (const name of ['text', 'more', 'place', 'photos', 'conversation', 'pairs']) part(section, name).replaceChildren()
})
const { vault } = unlocked
const { say, trying } = saying(vaultSection, section)

/** @param {number} number @param {string} name */
function draftOf(number, name) {
  return `tip/${number}#${name}`
}

/** The worker fetches a tip itself, so that nothing sealed passes through the page. @param {number} number */
function fetchOpened(number) {
  return withToken(BASE, (headers) => vault.open({ request: { path: `${BASE}/${number}/lend`, headers } }))
}

/** @param {number} number */
async function open(number) {
  say(t('正在打开…', 'Opening…'))
  const opened = await fetchOpened(number)
  if (current) await vault.forget(current.opened.handle)
  current = { opened, standing: await findStanding(BASE, number), hashes: [] }
  section.hidden = false
  say('')
  await show()
  section.focus()
  await refresh()
}

async function show() {
  if (!current) return
  const { opened, standing } = current
  part(document.body, 'pairs').replaceChildren()
  const title = /** @type {HTMLElement} */ (document.querySelector('#opened-title'))
  title.textContent = `${t('线索', 'Tip')} ${opened.number} · ${kindOf(opened.kind)}`
  tellStanding(section, standing)
  part(section, 'text').textContent = opened.text
  tellMore(part(section, 'more'), opened.more)
  tellPlace(part(section, 'place'), await outlines, opened.more)
  tellConversation(part(section, 'conversation'), opened)
  answerField.value = (await findDraft(meta('officer'), draftOf(opened.number, 'answer'))) ?? ''
  const decide = section.querySelector('[data-part="decide"]')
  if (decide instanceof HTMLFormElement) {
    decide.hidden = standing.decided
    decide.reset()
    part(decide, 'rank').hidden = !standing.promised
  }
  current.hashes = await showPhotos(opened)
}

/** @param {import('../vault.js').Opened} opened */
async function showPhotos(opened) {
  const place = part(section, 'photos')
  place.replaceChildren()
  const hashes = []
  for (let n = 1; n <= opened.photos; n += 1) {
    const shown = await showPhoto(place, await vault.photo(opened.handle, n), `${t('照片', 'Photo')} ${n}`)
    if (shown) hashes.push(shown.hash)
    else
      place.append(
        element('p', `${t('照片', 'Photo')} ${n}: ${t('不是可显示的图片', 'no picture that can be shown')}`, 'wrong')
      )
  }
  return hashes
}

async function answer() {
  if (!current) return
  const { opened } = current
  await post(BASE, `/${opened.number}/answer`, await vault.answer(opened, answerField.value.trim()))
  await clearDraft(meta('officer'), draftOf(opened.number, 'answer'))
  await open(opened.number)
  say(t('已加密送出。', 'Sealed and sent.'))
}

/** @param {HTMLFormElement} form */
async function decide(form) {
  if (!current) return
  const { opened, standing } = current
  const said = new FormData(form)
  const choice = String(said.get('choice'))
  const useful = choice === 'useful'
  const rank = Number(said.get('rank'))
  const award = useful && standing.promised ? await vault.award(opened.handle, rank, unlocked.statements) : null
  await post(
    BASE,
    `/${opened.number}/decide`,
    useful ? { outcome: 'useful', award } : { outcome: 'not_used', reason: choice }
  )
  await renew()
  say(t('已决定。', 'Decided.'))
}

async function urge() {
  if (!current) return
  const urgent = !current.standing.urgent
  await post(BASE, `/${current.opened.number}/urgent`, { urgent })
  await renew()
  say(urgent ? t('已标为紧急。', 'Marked urgent.') : t('已取消紧急。', 'No longer urgent.'))
}

/** @param {HTMLFormElement} form */
async function handOver(form) {
  if (!current) return
  await post(BASE, `/${current.opened.number}/hand-over`, { to: String(new FormData(form).get('to')) })
  await renew()
  say(t('已移交。', 'Handed over.'))
}

/** What stands beside the opened tip, once more. */
async function renew() {
  if (!current) return
  current.standing = await findStanding(BASE, current.opened.number)
  tellStanding(section, current.standing)
  const form = section.querySelector('[data-part="decide"]')
  if (form instanceof HTMLFormElement) form.hidden = current.standing.decided
  await refresh()
}

async function compare() {
  if (!current) return
  const { opened, hashes } = current
  const place = part(section, 'pairs')
  const { numbers } = await post(BASE, `/${opened.number}/compare`)
  const tips = [{ ...tipOf(opened), photos: hashes }]
  for (const number of numbers.filter((/** @type {number} */ one) => one !== opened.number)) {
    say(t(`正在打开第 ${number} 号…`, `Opening no. ${number}…`))
    tips.push(await readOther(number, place))
  }
  const pairs = findDuplicates(tips).filter(({ first, second }) => [first, second].includes(opened.number))
  place.replaceChildren(...pairs.map((pair) => element('p', pairText(pair))))
  say(pairs.length ? '' : t('没有发现相近的线索。', 'None that look alike.'))
}

/** @param {import('../vault.js').Opened} opened */
function tipOf({ number, text, more }) {
  const told = [text, ...Object.values(more).filter((one) => typeof one === 'string')].join(' ')
  return { number, text: told, place: typeof more.place === 'string' ? more.place : '' }
}

/** Photos must be drawn to be compared; they are taken away at once. @param {number} number @param {HTMLElement} place */
async function readOther(number, place) {
  const other = await fetchOpened(number)
  const photos = []
  for (let n = 1; n <= other.photos; n += 1) {
    const shown = await showPhoto(place, await vault.photo(other.handle, n), '')
    if (shown) photos.push(shown.hash)
    place.replaceChildren()
  }
  await vault.forget(other.handle)
  return { ...tipOf(other), photos }
}

followInbox(trying, open, { answer, decide, urgent: urge, 'hand-over': handOver })
part(section, 'compare').addEventListener('click', () => trying(compare))
answerField.addEventListener('input', () => {
  if (current) void keepDraft(meta('officer'), draftOf(current.opened.number, 'answer'), answerField.value)
})
