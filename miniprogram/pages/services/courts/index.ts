import { getArea } from '../../../api/areas'
import { type Court, listCourts } from '../../../api/courts'
import { handover } from '../../../api/handover'
import { goingOn, Loader, NOTHING, ofNameSearch, type ViewState } from '../../../api/loading'
import { linkType, returnTo } from '../../../api/pages'
import { getSite, homeCode } from '../../../api/site'
import { fill, messages } from '../../../i18n/index'

interface ChosenArea {
  code: string
  name: string
}

Page({
  data: {
    t: messages('zh').courts,
    links: 'navigate',
    more: '',
    typed: '',
    area: null as ChosenArea | null,
    areaText: '',
    courts: [] as Court[],
    hasMore: false,
    none: false,
    problem: '',
    /** Chooses a court, for a self-check or the list of rewards, instead of leading to its page. */
    picking: false,
    state: NOTHING as ViewState
  },

  loader: null as Loader | null,
  next: null as string | null,
  forNotices: false,
  /** The area is where the page begins, and nobody's choice. */
  isBeginning: false,

  onLoad(query: Record<string, string | undefined>) {
    const { common, courts, selfCheck } = messages()
    this.forNotices = query.for === 'notices'
    const picking = this.forNotices || query.for === 'self-check'
    this.loader = new Loader((state) => this.setData(ofNameSearch(state)))
    this.setData({ t: courts, links: linkType(), more: common.more, picking })
    wx.setNavigationBarTitle({ title: picking && !this.forNotices ? selfCheck.pick : courts.title })
  },

  /** Coming back from "choose area" brings an area along. */
  onShow() {
    const left = handover()
    const chosen = left.courtsArea
    left.courtsArea = null
    if (chosen) this.setArea(chosen)
    else if (this.data.courts.length === 0) this.startAtHome()
  },

  onUnload() {
    this.loader?.drop()
  },

  type({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
    this.setData({ typed: detail.value })
  },

  /** The courts of the home area's city come first: most readers look for one of them. */
  async startAtHome() {
    const site = await getSite()
    const code = site.ok ? homeCode(site.value)?.slice(0, 4) : undefined
    const home = code ? await getArea(code).result : null
    this.setArea(home?.ok ? { code: home.value.code, name: home.value.name } : null, true)
  },

  setArea(area: ChosenArea | null, isBeginning = false) {
    this.isBeginning = isBeginning
    this.setData({ area, areaText: area ? fill(messages().courts.inArea, { area: area.name }) : '' })
    this.find()
  },

  anyArea() {
    this.setArea(null)
  },

  /** A name is looked for everywhere, unless the reader has chosen an area. */
  find() {
    if (this.isBeginning && this.data.typed.trim()) return this.setArea(null)
    this.next = null
    this.setData({ courts: [], none: false, hasMore: false })
    this.load()
  },

  async load() {
    const { typed, area, courts } = this.data
    const page = await this.loader?.load(listCourts({ q: typed.trim(), area: area?.code, cursor: this.next }))
    if (!page) return
    this.next = page.next
    const all = [...courts, ...page.items]
    this.setData({ courts: all, hasMore: page.next !== null, none: all.length === 0 })
  },

  pick(event: WechatMiniprogram.TouchEvent<object, object, { id: string }>) {
    const { id } = event.currentTarget.dataset
    const name = this.data.courts.find((court) => court.id === id)?.name ?? ''
    if (this.forNotices) {
      handover().noticesCourt = { id, name }
      return wx.switchTab({ url: '/pages/notices/list/index' })
    }
    handover().selfCheckCourt = id
    returnTo('/pages/services/self-check/index')
  },

  ...goingOn
})
