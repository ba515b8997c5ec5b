/** The organisations behind a circle that no zoom parts, page by page. */
import { listEntities } from '../../../api/entities'
import type { Filter } from '../../../api/filter'
import { Loader, NOTHING, type ViewState } from '../../../api/loading'
import { sourceOf } from '../../../api/source'
import { type RowView, toRow } from '../../../components/entity-row/row'
import { cellAround, type Region } from '../../../geo/tile'
import { language } from '../../../i18n/index'

export interface BodiesView {
  open: boolean
  rows: RowView[]
  hasMore: boolean
  asOf: string
  source: string
  state: ViewState
}

export const NO_BODIES: BodiesView = { open: false, rows: [], hasMore: false, asOf: '', source: '', state: NOTHING }

export class BodiesSheet {
  private view = NO_BODIES
  private region: Region = { west: 0, south: 0, east: 0, north: 0 }
  private filter: Filter | undefined
  private next: string | null = null
  private courts: string[][] = []
  private readonly loader = new Loader((state) => this.show({ state }))

  constructor(private readonly changed: (view: BodiesView) => void) {}

  /** At a circle's GCJ-02 position in a tile of zoom `z`. */
  open(lon: number, lat: number, z: number, filter: Filter): void {
    this.region = cellAround(lon, lat, z)
    this.filter = filter
    this.next = null
    this.courts = []
    this.view = NO_BODIES
    this.show({ open: true })
    this.more()
  }

  async more(): Promise<void> {
    const { west, south, east, north } = this.region
    const query = {
      bbox: [west, south, east, north] as [number, number, number, number],
      filter: this.filter,
      bodiesOnly: true
    }
    const page = await this.loader.load(listEntities({ ...query, cursor: this.next }))
    if (!page) return
    this.next = page.next
    this.courts.push(...page.items.map(({ courts }) => courts))
    const rows = [...this.view.rows, ...page.items.map((item) => toRow(item, language()))]
    this.show({ rows, hasMore: page.next !== null, asOf: page.as_of ?? '', source: sourceOf(this.courts) })
  }

  cancel(): void {
    this.loader.cancel()
  }

  close(): void {
    this.loader.drop()
    this.show({ open: false })
  }

  stop(): void {
    this.loader.drop()
  }

  private show(change: Partial<BodiesView>): void {
    this.view = { ...this.view, ...change }
    this.changed(this.view)
  }
}
