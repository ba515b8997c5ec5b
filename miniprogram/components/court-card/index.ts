import { copyText } from '../../api/copy'
import { type Court, NATIONAL_LINE } from '../../api/courts'
import { linkType } from '../../api/pages'
import { fill, messages } from '../../i18n/index'

Component({
  properties: {
    /** A `Court`. */
    court: { type: Object, value: {} as Court },
    /** Whether the name leads to the court's page. */
    link: { type: Boolean, value: false }
  },

  data: { t: messages('zh').courts, links: 'navigate', phoneLine: '', addressLine: '', callText: '', demo: '' },

  observers: {
    court(court: Court) {
      if (!court.id) return
      const t = messages().courts
      this.setData({
        t,
        links: linkType(),
        phoneLine: court.phone ? fill(t.phone, { phone: court.phone }) : t.noPhone,
        addressLine: court.address ? fill(t.address, { address: court.address }) : t.noAddress,
        callText: fill(t.callNumber, { phone: court.phone || NATIONAL_LINE })
      })
    }
  },

  methods: {
    call() {
      wx.makePhoneCall({ phoneNumber: this.data.court.phone || NATIONAL_LINE, fail: () => {} })
    },

    copyAddress() {
      copyText(`${this.data.court.name} ${this.data.court.address ?? ''}`)
    }
  }
})
