import type { ReminderState } from '../reminder'
import { words } from '../words/index'

/** Offers one reminder and says how it went; the page that shows it does the asking. */
Component({
  properties: {
    /** A `ReminderState`. */
    state: { type: String, value: 'none' as ReminderState }
  },

  data: { t: words('zh').reminder },

  lifetimes: {
    attached() {
      this.setData({ t: words().reminder })
    }
  },

  methods: {
    ask() {
      this.triggerEvent('ask')
    },

    takeBack() {
      this.triggerEvent('takeback')
    }
  }
})
