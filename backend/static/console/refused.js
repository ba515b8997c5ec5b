/**
 * Why something sealed, signed or typed is refused; the same words as on the phone and, as classes, on the server.
 *
 * @typedef {'malformed' | 'too-long' | 'cannot-open' | 'misdirected' | 'untrusted-key' | 'broken-chain' |
 *   'bad-certificate' | 'not-a-reader' | 'locked' | 'unknown' | 'unreachable' | 'answered'} Reason
 */

export class Refused extends Error {
  /**
   * @param {Reason} reason
   * @param {number} [status] of the server's answer, where the reason is `answered`
   * @param {string} [why] in the server's own words
   */
  constructor(reason, status, why = '') {
    super(reason)
    this.name = 'Refused'
    this.reason = reason
    this.status = status
    this.why = why
  }
}
