import { copyText } from '../../../api/copy'
import { listEntities, type Summary } from '../../../api/entities'
import { handover } from '../../../api/handover'
import { forgetSeen, listSeen, rememberSeen, type Seen } from '../../../api/history'
import { goingOn, Loader, NOTHING, type ViewState } from '../../../api/loading'
import { getSite } from '../../../api/site'
import { getSiteSource, sourceBehind } from '../../../api/source'
import { type Suggestion, suggest } from '../../../api/suggestions'
import { visitors } from '../../../api/visitors'
import { formatMoment } from '../../../i18n/format'
import { fill, language, messages } from '../../../i18n/index'
import { showTabs } from '../../../i18n/tabs'
import {
  type Group,
  type Guesses,
  guessesBehind,
  hasBodies,
  hasOnlySimilar,
  isPinyin,
  problemOf,
  toGroups
} from './groups'

const COUNTRY_SITE = 'zxgk.court.gov.cn'
/** Long enough that a name typed with an input method asks once. */
const SUGGEST_AFTER_MS = 350
const LIMIT = 20

const URLS = {
  area: '/pages/areas/list/index?code=',
  court: '/pages/services/court/index?id=',
  body: '/pages/entities/detail/index?id='
}

Page({
  data: {
    t: messages('zh').search,
    common: messages('zh').common,
    country: '',
    demo: 'none',
    typed: '',
    focus: false,
    problem: '',
    suggestions: [] as (Suggestion & { label: string; url: string })[],
    seen: [] as (Seen & { url: string })[],
    searched: '',
    groups: [] as Group[],
    onlySimilar: false,
    hasBodies: false,
    none: '',
    noneMeans: '',
    /** How a name is found by its sound, where only letters were typed. */
    pinyin: '',
    surnamesUntil: '',
    hasMore: false,
    asOf: '',
    source: '',
    state: NOTHING as ViewState
  },

  loader: null as Loader | null,
  items: [] as Summary[],
  next: null as string | null,
  unfolded: false,
  guesses: 'asked' as Guesses,
  timer: 0 as ReturnType<typeof setTimeout> | 0,

  onLoad() {
    this.loader = new Loader((state) => this.showState(state))
    const { search, common } = messages()
    this.setData({ t: search, common, country: fill(search.nextCountry, { site: COUNTRY_SITE }) })
  },

  onShow() {
    showTabs()
    wx.setNavigationBarTitle({ title: messages().common.tabSearch })
    const left = handover()
    this.setData({
      focus: left.startSearch,
      seen: listSeen().map((seen) => ({ ...seen, url: URLS[seen.kind] + seen.id }))
    })
    left.startSearch = false
    getSite().then((site) => site.ok && this.setData({ demo: site.value.demo }))
  },

  onUnload() {
    this.loader?.drop()
  },

  /** A query the server finds too short is the reader's to mend, not a broken link. */
  showState(state: ViewState) {
    if (state.kind === 'invalid') this.setData({ problem: messages().search.tooShort, state: NOTHING })
    else this.setData({ state })
  },

  type({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
    this.setData({ typed: detail.value, problem: '' })
    if (this.timer) clearTimeout(this.timer)
    this.timer = setTimeout(() => this.suggest(), SUGGEST_AFTER_MS)
  },

  async suggest() {
    const q = this.data.typed.trim()
    if (problemOf(q)) return this.setData({ suggestions: [] })
    const found = await suggest(q)
    if (this.data.typed.trim() !== q || this.data.searched === q) return
    const t = messages().search
    const labels = { area: t.suggestArea, court: t.suggestCourt, body: t.suggestBody }
    this.setData({
      suggestions: found.map((one) => ({ ...one, label: labels[one.kind], url: URLS[one.kind] + one.id }))
    })
  },

  submit() {
    const q = this.data.typed.trim()
    const problem = problemOf(q)
    const t = messages().search
    if (this.timer) clearTimeout(this.timer)
    this.forget()
    if (problem) return this.setData({ problem: problem === 'short' ? t.tooShort : t.tooLong })
    this.setData({ searched: q })
    this.load()
  },

  clear() {
    this.forget()
    this.setData({ typed: '', problem: '', focus: true })
  },

  /** What was found for one name must not stand under another. */
  forget() {
    this.loader?.drop()
    this.items = []
    this.next = null
    this.unfolded = false
    this.guesses = 'asked'
    this.setData({
      searched: '',
      suggestions: [],
      groups: [],
      none: '',
      pinyin: '',
      surnamesUntil: '',
      hasMore: false,
      onlySimilar: false,
      state: NOTHING,
      asOf: ''
    })
  },

  async load() {
    const hasNewToken = visitors.mark()
    const page = await this.loader?.load(listEntities({ q: this.data.searched, limit: LIMIT, cursor: this.next }))
    if (!page) return
    this.items = [...this.items, ...page.items]
    this.next = page.next
    this.guesses = guessesBehind(page.items, LIMIT, page.next)
    this.setData({
      asOf: page.as_of ?? '',
      hasMore: page.next !== null && this.guesses === 'asked',
      surnamesUntil: page.surnames_only_until ?? this.data.surnamesUntil
    })
    if (this.items.length === 0) await this.showNone(page.as_of)
    else this.showGroups()
    if (page.surnames_only_until && (await hasNewToken()) && this.data.surnamesUntil) this.searchAgain()
  },

  /** The same name, whatever has been typed since. */
  searchAgain() {
    this.items = []
    this.next = null
    this.guesses = 'asked'
    this.setData({ surnamesUntil: '' })
    this.load()
  },

  showGroups() {
    this.setData({
      groups: toGroups(this.items, this.unfolded, language(), this.guesses),
      onlySimilar: hasOnlySimilar(this.items),
      hasBodies: hasBodies(this.items),
      source: sourceBehind(this.data.asOf, this.items)
    })
  },

  /** The most consequential screen for a contract partner: what "nothing" does and does not mean. */
  async showNone(asOf: string | null) {
    const { search: t, map, common } = messages()
    if (asOf === null) return this.setData({ none: map.noData, noneMeans: '' })
    const source = await getSiteSource()
    const time = formatMoment(asOf, language())
    this.setData({
      none: fill(t.none, { name: this.data.searched }),
      noneMeans: fill(source === common.allCourts ? t.noneMeansAll : t.noneMeans, { court: source, time }),
      pinyin: isPinyin(this.data.searched) ? t.pinyin : '',
      source
    })
  },

  toggleSimilar() {
    this.unfolded = this.guesses === 'unasked' || !this.unfolded
    if (this.guesses === 'asked') this.showGroups()
    else if (this.data.state.kind === 'none') this.load()
  },

  ...goingOn,

  /** Organisations are remembered, people never. */
  remember({ detail }: WechatMiniprogram.CustomEvent<{ id: string }>) {
    const body = this.items.find(({ id, kind }) => id === detail.id && kind !== 'person')
    if (body) rememberSeen({ kind: 'body', id: body.id, name: body.name, demo: body.source === 'demo' })
  },

  clearSeen() {
    forgetSeen()
    this.setData({ seen: [] })
  },

  copySite() {
    copyText(COUNTRY_SITE)
  }
})
