/** Which of a subject's courts this phone can seal to, and with what. */
import type { Court } from '../../../api/courts'
import { type CourtKey, certifiedKeys } from '../trust'

export interface TrustedCourt {
  court: Court
  boxKey: CourtKey
  certKeys: readonly CourtKey[]
}

/** Those whose keys check out from the root that is compiled in. */
export function trustedCourts(courts: readonly Court[], now: Date): TrustedCourt[] {
  return courts.flatMap((court) => {
    const [boxKey] = certifiedKeys(court, 'box', now)
    const certKeys = certifiedKeys(court, 'cert', now)
    return court.accepts_tips && boxKey && certKeys.length > 0 ? [{ court, boxKey, certKeys }] : []
  })
}
