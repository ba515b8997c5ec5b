/**
 * The one place where an officer's and a court's secret keys are in the clear. A page asks by message (vault.js) and is
 * told what was opened; no answer holds a key. Idle for too long, it forgets them and says so.
 */

import { toBytes } from './bytes.js'
import { openClaim } from './claiming.js'
import {
  certifyServer,
  grant,
  makeCourtKey,
  makeOfficerKey,
  makeRecovery,
  makeSigningKey,
  recover,
  requestSigningKey
} from './keeping.js'
import { Keyring } from './keyring.js'
import { Reading } from './reading.js'
import { Refused } from './refused.js'
import { fingerprint, ready } from './sealing.js'

const keyring = new Keyring()
const reading = new Reading(keyring, ROOT_PUBLIC_KEY)
const idle = { milliseconds: 0, usedAt: 0, timer: 0 }

/** @typedef {{ path: string, headers?: Record<string, string>, body?: unknown }} Request */

/** @type {Record<string, (asked: any) => unknown>} */
const OPERATIONS = {
  unlock({ keyfile, phrase, idleSeconds }) {
    keyring.open(keyfile, phrase)
    idle.milliseconds = idleSeconds * 1000
    return { held: keyring.list() }
  },
  lock: () => lock('asked'),
  touch: () => null,
  state: () => ({ open: keyring.isOpen, held: keyring.list() }),
  take({ secrets }) {
    keyring.take(secrets)
    return { held: keyring.list() }
  },
  open: async (asked) => reading.open(await lend(asked)),
  photo: (asked) => reading.photo(asked),
  answer: (asked) => reading.answer(asked),
  award: (asked) => reading.award(asked),
  forget: (asked) => reading.forget(asked),
  openClaim: async (asked) => openClaim(await lend(asked), keyring, ROOT_PUBLIC_KEY),
  makeOfficerKey: () => makeOfficerKey(),
  makeCourtKey: (asked) => makeCourtKey(keyring, asked),
  makeSigningKey: (asked) => makeSigningKey(asked, ROOT_PUBLIC_KEY),
  requestSigningKey: (asked) => requestSigningKey(asked),
  certifyServer: (asked) => certifyServer(keyring, asked),
  makeRecovery: () => makeRecovery(),
  grant: (asked) => grant(keyring, asked),
  recover: (asked) => recover(asked),
  fingerprint: ({ public_key }) => fingerprint(toBytes(public_key))
}

/**
 * What the server lends: fetched here, so that a row's key comes to no page; or handed over without its row layer.
 *
 * @param {{ request?: Request, lent?: any }} asked
 */
async function lend({ request, lent }) {
  if (!keyring.isOpen) throw new Refused('locked')
  if (!request) return withoutRowKeys(lent)
  if (!request.path.startsWith('/court/')) throw new Refused('malformed')
  const headers = { ...request.headers, 'Content-Type': 'application/json' }
  const answer = await send(request.path, { method: 'POST', headers, body: JSON.stringify(request.body ?? {}) })
  if (!answer.ok) throw new Refused('answered', answer.status)
  return answer.json()
}

/** @param {string} path @param {RequestInit} init */
async function send(path, init) {
  try {
    return await fetch(path, { ...init, credentials: 'same-origin', cache: 'no-store', redirect: 'error' })
  } catch {
    throw new Refused('unreachable')
  }
}

/** @param {any} lent */
function withoutRowKeys(lent) {
  const holders = [lent, lent.claim, lent.award]
  if (holders.some((one) => one && 'row_key' in one)) throw new Refused('malformed')
  return lent
}

/** @param {string} why */
function lock(why) {
  const wasOpen = keyring.isOpen
  keyring.close()
  reading.close()
  clearTimeout(idle.timer)
  if (wasOpen) postMessage({ locked: why })
  return null
}

/** A machine that slept runs no timers, so the clock is asked as well. */
function lockIfIdle() {
  if (keyring.isOpen && Date.now() - idle.usedAt >= idle.milliseconds) lock('idle')
}

function noteUse() {
  idle.usedAt = Date.now()
  clearTimeout(idle.timer)
  if (keyring.isOpen) idle.timer = setTimeout(lockIfIdle, idle.milliseconds)
}

/** @param {{ operation: string, asked: unknown }} message */
async function perform({ operation, asked }) {
  if (!Object.hasOwn(OPERATIONS, operation)) throw new Refused('unknown')
  lockIfIdle()
  const result = await OPERATIONS[operation](asked ?? {})
  if (operation !== 'state') noteUse()
  return result
}

/** @param {unknown} error */
function refusalOf(error) {
  // Nothing of an unforeseen error is told: its words might hold what must not leave.
  if (!(error instanceof Refused)) return { refused: 'unknown' }
  return error.status === undefined ? { refused: error.reason } : { refused: error.reason, status: error.status }
}

addEventListener('message', async ({ data }) => {
  await ready
  try {
    const result = await perform(data)
    const transfer = result instanceof Uint8Array ? [result.buffer] : []
    postMessage({ id: data.id, result }, { transfer })
  } catch (error) {
    postMessage({ id: data.id, ...refusalOf(error) })
  }
})
