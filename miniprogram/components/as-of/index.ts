import { timeNow } from '../../api/clock'
import { daysSince, formatMoment } from '../../i18n/format'
import { fill, language, messages } from '../../i18n/index'

/** Older than this and the line turns amber: courts are expected to update at least once a week. */
const STALE_AFTER_DAYS = 7

Component({
  properties: {
    /** RFC 3339, or '' before the first import. */
    time: { type: String, value: '' },
    /** The court's name, or '' where nobody can say. */
    source: { type: String, value: '' }
  },

  data: { text: '', stale: '' },

  observers: {
    'time, source'(time: string, source: string) {
      if (!time) return this.setData({ text: '', stale: '' })
      const t = messages().common
      const days = daysSince(time, timeNow())
      const values = { time: formatMoment(time, language()), source }
      this.setData({
        text: fill(source ? t.asOfFrom : t.asOf, values),
        stale: days > STALE_AFTER_DAYS ? fill(t.stale, { days }) : ''
      })
    }
  }
})
