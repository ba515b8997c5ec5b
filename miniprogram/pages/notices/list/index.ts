import { getSite } from '../../../api/site'
import { messages } from '../../../i18n/index'
import { showTabs } from '../../../i18n/tabs'

/** Until courts publish notices here, the page says so and what to do instead. */
Page({
  data: { t: messages('zh').notices, demo: 'none' },

  onShow() {
    showTabs()
    this.setData({ t: messages().notices })
    wx.setNavigationBarTitle({ title: messages().notices.title })
    getSite().then((site) => site.ok && this.setData({ demo: site.value.demo }))
  }
})
