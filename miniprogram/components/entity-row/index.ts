import { linkType } from '../../api/pages'
import type { RowView } from './row'

Component({
  properties: {
    /** A `RowView`. */
    row: { type: Object, value: {} as RowView }
  },

  data: { links: 'navigate' },

  lifetimes: {
    attached() {
      this.setData({ links: linkType() })
    }
  },

  methods: {
    /** The page may want to remember an organisation; it never remembers people. */
    open() {
      this.triggerEvent('open', { id: this.data.row.id })
    }
  }
})
