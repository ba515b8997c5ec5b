/** The officer's open keys, by use and number; they live in the worker and nowhere else. */
import { isEqual, toBytes, wipe } from './bytes.js'
import { unwrapSecret } from './kept.js'
import { Refused } from './refused.js'
import { KEY_BYTES, pairOf, unseal } from './sealing.js'

/**
 * @typedef {import('./statement.js').Use} Use
 * @typedef {{ use: Use, number: number, sealed: string }} Sealed a secret sealed to the officer, base64url
 * @typedef {{ public_key: string, wrapped: string, secrets: Sealed[] }} Keyfile what the server keeps of an officer
 */

export class Keyring {
  /** @type {import('./sealing.js').Pair | null} */
  #own = null
  /** @type {Map<string, { use: Use, number: number, secret: Uint8Array }>} */
  #held = new Map()

  get isOpen() {
    return this.#own !== null
  }

  /** @param {Keyfile} keyfile @param {string} phrase */
  open(keyfile, phrase) {
    this.close()
    const own = pairOf(unwrapSecret(toBytes(keyfile.wrapped), phrase))
    if (!isEqual(own.publicKey, toBytes(keyfile.public_key, KEY_BYTES))) throw new Refused('misdirected')
    this.#own = own
    try {
      this.take(keyfile.secrets)
    } catch (error) {
      this.close()
      throw error
    }
  }

  /** More of what is sealed to the officer, as after a rotation. @param {Sealed[]} secrets */
  take(secrets) {
    if (!this.#own) throw new Refused('locked')
    for (const { use, number, sealed } of secrets) {
      this.#held.set(`${use}/${number}`, { use, number, secret: unseal(toBytes(sealed), this.#own) })
    }
  }

  close() {
    if (this.#own) wipe(this.#own.secretKey)
    for (const { secret } of this.#held.values()) wipe(secret)
    this.#own = null
    this.#held = new Map()
  }

  /** Which keys are held, the newest first; no secrets. */
  list() {
    return [...this.#held.values()].map(({ use, number }) => ({ use, number })).sort((a, b) => b.number - a.number)
  }

  all() {
    if (!this.isOpen) throw new Refused('locked')
    return [...this.#held.values()].sort((a, b) => b.number - a.number)
  }

  /** @param {Use} use @param {number} number */
  secret(use, number) {
    const held = this.all().find((one) => one.use === use && one.number === number)
    if (!held) throw new Refused('not-a-reader')
    return held.secret
  }

  /** @param {Use} use @param {number} number */
  pair(use, number) {
    return pairOf(this.secret(use, number))
  }

  /** @param {Use} use */
  newest(use) {
    const held = this.all().find((one) => one.use === use)
    if (!held) throw new Refused('not-a-reader')
    return held
  }
}
