/** The page of claims: a reward officer opens who claims, proposes, refuses, and makes the cashier's file. */
import { saveCsv } from '../csv.js'
import { element, explain, meta, part, post, t, withToken } from '../desk.js'
import { clearDraft, findDraft, keepDraft } from '../drafts.js'
import { findStanding, followInbox, refresh, saying } from '../inbox.js'
import { Refused } from '../refused.js'
import { unlocking } from '../unlocking.js'

const BASE = '/court/claims'
const vaultSection = /** @type {HTMLElement} */ (document.querySelector('#vault'))
const section = /** @type {HTMLElement} */ (document.querySelector('#opened'))
const cashier = /** @type {HTMLElement} */ (document.querySelector('#cashier'))
const proposeForm = /** @type {HTMLFormElement} */ (part(section, 'propose'))
const noticeField = /** @type {HTMLSelectElement} */ (proposeForm.querySelector('select'))
/** @typedef {{ tip: number, rank: number, claimant: import('../claim.js').Claimant }} OpenClaim */
/** @type {{ number: number, claim: OpenClaim | null } | null} */
let current = null

const { vault } = unlocking(vaultSection, BASE, (open) => {
  if (open) return
  part(section, 'claimant').replaceChildren()
  part(section, 'claim').hidden = true
  part(section, 'open-claim').hidden = false
  if (current) current.claim = null
})
const { say, trying } = saying(vaultSection, section)

/** @param {HTMLTextAreaElement} field */
function draftOf(field) {
  return `claim/${current?.number}#${field.dataset.draft}`
}

function draftFields() {
  return /** @type {HTMLTextAreaElement[]} */ ([...section.querySelectorAll('textarea[data-draft]')])
}

/** Who claims is fetched by the worker. @param {number} number @param {string} reason @returns {Promise<OpenClaim>} */
function fetchClaim(number, reason) {
  return withToken(BASE, (headers) =>
    vault.openClaim({ request: { path: `${BASE}/${number}/lend`, headers, body: { reason } } })
  )
}

/** @param {number} number */
async function choose(number) {
  const standing = await findStanding(BASE, number)
  current = { number, claim: null }
  section.hidden = false
  part(section, 'claim').hidden = true
  part(section, 'open-claim').hidden = false
  part(section, 'claimant').replaceChildren()
  const title = /** @type {HTMLElement} */ (document.querySelector('#opened-title'))
  title.textContent = `${t('领奖', 'Claim')} ${number}`
  tellStanding(standing)
  const notices = standing.notices.map((/** @type {{ id: string, words: string, condition: string }} */ one) => {
    const option = /** @type {HTMLOptionElement} */ (element('option', one.words))
    option.value = one.id
    option.dataset.condition = one.condition
    return option
  })
  noticeField.replaceChildren(...notices)
  showCondition()
  for (const field of draftFields()) field.value = (await findDraft(meta('officer'), draftOf(field))) ?? ''
  say('')
  section.focus()
}

/** What must have come of the tip, by what the notice promised; a tick under other words does not count. */
function showCondition() {
  const condition = noticeField.selectedOptions[0]?.dataset.condition ?? 'claim_met'
  for (const words of proposeForm.querySelectorAll('[data-condition]')) {
    if (words instanceof HTMLSpanElement) words.hidden = words.dataset.condition !== condition
  }
  const box = /** @type {HTMLInputElement} */ (proposeForm.elements.namedItem('condition'))
  box.checked = false
}

/** What is still to be done about it follows from how it stands. @param {{ words: string, status: string }} standing */
function tellStanding({ words, status }) {
  part(section, 'standing').textContent = words
  part(section, 'refuse').hidden = proposeForm.hidden = status !== 'received'
}

/** As it is now, here and in the ledger. @param {number} number */
async function renew(number) {
  tellStanding(await findStanding(BASE, number))
  await refresh()
}

/** @param {HTMLFormElement} form */
async function openClaim(form) {
  if (!current) return
  const reason = String(new FormData(form).get('reason')).trim()
  const claim = await fetchClaim(current.number, reason)
  current.claim = claim
  const { name, id, account } = claim.claimant
  const facts = [
    [t('领奖人', 'Claimant'), name],
    [t('证件号码', 'Identity number'), id],
    [t('账号', 'Account'), account],
    [t('线索编号', 'Tip'), String(claim.tip)],
    [t('同样线索中的顺位', 'Rank among the same'), String(claim.rank)]
  ]
  part(section, 'claimant').replaceChildren(
    ...facts.flatMap(([what, text]) => [element('dt', what), element('dd', text)])
  )
  part(section, 'claim').hidden = false
  form.hidden = true
  await sent(form)
  say('')
}

