import { keepInAddress } from '../../../api/address'
import { getArea } from '../../../api/areas'
import { getCourt } from '../../../api/courts'
import { handover } from '../../../api/handover'
import { goingOn, Loader, NOTHING, type ViewState } from '../../../api/loading'
import { listNotices, type Notice } from '../../../api/notices'
import { getSite } from '../../../api/site'
import { sourceBehind } from '../../../api/source'
import { fill, language, messages } from '../../../i18n/index'
import { showTabs } from '../../../i18n/tabs'
import { type NoticeRow, toNoticeRow } from './row'

const PAGE = 20
/** The API's. */
const LARGEST_PAGE = 100

type ChosenArea = { code: string; name: string }
type ChosenCourt = { id: string; name: string }

Page({
  data: {
    t: messages('zh').notices,
    more: '',
    demo: 'none',
    area: null as ChosenArea | null,
    areaText: '',
    court: null as ChosenCourt | null,
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

  /** An address narrows the list by code and id; their names are looked up, and the list does not wait for them. */
  onLoad(query: Record<string, string | undefined>) {
    this.loader = new Loader((state) => this.setData({ state }))
    if (query.area) this.nameArea(query.area)
    if (query.court) this.nameCourt(query.court)
  },

  async nameArea(code: string) {
    this.setData({ area: { code, name: '' } })
    const area = await getArea(code).result
    if (area.ok && this.data.area?.code === code) this.choose({ code, name: area.value.name }, this.data.court)
  },

  async nameCourt(id: string) {
    this.setData({ court: { id, name: '' } })
    const court = await getCourt(id).result
    if (court.ok && this.data.court?.id === id) this.choose(this.data.area, { id, name: court.value.name })
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

  narrow(area: ChosenArea | null, court: ChosenCourt | null) {
    this.choose(area, court)
    const chosen = [area && `area=${area.code}`, court && `court=${court.id}`]
    keepInAddress('pages/notices/list/index', chosen.filter(Boolean).join('&'))
    this.restart()
  },

  choose(area: ChosenArea | null, court: ChosenCourt | null) {
    const { courts, notices } = messages()
    this.setData({
      area,
      court,
      areaText: area?.name ? fill(courts.inArea, { area: area.name }) : '',
      courtText: court?.name ? fill(notices.ofCourt, { court: court.name }) : ''
    })
    if (this.data.none) this.setData({ none: this.noneText(this.data.asOf || null) })
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

  ...goingOn
})
