/** On every page: what was half written comes back after a sign-out, encrypted in this tab until it was sent. */
import { meta } from '../desk.js'
import { clearDraft, findDraft, forgetOldDrafts, keepDraft } from '../drafts.js'
import { followFields, namesOfFields, noteRefused } from '../fields.js'

const officer = meta('officer')
/** Which drafts went out with the last form; they are cleared only once a page says that it was taken. */
const SENT = 'sent-drafts'

/**
 * A page may ask for several reasons, each in a form of its own. A form that is shown again where it was sent to, with
 * what is wrong beside it, is the same form at another address.
 *
 * @param {HTMLTextAreaElement} field
 */
function nameOf(field) {
  const sentTo = field.form?.getAttribute('action') || location.pathname
  return `${sentTo}#${field.dataset.draft}`
}

/** @returns {string[]} */
function sentNames() {
  try {
    return JSON.parse(sessionStorage.getItem(SENT) ?? '[]')
  } catch {
    return []
  }
}

/** How far some work is, without a page that reloads under its reader's hands; not for ever, so that sign-ins end. */
const LOOK_MS = 3_000
const LOOKS = 200

async function followWork() {
  for (let look = 0; look < LOOKS; look += 1) {
    const shown = document.querySelector('[data-progress]')
    if (!shown) return
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
    const answer = await fetch(location.href, { cache: 'no-store' }).catch(() => null)
    if (!answer) continue
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    const now = page.querySelector('[data-progress]')
    if (!now) return location.reload()
    if (now.textContent !== shown.textContent) shown.replaceChildren(...now.childNodes)
  }
}

/** Nothing is lost by a refusal, nor where the way led to signing in or to a second factor: those pages have no place. */
async function settleSent() {
  const taken =
    document.querySelector('.places') && !document.querySelector('[data-refused], [role="alert"], [name="code"]')
  if (taken) await Promise.all(sentNames().map((name) => clearDraft(officer, name)))
  else if (sentNames().length > 0) {
    noteRefused(sentNames())
    document.querySelector('[data-kept]')?.removeAttribute('hidden')
  }
  sessionStorage.removeItem(SENT)
}

/** @param {HTMLTextAreaElement} field */
async function restore(field) {
  const kept = await findDraft(officer, nameOf(field))
  if (kept && !field.value) field.value = kept
  field.addEventListener('input', () => keepDraft(officer, nameOf(field), field.value))
}

async function begin() {
  await settleSent()
  if (!officer) return
  const fields = /** @type {NodeListOf<HTMLTextAreaElement>} */ (document.querySelectorAll('textarea[data-draft]'))
  await Promise.all([...fields].filter(({ dataset }) => !dataset.draft?.startsWith('vault.')).map(restore))
  await followFields(officer)
  document.addEventListener('submit', ({ target }) => {
    if (!(target instanceof HTMLFormElement) || target.method !== 'post') return
    const sent = [...target.querySelectorAll('textarea[data-draft]')].map((field) =>
      nameOf(/** @type {HTMLTextAreaElement} */ (field))
    )
    sessionStorage.setItem(SENT, JSON.stringify([...sent, ...namesOfFields(target)]))
  })
  await forgetOldDrafts()
}

begin()
followWork()