/** @param {HTMLFormElement} form */
async function propose(form) {
  if (!current?.claim) throw new Refused('locked')
  const said = new FormData(form)
  const condition = noticeField.selectedOptions[0]?.dataset.condition ?? 'claim_met'
  const checks = {
    ...Object.fromEntries(['not_agent', 'not_bound', 'not_known'].map((name) => [name, said.has(name)])),
    [condition]: said.has('condition')
  }
  if (Object.values(checks).includes(false)) {
    return say(
      t(
        '四项条件须全部符合;不符合的,请填理由后不予支付。',
        'All four must hold; where one does not, refuse with a reason.'
      )
    )
  }
  const terms = { recovered: said.get('recovered'), notice: said.get('notice'), reason: said.get('reason') }
  const { amount } = await post(BASE, `/${current.number}/propose`, { ...checks, ...terms, rank: current.claim.rank })
  await sent(form)
  await renew(current.number)
  say(t(`奖金 ${amount} 元,已送批准。`, `${amount} yuan, sent for approval.`))
}

/** @param {HTMLFormElement} form */
async function refuse(form) {
  if (!current) return
  await post(BASE, `/${current.number}/refuse`, { reason: String(new FormData(form).get('reason')).trim() })
  await sent(form)
  await renew(current.number)
  say(t('已结案,不付。', 'Closed without a reward.'))
}

/** @param {HTMLFormElement} form */
async function handOver(form) {
  if (!current) return
  await post(BASE, `/${current.number}/hand-over`, { to: String(new FormData(form).get('to')) })
  await refresh()
  say(t('已移交。', 'Handed over.'))
}

/** @param {HTMLFormElement} form */
async function sent(form) {
  const fields = /** @type {HTMLTextAreaElement[]} */ ([...form.querySelectorAll('textarea[data-draft]')])
  await Promise.all(fields.map((field) => clearDraft(meta('officer'), draftOf(field))))
}

/** What is wrong with one claim, and no reason to keep back the others. @param {Refused} error */
function isItsOwn({ reason, status }) {
  const faults = ['cannot-open', 'malformed', 'misdirected', 'not-a-reader', 'too-long', 'untrusted-key']
  return status === 404 || status === 422 || faults.includes(reason)
}

/** In China, whose day is ahead of UTC's. */
function today() {
  return new Date().toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' })
}

/** Payees are opened here, go into a file of this computer, and to no server. */
async function exportPayments() {
  section.hidden = true
  const { open } = await vault.state()
  if (!open) throw new Refused('locked')
  const { payments } = await post(BASE, '/export')
  const rows = []
  const skipped = []
  for (const { number, amount } of payments) {
    say(t(`正在打开领奖号 ${number}…`, `Opening claim ${number}…`))
    try {
      const { claimant } = await fetchClaim(number, t('交出纳付款', 'For the cashier'))
      rows.push([claimant.name, claimant.account, Number(amount), number])
    } catch (error) {
      if (!(error instanceof Refused) || !isItsOwn(error)) throw error
      skipped.push(`${number}: ${explain(error)}`)
    }
  }
  const left = skipped.length ? [t('没有写入:', 'Left out:'), ...skipped].join(' ') : ''
  if (!rows.length) return say(left || t('没有可以交出纳的。', 'There is nothing to give to the cashier.'))
  const header = [t('收款人', 'Payee'), t('账号', 'Account'), t('金额', 'Amount'), t('领奖号', 'Claim')]
  saveCsv(`payments-${today()}.csv`, [header, ...rows])
  const isTold = await confirmExported(rows.map((row) => Number(row[3])))
  await refresh()
  if (!isTold) {
    return say(
      t(
        '其中有的已由别人交出纳。请删除刚才的文件,不要交出去,再生成一次。',
        'Somebody else has given some of these to the cashier. Delete this file without handing it on, and make it again.'
      )
    )
  }
  const told = t(
    `${rows.length} 笔已写入文件,交给出纳后请从本机删除。`,
    `${rows.length} payments are in the file; delete it here once the cashier has it.`
  )
  say([told, left].filter(Boolean).join(' '))
}

/** All of them or none: of two files that name a payment, one is not to be used. @param {number[]} numbers */
async function confirmExported(numbers) {
  try {
    await post(BASE, '/exported', { numbers })
  } catch (error) {
    if (error instanceof Refused && error.status === 409) return false
    throw error
  }
  return true
}

followInbox(trying, choose, { 'open-claim': openClaim, propose, refuse, 'hand-over': handOver })

for (const field of draftFields()) {
  field.addEventListener('input', () => {
    if (current) void keepDraft(meta('officer'), draftOf(field), field.value)
  })
}
noticeField.addEventListener('change', showCondition)
cashier.addEventListener('click', ({ target }) => {
  if (target instanceof Element && target.closest('[data-part="export"]')) void trying(exportPayments)
})
