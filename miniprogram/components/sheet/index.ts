import { messages } from '../../i18n/index'

/** So long after it has opened a press is still the second half of the one that opened it. */
const SAME_PRESS_MS = 300

/** Half a screen from below; the rest of the page stays in sight. */
Component({
  options: { multipleSlots: false },

  properties: {
    open: { type: Boolean, value: false },
    title: { type: String, value: '' }
  },

  data: { close: '', guarded: false },

  lifetimes: {
    attached() {
      this.setData({ close: messages().common.close })
    }
  },

  observers: {
    open(open: boolean) {
      this.setData({ guarded: open })
      if (open) setTimeout(() => this.setData({ guarded: false }), SAME_PRESS_MS)
    }
  },

  methods: {
    close() {
      this.triggerEvent('close')
    },

    /** The page below must not scroll along. */
    hold() {}
  }
})
