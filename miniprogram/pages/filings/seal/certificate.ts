/** The server's word that a filing is stored, as which number, in which hour. */
import { isEqual, toBytes } from './bytes'
import { HASH_BYTES } from './hash'
import { Refused } from './refusal'
import { isSigned } from './signature'

/** As the server writes it: `hour` is RFC 3339 UTC, `env`, `head` and `signature` are base64url. */
export interface Certificate {
  readonly court: string
  readonly number: number
  readonly hour: string
  readonly env: string
  readonly head: string
  readonly signature: string
}

const HOUR = /^\d{4}-\d\d-\d\dT\d\d:00:00Z$/

/** Throws `bad-certificate` unless the server signed that this court has what was sent (`env`). */
export function checkCertificate(
  certificate: Certificate,
  serverKey: Uint8Array,
  court: string,
  env: Uint8Array
): void {
  const { number, hour } = certificate
  if (!Number.isSafeInteger(number) || !HOUR.test(hour)) throw new Refused('malformed')
  const said = toBytes(certificate.env, HASH_BYTES)
  const items = ['lm1/cert', certificate.court, number, hour, certificate.env, certificate.head]
  const signed = isSigned(items, toBytes(certificate.signature), serverKey)
  if (!signed || certificate.court !== court || !isEqual(said, env)) throw new Refused('bad-certificate')
}
