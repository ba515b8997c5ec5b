/**
 * Areas that a tip can name, asked for while a page is read that leads to one: they follow from its court alone. Later,
 * while a tip is written, no question about an area may leave the phone.
 */
import { type AreaReference, getArea, getOutline, listOwnNames, type Outline } from './areas'

export interface Places {
  /** The court's own area first. */
  areas: AreaReference[]
  /** GCJ-02; of the court's own area. */
  outline: Outline | null
}

/** Enough for a sketch as wide as a phone. */
const DETAIL = 11

const held = new Map<string, Promise<Places>>()

/** Counties of the same city, or a city's own; where a province has no cities, those of the province. */
async function listAround({ code }: AreaReference): Promise<AreaReference[]> {
  const whole = code.length < 6 ? code : await findParent(code)
  const answer = whole ? await listOwnNames(whole).result : null
  return answer?.ok ? answer.value.map(({ code, name }) => ({ code, name })) : []
}

/** Not to be read off the code: some counties belong to no city. */
async function findParent(code: string): Promise<string | null> {
  const answer = await getArea(code).result
  return answer.ok ? answer.value.parent : null
}

async function load(area: AreaReference): Promise<Places> {
  const [around, outline] = await Promise.all([listAround(area), getOutline(area.code, DETAIL).result])
  const others = around.filter(({ code }) => code !== area.code)
  return { areas: [area, ...others], outline: outline.ok ? outline.value : null }
}

/** Asked for once; what could not be had is done without. */
export function placesOf(area: AreaReference): Promise<Places> {
  const known = held.get(area.code)
  if (known) return known
  const places = load(area)
  held.set(area.code, places)
  return places
}
