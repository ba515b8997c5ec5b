/**
 * The keeper's page: who may open what. Secrets are made and sealed in the worker, each to a key whose fingerprint is
 * the one that stood on this page when it was compared.
 */
import { explain, part, post, t } from '../desk.js'
import { Refused } from '../refused.js'
import { proveLink, unlocking } from '../unlocking.js'

/**
 * @typedef {{ officer: string, roles: string[], held: string[], public_key: string }} Holder
 * @typedef {object} Plan
 * @property {string} court
 * @property {Holder[]} holders
 * @property {Record<string, string[]>} sealed_to officers by use
 * @property {{ public_key: string } | null} recovery
 * @property {Record<string, { number: number, not_after: string }>} next by use
 * @property {string | null} server_key
 */

const BASE = '/court/settings/keys'
const vaultSection = /** @type {HTMLElement} */ (document.querySelector('#vault'))
const sheet = /** @type {HTMLElement} */ (document.querySelector('#sheet'))
const said = /** @type {HTMLElement} */ (document.querySelector('#said'))
const { vault } = unlocking(vaultSection, BASE, () => say(''))

/** @param {string} text @param {unknown} [error] */
function say(text, error) {
  said.textContent = text
  if (error instanceof Refused && error.status === 401) said.append(' ', proveLink(vaultSection))
}

/** @param {unknown} error */
function told(error) {
  if (!(error instanceof Refused) || error.reason !== 'misdirected') return explain(error)
  return t(
    '指纹与现在的钥匙不符,什么也没有授予。请刷新本页,再当面核对。',
    'The fingerprint is not that of the present key; nothing was granted. Load this page anew and compare again.'
  )
}

/** What the keeper has seen, and not what the server says now. @param {Element | null} place */
function shownIn(place) {
  return place instanceof HTMLElement ? (place.dataset.fingerprint ?? '') : ''
}

/** @returns {Promise<Plan>} */
function findPlan() {
  return post(BASE, '/plan')
}

/** @param {Plan} plan @param {string} use */
function wantedFor(plan, use) {
  if (!plan.recovery) throw new Refused('malformed')
  const recovery = { officer: null, ...plan.recovery, fingerprint: shownIn(document.querySelector('#recovery')) }
  const officers = plan.holders.filter(({ officer }) => plan.sealed_to[use].includes(officer))
  const holders = officers.map(({ officer, public_key }) => ({
    officer,
    public_key,
    fingerprint: shownIn(document.querySelector(`[data-officer="${officer}"]`))
  }))
  return { court: plan.court, ...plan.next[use], holders: [recovery, ...holders] }
}

/** @param {HTMLFormElement} form @param {string} name @returns {File | null} */
function fileIn(form, name) {
  const field = form.elements.namedItem(name)
  return field instanceof HTMLInputElement ? (field.files?.[0] ?? null) : null
}

/** @param {HTMLFormElement} form */
async function grant(form) {
  const place = /** @type {HTMLElement} */ (form.closest('[data-officer]'))
  const [officer, fingerprint] = [place.dataset.officer, shownIn(place)]
  const plan = await findPlan()
  const holder = plan.holders.find((one) => one.officer === officer)
  if (!holder || (await vault.fingerprint(holder.public_key)) !== fingerprint) throw new Refused('misdirected')
  const sheets = [fileIn(form, 'sheet1'), fileIn(form, 'sheet2')].filter((one) => one !== null)
  const opened = await openFor({ ...holder, fingerprint }, sheets, plan)
  await post(BASE, `/${officer}/compare`, { fingerprint })
  const granted = opened
    .filter(({ use, number }) => !holder.held.includes(`${use} ${number}`))
    .map(({ use, number, sealed }) => ({ use, number, sealed }))
  if (granted.length) await post(BASE, `/${officer}/grant`, { fingerprint, granted, by_sheets: sheets.length > 0 })
  await takeOwn()
  await renew()
  say(t(`已核对,授予 ${granted.length} 把钥匙。`, `Compared; ${granted.length} keys granted.`))
}

/**
 * The court's secrets sealed to an officer: from the two sheets, from what the keeper holds, or none while locked.
 *
 * @param {Holder & { fingerprint: string }} holder
 * @param {File[]} sheets
 * @param {Plan} plan
 */
