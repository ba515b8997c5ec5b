import type { FilingKind } from './filings'
import { get, type Result } from './http'
import { type Challenge, solve, toPayload } from './proof'

/** A solved challenge for one purpose, to be sent once as `challenge`. */
export async function prove(purpose: 'visitors' | 'self-check' | FilingKind): Promise<Result<string>> {
  const asked = await get<Challenge>('/v1/challenge', { for: purpose }).result
  if (!asked.ok) return asked
  const number = await solve(asked.value)
  if (number === null) return { ok: false, failure: { kind: 'failed' } }
  return { ok: true, value: toPayload(asked.value, number) }
}
