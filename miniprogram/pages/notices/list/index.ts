import { handover } from '../../../api/handover'
import { Loader, NOTHING, type ViewState } from '../../../api/loading'
import { listNotices, type Notice } from '../../../api/notices'
import { getSite } from '../../../api/site'
import { sourceBehind } from '../../../api/source'
import { fill, language, messages } from '../../../i18n/index'
import { showTabs } from '../../../i18n/tabs'
import { type NoticeRow, toNoticeRow } from './row'

const PAGE = 20
/** The API's. */
const LARGEST_PAGE = 100

Page({
  data: {
    t: messages('zh').notices,
    more: '',
    demo: 'none',
    area: null as { code: string; name: string } | null,
    areaText: '',
    court: null as { id: string; name: string } | null,
    courtText: '',
    rows: [] as NoticeRow[],
    none: '',
    end: '',
    hasMore: false,
    asOf: '',
    source: '',
    state: NOTHING as ViewState
  },

  loader: null as Loader | null,
  next: null as string | null,
  found: [] as Pick<Notice, 'court' | 'as_of'>[],

  onLoad() {
    this.loader = new Loader((state) => this.setData({ state }))
  },

  /** Every time anew: a notice leaves the list with its listing. The pages to choose on bring an area or a court. */
  onShow() {
    const left = handover()
    const area = left.noticesArea ?? this.data.area
    const court = left.noticesCourt ?? this.data.court
    left.noticesArea = null
    left.noticesCourt = null
    const { notices, common } = messages()
    showTabs()
    wx.setNavigationBarTitle({ title: notices.title })
    this.setData({ t: notices, more: common.more })
    getSite().then((site) => site.ok && this.setData({ demo: site.value.demo }))
    this.narrow(area, court)
  },

  onUnload() {
    this.loader?.drop()
  },

  narrow(area: { code: string; name: string } | null, court: { id: string; name: string } | null) {
    const { courts, notices } = messages()
    this.setData({
      area,
      court,
      areaText: area ? fill(courts.inArea, { area: area.name }) : '',
      courtText: court ? fill(notices.ofCourt, { court: court.name }) : ''
    })
    this.restart()
  },

  anyArea() {
    this.narrow(null, this.data.court)
  },

  anyCourt() {
    this.narrow(this.data.area, null)
  },

  restart() {
    this.next = null
    this.load()
  },

  async load() {
    const { area, court, rows: shown } = this.data
    const isFirst = this.next === null
    // whoever comes back from a notice finds the list as long as it was
    const limit = isFirst ? Math.min(Math.max(shown.length, PAGE), LARGEST_PAGE) : PAGE
    const asked = listNotices({ area: area?.code, court: court?.id, limit, cursor: this.next })
    const page = await this.loader?.load(asked)
    if (!page) return isFirst ? this.setData({ rows: [], none: '', end: '', hasMore: false, asOf: '' }) : undefined
    this.next = page.next
    this.found = [...(isFirst ? [] : this.found), ...page.items]
    const { common } = messages()
    const rows = [...(isFirst ? [] : shown), ...page.items.map((item) => toNoticeRow(item, language()))]
    this.setData({
      rows,
      hasMore: page.next !== null,
      none: rows.length > 0 ? '' : this.noneText(page.as_of),
      end: page.next === null && rows.length > 0 ? common.endOfList : '',
      asOf: page.as_of ?? '',
      source: sourceBehind(page.as_of, this.found)
    })
  },

  /** Without a list loaded nobody can say that there are none. */
  noneText(asOf: string | null): string {
    const { notices: t, map } = messages()
    if (asOf === null) return map.noData
    const { area, court } = this.data
    const chosen = [area?.name, court?.name].filter(Boolean).join(' · ')
    return chosen ? fill(t.noneHere, { area: chosen }) : t.none
  },

  loadMore() {
    if (this.data.hasMore && this.data.state.kind === 'none') this.load()
  },

  onReachBottom() {
    this.loadMore()
  },

  cancel() {
    this.loader?.cancel()
  }
})
