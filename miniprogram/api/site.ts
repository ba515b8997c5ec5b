import type { AreaReference } from './areas'
import { get, type Pending, type Result } from './http'

export interface Site {
  home_area: AreaReference | string | null
  demo: 'all' | 'mixed' | 'none'
  as_of: string | null
  /** Where the source of what runs here can be had; null where the operator says nothing. */
  source_url?: string | null
}

/** The demo notice must follow `demo clear`, so the answer is kept for minutes only. */
const KEEP_MS = 120000
let kept: { at: number; pending: Pending<Site> } | null = null

export async function getSite(): Promise<Result<Site>> {
  if (kept === null || Date.now() - kept.at > KEEP_MS) kept = { at: Date.now(), pending: get<Site>('/v1/site') }
  const result = await kept.pending.result
  if (!result.ok) kept = null
  return result
}

export function homeCode(site: Site): string | null {
  if (site.home_area === null) return null
  return typeof site.home_area === 'string' ? site.home_area : site.home_area.code
}
