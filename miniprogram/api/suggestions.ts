/** Areas, courts and organisations for what is being typed. Never people: each would spend and leak names. */
import { findAreas } from './areas'
import { listCourts } from './courts'
import { suggestBodies } from './entities'

export interface Suggestion {
  kind: 'area' | 'court' | 'body'
  id: string
  name: string
  demo: boolean
}

const EACH = 4

/** Whatever fails is left out: suggestions are a convenience. */
export async function suggest(q: string): Promise<Suggestion[]> {
  const [areas, courts, bodies] = await Promise.all([
    findAreas(q).result,
    listCourts({ q, limit: EACH }).result,
    suggestBodies(q).result
  ])
  return [
    ...(areas.ok
      ? areas.value.slice(0, EACH).map(({ code, name }) => ({ kind: 'area' as const, id: code, name, demo: false }))
      : []),
    ...(courts.ok ? courts.value.items.map(({ id, name }) => ({ kind: 'court' as const, id, name, demo: false })) : []),
    ...(bodies.ok
      ? bodies.value.items.map(({ id, name, source }) => ({ kind: 'body' as const, id, name, demo: source === 'demo' }))
      : [])
  ]
}
