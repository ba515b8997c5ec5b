/** The chain that proves in which order filings came, and the server's certificate that it has one. */
import { isEqual, toBytes } from './bytes.js'
import { Refused } from './refused.js'
import { HASH_BYTES, isSigned, labelledHash } from './sealing.js'
import { isTime } from './wire.js'

/**
 * @typedef {{ number: number, env: string, head: string }} Link as it is served; hashes base64url
 * @typedef {{ court: string, number: number, hour: string, env: string, head: string, signature: string }} Certificate
 */

/** @param {number} number */
function bigEndian(number) {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(number))
  return bytes
}

/**
 * Refused unless each link follows the one before it, the first following `last` or nothing.
 *
 * @param {Link[]} links
 * @param {Link} [last]
 */
export function checkChain(links, last) {
  /** @type {[number, Uint8Array]} */
  let [number, head] = last ? [last.number, toBytes(last.head, HASH_BYTES)] : [0, new Uint8Array(HASH_BYTES)]
  for (const link of links) {
    number += 1
    head = labelledHash('chain', head, bigEndian(number), toBytes(link.env, HASH_BYTES))
    if (link.number !== number || !isEqual(head, toBytes(link.head, HASH_BYTES))) throw new Refused('broken-chain')
  }
}

/**
 * What a sender shows as proof of filing: refused unless the court's server signed it, for this filing's fingerprint.
 *
 * @param {Certificate} certificate
 * @param {Uint8Array} serverKey
 * @param {string} court
 * @param {Uint8Array} env
 */
export function checkCertificate(certificate, serverKey, court, env) {
  const { number, hour, signature } = certificate
  if (!Number.isSafeInteger(number) || !isTime(hour) || !hour.endsWith(':00:00Z')) throw new Refused('malformed')
  const said = toBytes(certificate.env, HASH_BYTES)
  toBytes(certificate.head, HASH_BYTES)
  const items = ['lm1/cert', certificate.court, number, hour, certificate.env, certificate.head]
  const signed = isSigned(items, toBytes(signature), serverKey)
  if (!signed || certificate.court !== court || !isEqual(said, env)) throw new Refused('bad-certificate')
}
