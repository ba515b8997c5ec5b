/** On every page: what was half written comes back after a sign-out, encrypted in this tab until it was sent. */
import { meta } from '../desk.js'
import { clearDraft, findDraft, forgetOldDrafts, keepDraft } from '../drafts.js'

const officer = meta('officer')
/** Which drafts went out with the last form; they are cleared only once a page says that it was taken. */
const SENT = 'sent-drafts'

/** @param {HTMLTextAreaElement} field */
function nameOf(field) {
  return `${location.pathname}#${field.dataset.draft}`
}

/** @returns {string[]} */
function sentNames() {
  try {
    return JSON.parse(sessionStorage.getItem(SENT) ?? '[]')
  } catch {
    return []
  }
}

/** Nothing is lost by a refusal, nor where the way led to signing in. */
async function settleSent() {
  if (location.pathname.startsWith('/court/sign-in') || document.querySelector('[data-refused], [role="alert"]')) return
  await Promise.all(sentNames().map((name) => clearDraft(officer, name)))
  sessionStorage.removeItem(SENT)
}

/** @param {HTMLTextAreaElement} field */
async function restore(field) {
  const kept = await findDraft(officer, nameOf(field))
  if (kept && !field.value) field.value = kept
  field.addEventListener('input', () => keepDraft(officer, nameOf(field), field.value))
}

async function begin() {
  if (!officer) return
  await settleSent()
  const fields = /** @type {NodeListOf<HTMLTextAreaElement>} */ (document.querySelectorAll('textarea[data-draft]'))
  await Promise.all([...fields].filter(({ dataset }) => !dataset.draft?.startsWith('vault.')).map(restore))
  document.addEventListener('submit', ({ target }) => {
    if (!(target instanceof HTMLFormElement) || target.method !== 'post') return
    const sent = [...target.querySelectorAll('textarea[data-draft]')].map((field) =>
      nameOf(/** @type {HTMLTextAreaElement} */ (field))
    )
    sessionStorage.setItem(SENT, JSON.stringify(sent))
  })
  await forgetOldDrafts()
}

begin()