async function openFor(holder, sheets, plan) {
  if (sheets.length === 1) throw new Refused('malformed')
  if (sheets.length === 2 && plan.recovery) {
    const { secrets } = await post(BASE, '/recovery-secrets')
    const [first, second] = sheets
    return vault.recover({ ...holder, sheets: [first, second], recovery_key: plan.recovery.public_key, secrets })
  }
  return (await vault.state()).open ? vault.grant(holder) : []
}

/** The keeper may have been given something meanwhile. */
async function takeOwn() {
  if (!(await vault.state()).open) return
  const { secrets } = await post(BASE, '/keys')
  await vault.take(secrets)
}

async function makeRecovery() {
  const { public_key, sheets } = await vault.makeRecovery()
  part(sheet, 'fingerprint').textContent = await vault.fingerprint(public_key)
  await showSheet(
    t('恢复单 第一张', 'Recovery sheet, the first'),
    sheets[0],
    t('已保存,看第二张', 'Kept; show the second')
  )
  await showSheet(t('恢复单 第二张', 'Recovery sheet, the second'), sheets[1], t('两张都已保存', 'Both are kept'))
  sheet.hidden = true
  part(sheet, 'secret').textContent = ''
  await post(BASE, '/court/recovery', { public_key })
  await renew()
  say(t('恢复密钥已生成。', 'The recovery key is made.'))
}

/** @param {string} title @param {string} secret @param {string} next @returns {Promise<void>} */
function showSheet(title, secret, next) {
  part(sheet, 'title').textContent = title
  part(sheet, 'secret').textContent = secret
  const button = part(sheet, 'next')
  button.textContent = next
  sheet.hidden = false
  sheet.scrollIntoView()
  return new Promise((resolve) => {
    button.addEventListener('click', () => resolve(), { once: true })
  })
}

async function request() {
  await post(BASE, '/court/request', await vault.requestSigningKey(wantedFor(await findPlan(), 'sign')))
  await renew()
  say(t('申请已生成,请下载后交根密钥保管人签名。', 'The request is made; save it and have the root sign it.'))
}

/** @param {HTMLFormElement} form */
async function certified(form) {
  const file = fileIn(form, 'signed')
  if (!file) return
  await post(BASE, '/court/certified', { statement: parse(await file.text()) })
  await takeOwn()
  await renew()
  say(t('签名钥匙已启用。', 'The signing key is in use.'))
}

/** @param {string} text */
function parse(text) {
  try {
    return JSON.parse(text)
  } catch {
    throw new Refused('malformed')
  }
}

async function drop() {
  await post(BASE, '/court/request/drop')
  await renew()
  say(t('已放弃。', 'Given up.'))
}

/** @param {HTMLFormElement} form */
async function make(form) {
  const use = form.dataset.use === 'reward' ? 'reward' : 'box'
  const made = await vault.makeCourtKey({ ...wantedFor(await findPlan(), use), use })
  await post(BASE, '/court/made', made)
  await takeOwn()
  await renew()
  say(t('新钥匙已启用。', 'The new key is in use.'))
}

async function certifyServer() {
  const { court, next, server_key } = await findPlan()
  if (!server_key) throw new Refused('answered', 409)
  await post(BASE, '/court/server', { statement: await vault.certifyServer({ court, ...next.cert, key: server_key }) })
  await renew()
  say(t('已证明服务器钥匙。', "The server's key is vouched for."))
}

/** The page is fetched and its work put in place: leaving it would lock the keys. */
async function renew() {
  const answer = await fetch(location.href, { cache: 'no-store', redirect: 'manual' })
  if (!answer.ok) throw new Refused('answered', answer.status || 401)
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  const fresh = page.querySelector('#work')
  if (fresh) document.querySelector('#work')?.replaceWith(document.adoptNode(fresh))
}

/** @type {Record<string, (form: HTMLFormElement) => Promise<void>>} */
const ACTS = { grant, recovery: makeRecovery, request, certified, drop, make, server: certifyServer }

/** @param {HTMLFormElement} form */
async function act(form) {
  const button = form.querySelector('button')
  if (button) button.disabled = true
  try {
    await ACTS[form.dataset.act ?? ''](form)
  } catch (error) {
    say(told(error), error)
  } finally {
    if (button) button.disabled = false
  }
}

part(sheet, 'print').addEventListener('click', () => print())
document.addEventListener('submit', (event) => {
  const form = event.target
  if (!(form instanceof HTMLFormElement) || !form.dataset.act) return
  event.preventDefault()
  void act(form)
})
