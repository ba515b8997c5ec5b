import { publicBaseUrl } from '../../../api/base-url'
import { copyText } from '../../../api/copy'
import { linkType } from '../../../api/pages'
import { getSite } from '../../../api/site'
import { getSiteSource } from '../../../api/source'
import { articles, type Passage } from '../../../i18n/articles'
import { fill, messages } from '../../../i18n/index'
import { VERSION } from '../../../version'

Page({
  data: {
    t: messages('zh').services,
    links: 'navigate',
    title: '',
    passages: [] as Passage[],
    sourceUrl: '',
    sourceText: '',
    copy: '',
    demo: 'none',
    asOf: '',
    source: ''
  },

  async onLoad() {
    const { services, common } = messages()
    wx.setNavigationBarTitle({ title: services.about })
    this.setData({ t: services, links: linkType(), title: common.title })
    this.showPassages(common.allCourts)
    const [site, source] = await Promise.all([getSite(), getSiteSource()])
    this.showPassages(source)
    if (!site.ok) return
    this.setData({ demo: site.value.demo, asOf: site.value.as_of ?? '', source })
    if (site.value.source_url) this.showSource(site.value.source_url)
  },

  /** To copy, not to open: WeChat opens no other site, and the pages ask no other host. */
  showSource(sourceUrl: string) {
    const { services, search } = messages()
    this.setData({ sourceUrl, sourceText: fill(services.sourceAt, { url: sourceUrl }), copy: search.copySite })
  },

  copySource() {
    copyText(this.data.sourceUrl)
  },

  showPassages(court: string) {
    const { services, common } = messages()
    const running = court === common.allCourts ? services.runningCourts : court
    const values = { court: running, version: VERSION, address: publicBaseUrl() }
    this.setData({ passages: articles().about.map(({ title, text }) => ({ title, text: fill(text, values) })) })
  }
})
