/** A code does not say what it is of: what is no request may be a tip. */
import type { Pending, Result } from '../../../api/http'
import { findObjection, type ObjectionStatus } from '../../../api/objections'
import { findTip, type TipStatus } from '../../../api/tips'

export type Found = { kind: 'objections'; status: ObjectionStatus } | { kind: 'tips'; status: TipStatus }

async function orTip(
  objection: Promise<Result<ObjectionStatus>>,
  askTip: () => Promise<Result<TipStatus>>
): Promise<Result<Found>> {
  const answer = await objection
  if (answer.ok) return { ok: true, value: { kind: 'objections', status: answer.value } }
  if (answer.failure.kind !== 'gone') return answer
  const tip = await askTip()
  return tip.ok ? { ok: true, value: { kind: 'tips', status: tip.value } } : tip
}

export function findFiling(lookup: string): Pending<Found> {
  const objection = findObjection(lookup)
  let current: { cancel(): void } = objection
  const askTip = () => {
    const tip = findTip(lookup)
    current = tip
    return tip.result
  }
  return { result: orTip(objection.result, askTip), cancel: () => current.cancel() }
}
