/** The area under the middle of the screen, for the strip below the map. Asked for only when the middle has left it. */
import { type Area, getArea, getAreaAt, type Level } from './areas'
import type { Result } from './http'
import type { OutlineStore } from './outline-store'

/** Somebody still moving the map is not asked about. */
const SETTLE_MS = 400
/** Counts follow removals within a minute. */
const FRESH_MS = 30000

/** The level of plates the map shows at a zoom. */
export function levelAt(zoom: number): Level {
  return zoom <= 5 ? 'province' : zoom <= 8 ? 'city' : 'county'
}

/**
 * The codes that may answer for a county at a level, best first: where a province has no city level its counties
 * count in the province, other counties without a city in their own.
 */
export function codesAt(county: string, level: Level): string[] {
  if (level === 'province') return [county.slice(0, 2)]
  return level === 'city' ? [county.slice(0, 4), county] : [county]
}

export class AreaHere {
  private current: { area: Area; level: Level; at: number } | null = null
  private timer: ReturnType<typeof setTimeout> | 0 = 0
  private turn = 0

  constructor(
    private readonly outlines: OutlineStore,
    private readonly changed: (area: Area | null) => void
  ) {}

  get area(): Area | null {
    return this.current?.area ?? null
  }

  /**
   * Args:
   *   codes: Areas shown on the map, whose outlines may answer without a request.
   */
  look(lon: number, lat: number, zoom: number, codes: readonly string[]): void {
    const level = levelAt(zoom)
    const { current } = this
    const known = current?.level === level ? [current.area.code] : []
    const code = this.outlines.find([...known, ...codes], zoom, lon, lat)
    this.stop()
    if (current && code === current.area.code && Math.abs(Date.now() - current.at) < FRESH_MS) return
    this.timer = setTimeout(() => this.ask(code, level, lon, lat), SETTLE_MS)
  }

  stop(): void {
    if (this.timer) clearTimeout(this.timer)
    this.timer = 0
    this.turn += 1
  }

  private async ask(code: string | undefined, level: Level, lon: number, lat: number): Promise<void> {
    const { turn } = this
    const codes = code ? [code] : await this.codesUnder(level, lon, lat)
    if (codes === null || turn !== this.turn) return
    const area = await firstArea(codes)
    if (turn !== this.turn || (area !== null && !area.ok)) return
    this.current = area === null ? null : { area: area.value, level, at: Date.now() }
    this.changed(this.area)
  }

  /** Null when nobody answered: the strip then keeps what it says. */
  private async codesUnder(level: Level, lon: number, lat: number): Promise<string[] | null> {
    const county = await getAreaAt(lon, lat).result
    if (county.ok) return codesAt(county.value.code, level)
    return county.failure.kind === 'gone' ? [] : null
  }
}

async function firstArea(codes: readonly string[]): Promise<Result<Area> | null> {
  for (const code of codes) {
    const area = await getArea(code).result
    if (area.ok || area.failure.kind !== 'gone') return area
  }
  return null
}
