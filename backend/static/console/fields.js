/** What a form says beside its reasons, so that a refusal, or a second factor asked for again, does not lose it. */
import { findDraft, keepDraft } from './drafts.js'

/** A count that confirms is typed anew; codes, passwords, files and what the page itself sends are nobody's draft. */
const KEPT = 'input:not([type="hidden"], [type="password"], [type="file"], [name="count"], [name="code"]), select'
/** The form whose answer was no page of its own. */
const REFUSED = 'refused-form'

/** @typedef {HTMLInputElement | HTMLSelectElement} Field */

/** @param {HTMLFormElement} form @returns {Field[]} */
function fieldsOf(form) {
  return [...form.querySelectorAll(KEPT)].map((field) => /** @type {Field} */ (field)).filter(({ name }) => name)
}

/** Nothing where there is nothing to keep. @param {HTMLFormElement} form @returns {string[]} */
export function namesOfFields(form) {
  const name = `${location.pathname}${location.search}#${form.getAttribute('action') ?? ''}#fields`
  return fieldsOf(form).length ? [name] : []
}

/** @param {Field} field */
function saidIn(field) {
  const ticked = field instanceof HTMLInputElement && ['checkbox', 'radio'].includes(field.type)
  return ticked ? field.checked : field.value
}

/** @param {Field} field @param {string | boolean} value */
function restore(field, value) {
  if (field instanceof HTMLInputElement && typeof value === 'boolean') field.checked = value
  else field.value = String(value)
  field.dispatchEvent(new Event('change', { bubbles: true }))
}

/** Keep what is filled in at each change; put it back only where the form was sent and not taken. @param {string} officer */
export async function followFields(officer) {
  const refused = sessionStorage.getItem(REFUSED)
  for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (
    document.querySelectorAll('main form[method="post"]')
  )) {
    const [fields, [name]] = [fieldsOf(form), namesOfFields(form)]
    if (!name) continue
    if (name === refused) {
      const kept = JSON.parse((await findDraft(officer, name)) ?? '[]')
      if (kept.length === fields.length) for (const [at, field] of fields.entries()) restore(field, kept[at])
      sessionStorage.removeItem(REFUSED)
    }
    form.addEventListener('change', () => void keepDraft(officer, name, JSON.stringify(fields.map(saidIn))))
  }
}

/** A page that shows the form again, with what is wrong beside it, has filled it in itself. @param {string[]} sent */
export function noteRefused(sent) {
  const name = sent.find((one) => one.endsWith('#fields'))
  const isElsewhere = !document.querySelector('.places') || document.querySelector('[data-refused], [name="code"]')
  if (name && isElsewhere) sessionStorage.setItem(REFUSED, name)
}
