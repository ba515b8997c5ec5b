/** Why something sealed, signed or typed is refused. Pages say it in their own words. */
export type Refusal =
  | 'no-randomness'
  | 'mistyped-receipt'
  | 'too-long'
  | 'malformed'
  | 'cannot-open'
  | 'misdirected'
  | 'untrusted-key'
  | 'bad-certificate'

export class Refused extends Error {
  readonly refusal: Refusal

  constructor(refusal: Refusal) {
    super(refusal)
    this.name = 'Refused'
    this.refusal = refusal
  }
}

/** `instanceof` fails for subclasses of Error where classes are compiled to functions, as WeChat may do. */
export function refusalOf(error: unknown): Refusal | null {
  return error instanceof Error && error.name === 'Refused' ? (error as Refused).refusal : null
}
