import type { Detail } from './entities'
import { post, type Result } from './http'
import { prove } from './proven'

/** `items` hold the listings of the court that was asked about only. */
export interface SelfCheckAnswer {
  items: Detail[]
  comparable: number
  of: number
}

export interface SelfCheckQuestion {
  court: string
  /** Never more of the number than its official mask form. */
  mask_form: string
  name: string
}

export async function checkSelf(question: SelfCheckQuestion): Promise<Result<SelfCheckAnswer>> {
  const proof = await prove('self-check')
  if (!proof.ok) return proof
  const answer = await post<SelfCheckAnswer>('/v1/self-check', { ...question, challenge: proof.value }).result
  // what was asked cannot be mended by another address, which is what these states say
  const isOdd = !answer.ok && (answer.failure.kind === 'invalid' || answer.failure.kind === 'gone')
  return isOdd ? { ok: false, failure: { kind: 'failed' } } : answer
}
