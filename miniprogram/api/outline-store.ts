/** Outlines of areas, kept in memory by code and level of detail, a few asked for at a time. */
import { isInside } from '../geo/outline'
import { getOutline, type Outline } from './areas'

/** The coarsest detail that serves each level of plates, and one for streets; a zoom between reuses the next finer. */
const DETAILS = [5, 8, 11, 14]
/** WeChat allows ten requests at once; the tiles need some too. */
const AT_ONCE = 5

export function detailFor(zoom: number): number {
  return DETAILS.find((detail) => zoom <= detail) ?? 14
}

export class OutlineStore {
  private readonly held = new Map<string, Outline>()
  /** Asked for, or refused: some areas have no outline. */
  private readonly asked = new Set<string>()
  private queue: { code: string; detail: number }[] = []
  private underWay = 0

  constructor(private readonly changed: () => void) {}

  /** The outlines the view needs now, most needed first; whatever was queued for an earlier view is dropped. */
  want(codes: readonly string[], zoom: number): void {
    const detail = detailFor(zoom)
    this.queue = codes.filter((code) => !this.asked.has(`${code}/${detail}`)).map((code) => ({ code, detail }))
    this.pump()
  }

  /** In the wanted detail, else in any: a coarse outline is better than none. */
  get(code: string, zoom: number): Outline | undefined {
    const wanted = this.held.get(`${code}/${detailFor(zoom)}`)
    if (wanted) return wanted
    return [...DETAILS]
      .reverse()
      .map((detail) => this.held.get(`${code}/${detail}`))
      .find(Boolean)
  }

  /** Which of these areas holds a GCJ-02 position, as far as their outlines are known. */
  find(codes: readonly string[], zoom: number, lon: number, lat: number): string | undefined {
    return codes.find((code) => {
      const outline = this.get(code, zoom)
      return outline !== undefined && isInside(outline, lon, lat)
    })
  }

  private pump(): void {
    while (this.underWay < AT_ONCE) {
      const next = this.queue.shift()
      if (!next) return
      this.ask(`${next.code}/${next.detail}`, next.code, next.detail)
    }
  }

  private async ask(key: string, code: string, detail: number): Promise<void> {
    if (this.asked.has(key)) return
    this.asked.add(key)
    this.underWay += 1
    const answer = await getOutline(code, detail).result
    this.underWay -= 1
    if (answer.ok) this.held.set(key, answer.value)
    else if (answer.failure.kind !== 'gone') this.asked.delete(key)
    if (answer.ok) this.changed()
    this.pump()
  }
}
