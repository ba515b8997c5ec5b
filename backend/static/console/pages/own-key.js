/** An officer's own key: made in the worker, its phrase shown once and typed once more before anything is kept. */
import { explain, part, post, t } from '../desk.js'
import { Refused } from '../refused.js'
import { proveLink } from '../unlocking.js'
import { Vault } from '../vault.js'

const BASE = '/court/settings/keys'
/** Time enough to print a page and find a pen. */
const IDLE_SECONDS = 600

const section = /** @type {HTMLElement} */ (document.querySelector('#own-key'))
const sheet = /** @type {HTMLElement} */ (document.querySelector('#sheet'))
const form = /** @type {HTMLFormElement} */ (part(section, 'confirm'))
const vault = new Vault({ idleSeconds: IDLE_SECONDS })
/** @type {{ public_key: string, wrapped: string } | null} */
let made = null

/** @param {() => Promise<void>} act */
async function trying(act) {
  const told = part(section, 'told')
  try {
    await act()
  } catch (error) {
    told.textContent = explain(error)
    if (error instanceof Refused && error.status === 401) told.append(' ', proveLink(section))
  }
}

async function make() {
  const { phrase, fingerprint, ...kept } = await vault.makeOfficerKey()
  made = kept
  part(sheet, 'secret').textContent = phrase
  part(sheet, 'fingerprint').textContent = fingerprint
  sheet.hidden = false
  form.hidden = false
  part(section, 'make').hidden = true
  sheet.scrollIntoView()
}

/** The phrase must open the key before the server is given it: one that was copied wrongly opens nothing ever again. */
async function confirm() {
  if (!made) return
  const field = /** @type {HTMLInputElement} */ (form.elements.namedItem('phrase'))
  await vault.unlock({ ...made, secrets: [] }, field.value.trim())
  await vault.lock()
  await post(BASE, '/own', made)
  part(section, 'told').textContent = t('已保存。', 'Kept.')
  location.reload()
}

part(section, 'make').addEventListener('click', () => trying(make))
part(sheet, 'print').addEventListener('click', () => print())
form.addEventListener('submit', (event) => {
  event.preventDefault()
  void trying(confirm)
})
