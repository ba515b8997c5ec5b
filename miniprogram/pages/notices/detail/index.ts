import { type Court, getCourt } from '../../../api/courts'
import { Loader, NOTHING, type ViewState } from '../../../api/loading'
import { getNotice } from '../../../api/notices'
import { linkType } from '../../../api/pages'
import { noticeCard } from '../../../api/share'
import { getSite } from '../../../api/site'
import { language, messages } from '../../../i18n/index'
import { type NoticeView, toNoticeView } from './view'

const LIST = '/pages/notices/list/index'
const ID = /^[0-9A-Za-z_-]{1,64}$/

Page({
  data: {
    t: messages('zh').notices,
    links: 'navigate',
    courtCase: '',
    demo: 'none',
    view: null as NoticeView | null,
    court: null as Court | null,
    state: NOTHING as ViewState
  },

  loader: null as Loader | null,
  id: '',

  onLoad(query: Record<string, string | undefined>) {
    const { notices, entity } = messages()
    this.loader = new Loader((state) => this.setData({ state }))
    this.id = query.id ?? ''
    this.setData({ links: linkType(), t: notices, courtCase: entity.courtCase })
    wx.setNavigationBarTitle({ title: notices.detailTitle })
    wx.hideShareMenu()
    getSite().then((site) => site.ok && this.setData({ demo: site.value.demo }))
    if (ID.test(this.id)) this.reload()
    else this.setData({ state: { kind: 'invalid' } })
  },

  onUnload() {
    this.loader?.drop()
    this.loader = null
  },

  async reload() {
    const notice = await this.loader?.load(getNotice(this.id))
    if (!notice) return
    const view = toNoticeView(notice, language())
    this.setData({ view })
    if (view.share) wx.showShareMenu({})
    const court = await getCourt(view.court.id).result
    if (court.ok && this.loader) this.setData({ court: court.value })
  },

  cancel() {
    this.loader?.cancel()
  },

  toList() {
    wx.switchTab({ url: LIST })
  },

  /** The notice's id and nothing else; of a person's notice not even that. */
  onShareAppMessage() {
    const { view, demo } = this.data
    return noticeCard(view?.id ?? '', view?.share ?? '', demo)
  }
})
