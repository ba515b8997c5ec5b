import { getSite } from '../../../api/site'
import { getSiteSource } from '../../../api/source'
import { articles, type Passage } from '../../../i18n/articles'
import { fill, messages } from '../../../i18n/index'

Page({
  data: { title: '', passages: [] as Passage[], demo: 'none', asOf: '', source: '' },

  async onLoad() {
    const { services, common } = messages()
    wx.setNavigationBarTitle({ title: services.about })
    this.setData({ title: common.title })
    this.showPassages(common.allCourts)
    const [site, source] = await Promise.all([getSite(), getSiteSource()])
    this.showPassages(source)
    if (site.ok) this.setData({ demo: site.value.demo, asOf: site.value.as_of ?? '', source })
  },

  showPassages(court: string) {
    this.setData({ passages: articles().about.map(({ title, text }) => ({ title, text: fill(text, { court }) })) })
  }
})
