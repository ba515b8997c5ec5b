/** What a reading officer does inside the worker: open a filing, its photos and words, answer it, award it. */
import { toBytes, toText, wipe } from './bytes.js'
import { boxAward } from './claim.js'
import { boxAnswer, openPhoto, survey, unboxAnswer, unsealLetter, unsealWords } from './letter.js'
import { Refused } from './refused.js'
import { unwrapRow } from './row.js'
import { findKey } from './statement.js'

/**
 * @typedef {import('./keyring.js').Keyring} Keyring
 * @typedef {{ part: string, key_id: number, data: string }} StoredPart `data` base64url
 * @typedef {object} Lent a filing as the server lends it
 * @property {{ id: string, court: string, target: string, key_id: number, number: number }} filing
 * @property {string} [row_key] where the row's own layer is still on the parts; never taken from a page
 * @property {StoredPart[]} parts
 * @typedef {{ name: string, keyId: number, data: Uint8Array }} Part its own layer taken off
 * @typedef {{ filing: Lent['filing'], letter: import('./letter.js').Letter, parts: Part[] }} Open
 * @typedef {{ n: number, text: string } | { part: string, refused: string }} Said
 */

export class Reading {
  #keyring
  #rootKey
  /** @type {Map<number, Open>} */
  #open = new Map()
  #handles = 0

  /** @param {Keyring} keyring @param {string} rootKey */
  constructor(keyring, rootKey) {
    this.#keyring = keyring
    this.#rootKey = rootKey
  }

  close() {
    for (const { letter } of this.#open.values()) for (const { key } of letter.photos) wipe(key)
    this.#open = new Map()
  }

  /** @param {Lent} lent */
  open(lent) {
    const { court, target, key_id } = lent.filing
    const parts = unwrapParts(lent)
    const sealed = partOf(parts, 'sealed')
    const letter = unsealLetter(sealed, this.#keyring.pair('box', key_id), { court, target, key: key_id })
    this.#handles += 1
    this.#open.set(this.#handles, { filing: lent.filing, letter, parts })
    const words = parts.filter(({ name }) => name.startsWith('i/')).map((part) => this.#heard(part, letter.speak))
    const answers = parts.filter(({ name }) => name.startsWith('c/')).map((part) => this.#told(part, letter.reply))
    return {
      handle: this.#handles,
      number: lent.filing.number,
      kind: letter.kind,
      text: letter.text,
      more: letter.more,
      photos: letter.photos.length,
      words,
      answers,
      surveys: { words: survey(numbersOf(words)), answers: survey(numbersOf(answers)) }
    }
  }

  /** @param {{ handle: number, n: number }} asked `n` counts photos from 1 */
  photo({ handle, n }) {
    const { letter, parts } = this.#find(handle)
    const photo = letter.photos[n - 1]
    if (!photo) throw new Refused('malformed')
    return openPhoto(partOf(parts, `photo/${n}`), photo)
  }

  /** The answer, boxed to whoever filed. @param {{ handle: number, n: number, text: string }} asked */
  answer({ handle, n, text }) {
    const { letter } = this.#find(handle)
    const { number, secret } = this.#keyring.newest('box')
    return { part: `c/${n}`, key_id: number, data: toText(boxAnswer({ n, text }, letter.reply, secret)) }
  }

  /**
   * What the reward officers are told of a useful tip, boxed to the reward key that the root vouches for.
   *
   * @param {{ handle: number, rank: number, statements: import('./statement.js').Statement[] }} asked
   */
  award({ handle, rank, statements }) {
    const { letter, filing } = this.#find(handle)
    const { court, number } = filing
    const reward = findKey(statements, { court, use: 'reward' }, new Date(), this.#rootKey)
    const held = this.#keyring.newest('box')
    const boxed = boxAward({ number, rank, claimTag: letter.claimTag }, reward.key, held.secret)
    return { part: 'award', key_id: held.number, data: toText(boxed) }
  }

  /** @param {{ handle: number }} asked */
  forget({ handle }) {
    this.#open.delete(handle)
    return null
  }

  /** @param {number} handle */
  #find(handle) {
    const found = this.#open.get(handle)
    if (!found) throw new Refused('unknown')
    return found
  }

  /**
   * Forged words are shown as refused; they must not hide what is genuine.
   *
   * @param {Part} part
   * @param {Uint8Array} speak
   * @returns {Said}
   */
  #heard(part, speak) {
    // The phone may have sealed to the key before the present one, or to one newer than the filing's.
    const held = this.#keyring.all().filter(({ use }) => use === 'box')
    const numbers = [part.keyId, ...held.map(({ number }) => number).filter((number) => number !== part.keyId)]
    for (const number of numbers) {
      try {
        return unsealWords(part.data, this.#keyring.pair('box', number), speak)
      } catch (error) {
        const reason = reasonOf(error)
        if (reason !== 'cannot-open' && reason !== 'not-a-reader') return { part: part.name, refused: reason }
      }
    }
    return { part: part.name, refused: 'cannot-open' }
  }

  /** @param {Part} part @param {Uint8Array} reply @returns {Said} */
  #told(part, reply) {
    try {
      return unboxAnswer(part.data, reply, this.#keyring.secret('box', part.keyId))
    } catch (error) {
      return { part: part.name, refused: reasonOf(error) }
    }
  }
}

/** @param {Lent} lent @returns {Part[]} */
function unwrapParts({ filing, row_key, parts }) {
  const key = row_key === undefined ? null : toBytes(row_key, 32)
  const opened = parts.map(({ part, key_id, data }) => {
    const place = { court: filing.court, tip: filing.id, keyId: key_id, part }
    return { name: part, keyId: key_id, data: key ? unwrapRow(toBytes(data), place, key) : toBytes(data) }
  })
  if (key) wipe(key)
  return opened
}

/** @param {Part[]} parts @param {string} name */
function partOf(parts, name) {
  const found = parts.find((part) => part.name === name)
  if (!found) throw new Refused('malformed')
  return found.data
}

/** @param {Said[]} said */
function numbersOf(said) {
  return said.flatMap((one) => ('n' in one ? [one.n] : []))
}

/** @param {unknown} error */
function reasonOf(error) {
  if (error instanceof Refused) return error.reason
  throw error
}
