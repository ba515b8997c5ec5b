import { listEntities, type Summary } from '../../api/entities'
import type { Filter } from '../../api/filter'
import { Loader, NOTHING, type ViewState } from '../../api/loading'
import { sourceBehind } from '../../api/source'
import { append } from '../../geo/portions'
import type { Region } from '../../geo/tile'
import { language, messages } from '../../i18n/index'
import { type RowView, toRow } from '../entity-row/row'

/** The cell of a circle (WGS 84) and the filter under which it was drawn; null before the first circle. */
export type BodiesQuery = { region: Region; filter: Filter } | null

/** What a sheet keeps beside its data. */
type Behind = Pick<Summary, 'courts' | 'as_of'>

interface Own {
  ownLoader?: Loader
  ownItems?: Behind[]
}

/** The organisations behind a circle that no zoom parts, page by page. */
Component({
  properties: {
    open: { type: Boolean, value: false },
    /** A `BodiesQuery`. */
    query: { type: Object, value: null as unknown as object }
  },

  data: {
    title: '',
    more: '',
    rows: [] as RowView[],
    next: null as string | null,
    asOf: '',
    source: '',
    state: NOTHING as ViewState
  },

  lifetimes: {
    attached() {
      this.setData({ title: messages().map.bodiesHere, more: messages().common.more })
    },

    detached() {
      this.loader().drop()
    }
  },

  observers: {
    query(query: BodiesQuery) {
      if (query) this.start()
    },

    open(open: boolean) {
      if (!open) this.loader().drop()
    }
  },

  methods: {
    loader(): Loader {
      const own = this as unknown as Own
      own.ownLoader ??= new Loader((state) => this.setData({ state }))
      return own.ownLoader
    },

    /** Of all rows, for their source; the view needs none of it. */
    shownItems(): Behind[] {
      const own = this as unknown as Own
      own.ownItems ??= []
      return own.ownItems
    },

    start() {
      this.shownItems().length = 0
      this.setData({ rows: [], next: null, asOf: '', state: NOTHING })
      this.load()
    },

    async load() {
      const query = this.data.query as BodiesQuery
      if (!query) return
      const { west, south, east, north } = query.region
      const bbox: [number, number, number, number] = [west, south, east, north]
      const page = await this.loader().load(
        listEntities({ bbox, filter: query.filter, bodiesOnly: true, cursor: this.data.next })
      )
      if (!page) return
      const rows = page.items.map((item) => toRow(item, language()))
      append('rows', this.data.rows.length, rows, (change) => this.setData(change))
      const items = this.shownItems()
      items.push(...page.items.map(({ courts, as_of }) => ({ courts, as_of })))
      this.setData({ next: page.next, asOf: page.as_of ?? '', source: sourceBehind(page.as_of, items) })
    },

    cancel() {
      this.loader().cancel()
    },

    close() {
      this.triggerEvent('close')
    }
  }
})
