/**
 * A keeper's work inside the worker: making keys, stating whose they are, and sealing them to whoever may hold them.
 * New secrets are sealed before anything leaves; root and recovery come as files that only the worker reads.
 */
import { fromUtf8, toBytes, toText, wipe } from './bytes.js'
import { joinShares, makePhrase, splitSecret, wrapSecret } from './kept.js'
import { Refused } from './refused.js'
import { fingerprint, KEY_BYTES, pairOf, randomBytes, seal, unseal, verifyKeyOf } from './sealing.js'
import { signStatement } from './statement.js'

/**
 * @typedef {import('./keyring.js').Keyring} Keyring
 * @typedef {import('./statement.js').Use} Use
 * @typedef {{ officer: string | null, public_key: string, fingerprint: string }} Holder null is the court's recovery
 *   key; `fingerprint` as it was compared
 * @typedef {{ court: string, number: number, not_after: string }} Term of a new key; `number` one above the last
 * @typedef {{ officer: string, roles: string[], public_key: string, fingerprint: string }} Newcomer
 */

/** Clerks and approvers read, reward officers pay, keepers sign. @type {Record<string, string[]>} */
const HOLDERS = { sign: ['keeper'], box: ['clerk', 'approver'], reward: ['reward_officer'] }

/** An officer's own key: the phrase is shown once, the rest is for the server. */
export function makeOfficerKey() {
  const [pair, phrase] = [pairOf(randomBytes(KEY_BYTES)), makePhrase()]
  const wrapped = wrapSecret(pair.secretKey, phrase)
  wipe(pair.secretKey)
  return {
    phrase,
    public_key: toText(pair.publicKey),
    wrapped: toText(wrapped),
    fingerprint: fingerprint(pair.publicKey)
  }
}

/**
 * A new box or reward key of a court, stated by the signing key that the keeper holds.
 *
 * @param {Keyring} keyring
 * @param {Term & { use: 'box' | 'reward', holders: Holder[] }} wanted
 */
export function makeCourtKey(keyring, { use, holders, ...term }) {
  if (use !== 'box' && use !== 'reward') throw new Refused('malformed')
  const pair = pairOf(randomBytes(KEY_BYTES))
  const statement = stated(term, use, pair.publicKey, keyring.newest('sign').secret)
  const sealed = sealTo(holders, pair.secretKey)
  wipe(pair.secretKey)
  return { statement, sealed }
}

/**
 * A new signing key, certified by the root whose secret lies in a file.
 *
 * @param {Term & { holders: Holder[], root: Blob }} wanted
 * @param {string} rootKey
 */
export async function makeSigningKey({ holders, root, ...term }, rootKey) {
  const rootSeed = await readKey(root)
  if (!rootKey || toText(verifyKeyOf(rootSeed)) !== rootKey) throw new Refused('untrusted-key')
  const seed = randomBytes(KEY_BYTES)
  const statement = stated(term, 'sign', verifyKeyOf(seed), rootSeed)
  const sealed = sealTo(holders, seed)
  wipe(seed, rootSeed)
  return { statement, sealed }
}

/**
 * A new signing key that waits for the root, which signs it offline: its statement with an empty signature.
 *
 * @param {Term & { holders: Holder[] }} wanted
 */
export function requestSigningKey({ holders, court, number, not_after }) {
  const seed = randomBytes(KEY_BYTES)
  const key = toText(verifyKeyOf(seed))
  const sealed = sealTo(holders, seed)
  wipe(seed)
  return { statement: { court, use: 'sign', number, key, not_after, signature: '' }, sealed }
}

/**
 * The court's word for the server's key for certificates.
 *
 * @param {Keyring} keyring
 * @param {Term & { key: string }} wanted
 */
export function certifyServer(keyring, { key, ...term }) {
  return stated(term, 'cert', toBytes(key, KEY_BYTES), keyring.newest('sign').secret)
}

/** A recovery key, on two sheets: its shares are what two people keep, each worth nothing alone. */
export function makeRecovery() {
  const pair = pairOf(randomBytes(KEY_BYTES))
  const sheets = splitSecret(pair.secretKey).map(toText)
  wipe(pair.secretKey)
  return { public_key: toText(pair.publicKey), sheets }
}

/**
 * What the keeper holds, sealed to another officer as far as the roles allow, once the fingerprint was compared.
 *
 * @param {Keyring} keyring
 * @param {Newcomer} newcomer
 */
export function grant(keyring, newcomer) {
  return sealAllowed(keyring.all(), newcomer)
}

/**
 * The court's secrets sealed to an officer again, from the two sheets.
 *
 * @param {Newcomer & { sheets: [Blob, Blob], recovery_key: string, secrets: import('./keyring.js').Sealed[] }} asked
 */
export async function recover({ sheets, recovery_key, secrets, ...newcomer }) {
  const [first, second] = await Promise.all(sheets.map(readKey))
  const pair = joinShares(first, second, toBytes(recovery_key, KEY_BYTES))
  const held = secrets.map(({ use, number, sealed }) => ({ use, number, secret: unseal(toBytes(sealed), pair) }))
  const granted = sealAllowed(held, newcomer)
  wipe(first, second, pair.secretKey, ...held.map(({ secret }) => secret))
  return granted
}

/**
 * @param {{ use: Use, number: number, secret: Uint8Array }[]} held
 * @param {Newcomer} newcomer
 */
function sealAllowed(held, { officer, roles, public_key, fingerprint: compared }) {
  const key = comparedKey(public_key, compared)
  const allowed = held.filter(({ use }) => roles.some((role) => HOLDERS[use]?.includes(role)))
  return allowed.map(({ use, number, secret }) => ({ officer, use, number, sealed: toText(seal(secret, key)) }))
}

/** @param {Term} term @param {Use} use @param {Uint8Array} key @param {Uint8Array} seed */
function stated({ court, number, not_after }, use, key, seed) {
  return signStatement({ court, use, number, key: toText(key), not_after }, seed)
}

/** @param {Holder[]} holders @param {Uint8Array} secret */
function sealTo(holders, secret) {
  if (!holders.some(({ officer }) => officer === null)) throw new Refused('malformed')
  return holders.map(({ officer, public_key, fingerprint: compared }) => ({
    officer,
    fingerprint: compared,
    sealed: toText(seal(secret, comparedKey(public_key, compared)))
  }))
}

/** A key, if its fingerprint is the one that two people compared. @param {string} publicKey @param {string} compared */
function comparedKey(publicKey, compared) {
  const key = toBytes(publicKey, KEY_BYTES)
  if (fingerprint(key) !== compared) throw new Refused('misdirected')
  return key
}

/** 32 bytes as base64url in a file, as `keys make-root` and `keys make-court` write them. @param {Blob} file */
async function readKey(file) {
  const bytes = new Uint8Array(await file.arrayBuffer())
  const key = toBytes(fromUtf8(bytes).trim(), KEY_BYTES)
  wipe(bytes)
  return key
}
