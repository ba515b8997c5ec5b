import { timeNow } from '../../api/clock'
import { handover } from '../../api/handover'
import { formatFrom } from '../../i18n/format'
import { fill, language, messages } from '../../i18n/index'

/** Says why people appear by surname only, until when, and what still works. */
Component({
  properties: {
    /** `surnames_only_until` of an answer, or '' while names are shown in full. */
    until: { type: String, value: '' },
    /** Whether the page is the search itself, to which no button need lead. */
    searching: { type: Boolean, value: false }
  },

  data: { text: '', button: '' },

  observers: {
    'until, searching'(until: string, searching: boolean) {
      const { state: t } = messages()
      const time = until ? formatFrom(until, language(), timeNow()) : ''
      this.setData({ text: time ? fill(t.surnames, { time }) : '', button: searching ? '' : t.toSearch })
    }
  },

  methods: {
    search() {
      handover().startSearch = true
      wx.switchTab({ url: '/pages/entities/search/index' })
    }
  }
})
