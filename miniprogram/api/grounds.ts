import type { Bilingual } from './entities'
import { get, type Pending } from './http'

export interface Ground {
  id: number
  text: string
  plain: Bilingual
  article: string
  how_it_ends: Bilingual
}

export function listGrounds(): Pending<Ground[]> {
  return get('/v1/grounds')
}
