import { keepInAddress } from '../../../api/address'
import { type Area, countAll, getArea, listChildren } from '../../../api/areas'
import { type EntityPage, listEntities, type Summary } from '../../../api/entities'
import { changesCounts, countChoices, type Filter, fromAddress, NO_FILTER, toAddress } from '../../../api/filter'
import { handover } from '../../../api/handover'
import { rememberSeen } from '../../../api/history'
import { Loader, NOTHING, type ViewState } from '../../../api/loading'
import { linkType } from '../../../api/pages'
import { areaCard } from '../../../api/share'
import { getSite } from '../../../api/site'
import { sourceBehind } from '../../../api/source'
import { visitors } from '../../../api/visitors'
import { type RowView, toRow } from '../../../components/entity-row/row'
import { fillCounts, formatCounts, formatNumber } from '../../../i18n/format'
import { fill, language, messages } from '../../../i18n/index'

const MAP = '/pages/entities/map/index'
/** A list of people ends here, by the API's rule. */
const MOST_PEOPLE = 100

Page({
  data: {
    t: messages('zh').area,
    links: 'navigate',
    more: '',
    demo: 'none',
    code: '',
    name: '',
    counts: '',
    placed: '',
    level: '',
    asOf: '',
    source: '',
    children: [] as { code: string; name: string }[],
    filter: NO_FILTER as Filter,
    chosen: 0,
    filterOpen: false,
    rows: [] as RowView[],
    surnamesUntil: '',
    empty: '',
    end: '',
    hasMore: false,
    areaState: NOTHING as ViewState,
    areaFailed: false,
    listState: NOTHING as ViewState
  },

  areaLoader: null as Loader | null,
  listLoader: null as Loader | null,
  next: null as string | null,
  people: 0,
  /** Of the lists behind the rows; null: none was loaded. */
  listedAsOf: null as string | null,
  found: [] as Pick<Summary, 'courts' | 'as_of'>[],

  onLoad(query: Record<string, string | undefined>) {
    const { area, common } = messages()
    this.areaLoader = new Loader((areaState) => this.showAreaState(areaState))
    this.listLoader = new Loader((listState) => this.setData({ listState }))
    const filter = fromAddress(query)
    this.setData({ t: area, links: linkType(), more: common.more, code: query.code ?? '', filter })
    this.setData({ chosen: countChoices(filter) })
    wx.setNavigationBarTitle({ title: area.title })
    if (!/^\d{2}(\d{2}){0,2}$/.test(this.data.code)) return this.showAreaState({ kind: 'invalid' })
    this.reload()
  },

  onUnload() {
    this.areaLoader?.drop()
    this.listLoader?.drop()
    this.listLoader = null
  },

  reload() {
    this.loadArea()
    this.restart()
    getSite().then((site) => site.ok && this.setData({ demo: site.value.demo }))
  },

  async loadArea() {
    const area = await this.areaLoader?.load(getArea(this.data.code))
    if (!area) return
    this.showArea(area)
    rememberSeen({ kind: 'area', id: area.code, name: area.name })
    if (area.level === 'county') return
    const children = await listChildren(area.code).result
    if (children.ok) this.setData({ children: children.value.map(({ code, name }) => ({ code, name })) })
  },

  showArea({ name, level, counts, placed_by, as_of }: Area) {
    const lang = language()
    const t = messages().area
    const placed = { court: formatNumber(placed_by.court_area, lang), file: formatNumber(placed_by.county, lang) }
    this.setData({
      name,
      level: level === 'county' ? '' : t.level[level],
      // no list, no number: nought would be a claim
      counts: as_of === null && countAll(counts) === 0 ? '' : formatCounts(counts, lang, true),
      placed: counts.person > 0 ? fillCounts(t.placed, placed) : '',
      ...this.freshness(as_of),
      empty: this.data.empty ? this.emptyText(name) : ''
    })
  },

  /** A list that answers before its area knows only the code. */
  emptyText(name: string): string {
    const { area: t, map } = messages()
    if (this.listedAsOf === null) return map.noData
    const { filter, code } = this.data
    const text = filter.kind === 'all' && !changesCounts(filter) ? t.empty : t.emptyFiltered
    return fill(text, { area: name || code })
  },

  /** Of the area's oldest list; whose it is, the rows may know. */
  freshness(asOf: string | null) {
    return { asOf: asOf ?? '', source: sourceBehind(asOf, this.found) }
  },

  /** From the first page on, after a change of filter. */
  restart() {
    this.next = null
    this.people = 0
    this.found = []
    this.setData({ rows: [], empty: '', end: '', hasMore: false, surnamesUntil: '' })
    this.loadPage()
  },

  async loadPage() {
    const { code, filter } = this.data
    const hasNewToken = visitors.mark()
    const page = await this.listLoader?.load(listEntities({ area: code, filter, cursor: this.next }))
    if (!page) return
    this.showPage(page)
    if (page.surnames_only_until && (await hasNewToken()) && this.data.surnamesUntil) this.restart()
  },

  showPage(page: EntityPage) {
    this.next = page.next
    this.listedAsOf = page.as_of
    this.showRows(page.items)
    const { area: t, common } = messages()
    const isEmpty = this.data.rows.length === 0
    this.setData({
      hasMore: page.next !== null,
      surnamesUntil: page.surnames_only_until ?? this.data.surnamesUntil,
      ...this.freshness(this.data.asOf || page.as_of),
      empty: isEmpty ? this.emptyText(this.data.name) : '',
      end: page.next !== null || isEmpty ? '' : this.people >= MOST_PEOPLE ? t.end : common.endOfList
    })
  },

  /** Only the new rows cross to the page's view. */
  showRows(items: Summary[]) {
    const start = this.data.rows.length
    const changes: Record<string, RowView> = {}
    items.forEach((item, index) => {
      changes[`rows[${start + index}]`] = toRow(item, language())
    })
    this.people += items.filter(({ kind }) => kind === 'person').length
    this.found = [...this.found, ...items.map(({ courts, as_of }) => ({ courts, as_of }))]
    this.setData(changes)
  },

  loadMore() {
    if (this.data.hasMore && this.data.listState.kind === 'none') this.loadPage()
  },

  onReachBottom() {
    this.loadMore()
  },

  cancel() {
    this.areaLoader?.cancel()
    this.listLoader?.cancel()
  },

  /** One state for the page: the list's while both are under way, the area's when it is the area that failed. */
  showAreaState(areaState: ViewState) {
    this.setData({ areaState, areaFailed: !['none', 'loading', 'slow'].includes(areaState.kind) })
  },

  /** From the chips a kind, from the sheet grounds and a court. */
  changeFilter({ detail }: WechatMiniprogram.CustomEvent<Partial<Filter>>) {
    this.setFilter({ ...this.data.filter, ...detail })
  },

  clearFilter() {
    this.setFilter(NO_FILTER)
  },

  setFilter(filter: Filter) {
    this.setData({ filter, chosen: countChoices(filter), filterOpen: false })
    keepInAddress('pages/areas/list/index', `code=${this.data.code}${toAddress(filter)}`)
    this.restart()
  },

  openFilter() {
    this.setData({ filterOpen: true })
  },

  closeFilter() {
    this.setData({ filterOpen: false })
  },

  remember({ detail }: WechatMiniprogram.CustomEvent<{ id: string }>) {
    const row = this.data.rows.find(({ id }) => id === detail.id)
    if (row && row.kind !== messages().common.person)
      rememberSeen({ kind: 'body', id: row.id, name: row.name, demo: row.demo !== '' })
  },

  showOnMap() {
    handover().mapArea = this.data.code
    wx.switchTab({ url: MAP })
  },

  /** The area and nothing of whoever is listed in it. */
  onShareAppMessage() {
    const { code, name, demo } = this.data
    return areaCard(code, name, demo)
  }
})
