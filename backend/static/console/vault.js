/**
 * A page's side of the worker that holds the keys. One vault lives as long as its document: pages that read or keep
 * keys send their forms by `fetch` and do not navigate, so that an officer unlocks once.
 *
 * Every call is refused with `Refused`, whose `reason` is one of refused.js: `locked` before `unlock` and after idling.
 */
import { Refused } from './refused.js'

/**
 * @typedef {import('./keyring.js').Keyfile} Keyfile
 * @typedef {import('./worker.js').Request} Request what the worker asks of this server, by POST, under /court/
 * @typedef {{ request: Request } | { lent: object }} Source a filing or claim to be fetched, or without its row layer
 * @typedef {import('./reading.js').Said} Said
 * @typedef {object} Opened `more` holds what the sender added (`place`, `when`, `contact` …)
 * @property {number} handle names it in later calls
 * @property {number} number
 * @property {string} kind
 * @property {string} text
 * @property {Record<string, unknown>} more
 * @property {number} photos how many
 * @property {Said[]} words
 * @property {Said[]} answers
 * @property {{ words: import('./letter.js').Survey, answers: import('./letter.js').Survey }} surveys
 * @typedef {{ part: string, key_id: number, data: string }} Sealed what the server stores
 * @typedef {typeof import('./keeping.js')} Keeping
 */

export class Vault extends EventTarget {
  #worker = new Worker(WORKER_URL, { type: 'module' })
  /** @type {Map<number, { resolve: (value: any) => void, reject: (error: Refused) => void }>} */
  #waiting = new Map()
  #sent = 0
  #failed = false
  #idleSeconds

  /** Fires `lock` (detail: `idle` or `asked`) when the keys are gone. @param {{ idleSeconds: number }} settings */
  constructor({ idleSeconds }) {
    super()
    this.#idleSeconds = idleSeconds
    this.#worker.addEventListener('message', ({ data }) => this.#receive(data))
    this.#worker.addEventListener('error', () => this.#fail())
  }

  /** @param {Keyfile} keyfile @param {string} phrase @returns {Promise<{ held: { use: string, number: number }[] }>} */
  unlock(keyfile, phrase) {
    return this.#call('unlock', { keyfile, phrase, idleSeconds: this.#idleSeconds })
  }

  lock() {
    return this.#call('lock')
  }

  /** Somebody is at work: to be called when they type. */
  touch() {
    return this.#call('touch')
  }

  /** @returns {Promise<{ open: boolean, held: { use: string, number: number }[] }>} */
  state() {
    return this.#call('state')
  }

  /**
   * More secrets that are sealed to the officer, as after a rotation.
   *
   * @param {import('./keyring.js').Sealed[]} secrets
   */
  take(secrets) {
    return this.#call('take', { secrets })
  }

  /** @param {Source} source @returns {Promise<Opened>} */
  open(source) {
    return this.#call('open', source)
  }

  /**
   * The bytes of photo `n` from 1: for showPhoto() of photos.js only.
   *
   * @param {number} handle
   * @param {number} n
   * @returns {Promise<Uint8Array>}
   */
  photo(handle, n) {
    return this.#call('photo', { handle, n })
  }

  /** The answer after those that could be read. @param {Opened} opened @param {string} text @returns {Promise<Sealed>} */
  answer({ handle, answers }, text) {
    const n = 1 + Math.max(0, ...answers.map((one) => ('n' in one ? one.n : 0)))
    return this.#call('answer', { handle, n, text })
  }

  /**
   * @param {number} handle
   * @param {number} rank
   * @param {import('./statement.js').Statement[]} statements the court's
   * @returns {Promise<Sealed>}
   */
  award(handle, rank, statements) {
    return this.#call('award', { handle, rank, statements })
  }

  /** @param {number} handle */
  forget(handle) {
    return this.#call('forget', { handle })
  }

  /**
   * @param {Source} source
   * @returns {Promise<{ tip: number, rank: number, claimant: import('./claim.js').Claimant }>}
   */
  openClaim(source) {
    return this.#call('openClaim', source)
  }

  /** @returns {Promise<{ phrase: string, public_key: string, wrapped: string, fingerprint: string }>} */
  makeOfficerKey() {
    return this.#call('makeOfficerKey')
  }

  /**
   * @param {Parameters<Keeping['makeCourtKey']>[1]} wanted
   * @returns {Promise<ReturnType<Keeping['makeCourtKey']>>}
   */
  makeCourtKey(wanted) {
    return this.#call('makeCourtKey', wanted)
  }

  /**
   * @param {Parameters<Keeping['makeSigningKey']>[0]} wanted
   * @returns {ReturnType<Keeping['makeSigningKey']>}
   */
  makeSigningKey(wanted) {
    return this.#call('makeSigningKey', wanted)
  }

  /**
   * @param {Parameters<Keeping['requestSigningKey']>[0]} wanted
   * @returns {Promise<ReturnType<Keeping['requestSigningKey']>>}
   */
  requestSigningKey(wanted) {
    return this.#call('requestSigningKey', wanted)
  }

  /**
   * @param {Parameters<Keeping['certifyServer']>[1]} wanted
   * @returns {Promise<import('./statement.js').Statement>}
   */
  certifyServer(wanted) {
    return this.#call('certifyServer', wanted)
  }

  /** @returns {Promise<ReturnType<Keeping['makeRecovery']>>} */
  makeRecovery() {
    return this.#call('makeRecovery')
  }

  /**
   * @param {import('./keeping.js').Newcomer} newcomer
   * @returns {Promise<ReturnType<Keeping['grant']>>}
   */
  grant(newcomer) {
    return this.#call('grant', newcomer)
  }

  /**
   * @param {Parameters<Keeping['recover']>[0]} asked
   * @returns {ReturnType<Keeping['recover']>}
   */
  recover(asked) {
    return this.#call('recover', asked)
  }

  /** What two people compare in person. @param {string} publicKey base64url @returns {Promise<string>} */
  fingerprint(publicKey) {
    return this.#call('fingerprint', { public_key: publicKey })
  }

  /** @param {string} operation @param {object} [asked] @returns {Promise<any>} */
  #call(operation, asked) {
    if (this.#failed) return Promise.reject(new Refused('unreachable'))
    this.#sent += 1
    const id = this.#sent
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      this.#worker.postMessage({ id, operation, asked })
    })
  }

  /** @param {any} message */
  #receive(message) {
    if ('locked' in message) return this.dispatchEvent(new CustomEvent('lock', { detail: message.locked }))
    const waiting = this.#waiting.get(message.id)
    this.#waiting.delete(message.id)
    if ('refused' in message) return waiting?.reject(new Refused(message.refused, message.status))
    return waiting?.resolve(message.result)
  }

  /** The worker could not be loaded, or broke down: its keys are gone, and whoever waits or asks later is told. */
  #fail() {
    this.#failed = true
    this.#worker.terminate()
    for (const { reject } of this.#waiting.values()) reject(new Refused('unreachable'))
    this.#waiting.clear()
  }
}

export { Refused }
