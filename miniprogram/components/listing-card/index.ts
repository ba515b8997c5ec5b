import { copyText } from '../../api/copy'
import { linkType } from '../../api/pages'
import { messages } from '../../i18n/index'
import type { CardView } from './card'

Component({
  properties: {
    /** A `CardView`. */
    card: { type: Object, value: {} as CardView },
    demo: { type: String, value: '' }
  },

  data: { t: messages('zh').entity, links: 'navigate', showLegal: false, showCauses: false },

  lifetimes: {
    attached() {
      this.setData({ t: messages().entity, links: linkType() })
    }
  },

  methods: {
    explainWithheld() {
      wx.showModal({ content: messages().entity.withheldWhy, showCancel: false, confirmText: messages().state.ok })
    },

    toggleLegal() {
      this.setData({ showLegal: !this.data.showLegal })
    },

    toggleCauses() {
      this.setData({ showCauses: !this.data.showCauses })
    },

    copyCase() {
      const title = messages().entity.caseCopied
      copyText(this.data.card.caseNumber, () => wx.showToast({ title, icon: 'none' }))
    }
  }
})
