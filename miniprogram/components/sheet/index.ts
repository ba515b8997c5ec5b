import { messages } from '../../i18n/index'

/** Half a screen from below; the rest of the page stays in sight. */
Component({
  options: { multipleSlots: false },

  properties: {
    open: { type: Boolean, value: false },
    title: { type: String, value: '' }
  },

  data: { close: '' },

  lifetimes: {
    attached() {
      this.setData({ close: messages().common.close })
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
