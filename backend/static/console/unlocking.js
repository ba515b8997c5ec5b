/** The part of a page where an officer unlocks the keys, once for as long as the page stays open. */
import { explain, part, post, t } from './desk.js'
import { Vault } from './vault.js'

/** Keys lie open no longer than this after the last thing that was done with them. */
const IDLE_SECONDS = 600

/**
 * @typedef {object} Unlocked
 * @property {Vault} vault
 * @property {import('./statement.js').Statement[]} statements the court's present ones
 */

/**
 * @param {HTMLElement} section
 * @param {string} base e.g. `/court/tips`
 * @param {(open: boolean) => void} onChange
 * @returns {Unlocked}
 */
export function unlocking(section, base, onChange) {
  const vault = new Vault({ idleSeconds: IDLE_SECONDS })
  /** @type {Unlocked} */
  const unlocked = { vault, statements: [] }
  const form = /** @type {HTMLFormElement} */ (part(section, 'unlock'))

  /** @param {boolean} open @param {string} told */
  function show(open, told) {
    form.hidden = open
    part(section, 'open').hidden = !open
    part(section, 'told').textContent = told
    onChange(open)
  }

  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    const field = /** @type {HTMLInputElement} */ (form.elements.namedItem('phrase'))
    try {
      const keyfile = await post(base, '/keys')
      await vault.unlock(keyfile, field.value.trim())
      unlocked.statements = keyfile.statements
      field.value = ''
      show(true, '')
    } catch (error) {
      part(section, 'told').textContent = explain(error)
    }
  })
  // Before, what was typed would have been sent to nobody.
  for (const button of form.querySelectorAll('button')) button.disabled = false
  part(section, 'lock').addEventListener('click', () => vault.lock())
  vault.addEventListener('lock', () =>
    show(false, t('已锁上。写到一半的文字还在。', 'Locked. What you were writing is kept.'))
  )
  document.addEventListener('input', () => vault.touch())
  return unlocked
}

/** Where an officer shows a second factor again, in another tab so that the keys stay open here. @param {HTMLElement} section */
export function proveLink(section) {
  const link = document.createElement('a')
  link.href = section.dataset.prove ?? ''
  link.target = '_blank'
  link.rel = 'noopener'
  link.textContent = t('再次验证身份(新标签页)', 'Show your second factor (new tab)')
  return link
}
