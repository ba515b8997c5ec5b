import { timeNow } from '../../../api/clock'
import { type Court, getCourt, listCourts } from '../../../api/courts'
import { handover } from '../../../api/handover'
import { Loader, NOTHING, type ViewState } from '../../../api/loading'
import { linkType } from '../../../api/pages'
import { readNumber } from '../../../api/resident-id'
import { checkSelf } from '../../../api/self-check'
import { getSite, homeCode } from '../../../api/site'
import { language, messages } from '../../../i18n/index'
import { openChoice } from '../../entities/detail/view'
import { type CoverageView, type ResultView, toCoverage, toResult } from './view'

const NO_COVERAGE: CoverageView = { coverage: '', cannot: '' }

/** No sharing, saving or printing here, ever: nobody should be made to show the answer. */
Page({
  data: {
    t: messages('zh').selfCheck,
    links: 'navigate',
    search: '',
    misuse: '',
    demo: 'none',
    court: null as Court | null,
    noCourts: false,
    number: '',
    name: '',
    problem: '',
    working: false,
    result: null as ResultView | null,
    failure: NOTHING as ViewState,
    state: NOTHING as ViewState,
    ...NO_COVERAGE
  },

  loader: null as Loader | null,
  courtId: '',
  /** Counts attempts, so that an answer that comes after leaving is never shown. */
  attempt: 0,

  onLoad(query: Record<string, string | undefined>) {
    const { selfCheck, state, common } = messages()
    this.loader = new Loader((shown) => this.setData({ state: shown }))
    this.courtId = query.court ?? ''
    this.setData({ t: selfCheck, links: linkType(), search: state.toSearch, misuse: common.misuse })
    wx.setNavigationBarTitle({ title: selfCheck.title })
    this.showDemo()
    this.loadCourt()
  },

  /** Coming back from "another court" brings one along. */
  onShow() {
    const left = handover()
    const chosen = left.selfCheckCourt
    left.selfCheckCourt = null
    if (!chosen) return
    this.courtId = chosen
    this.loadCourt()
  },

  onHide() {
    this.forget()
  },

  onUnload() {
    this.forget()
    this.loader?.drop()
  },

  /** What was typed and what was answered end with the visit. */
  forget() {
    this.attempt += 1
    this.setData({ number: '', name: '', problem: '', working: false, result: null, failure: NOTHING })
  },

  async showDemo() {
    const site = await getSite()
    if (site.ok) this.setData({ demo: site.value.demo })
  },

  async loadCourt() {
    this.setData({ court: null, noCourts: false, result: null, failure: NOTHING, ...NO_COVERAGE })
    const isNamed = this.courtId !== ''
    if (!isNamed && !(await this.chooseHomeCourt())) return
    const court = await this.loader?.load(getCourt(this.courtId))
    if (court) return this.setData({ court, ...toCoverage(court, language()) })
    if (!isNamed || this.data.state.kind !== 'gone') return
    // an address may name a court that is none: the usual one opens, and another can be chosen
    this.courtId = ''
    this.loadCourt()
  },

  /** The home county's own court, else the first of its area; false when the answer is none. */
  async chooseHomeCourt(): Promise<boolean> {
    const site = await getSite()
    const code = site.ok ? homeCode(site.value) : null
    const page = await this.loader?.load(listCourts({ area: code ?? undefined, limit: 20 }))
    if (!page) return false
    const home = page.items.find(({ area }) => area?.code === code) ?? page.items[0]
    this.courtId = home?.id ?? ''
    this.setData({ noCourts: !home })
    return Boolean(home)
  },

  typeNumber({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
    this.setData({ number: detail.value, problem: '' })
  },

  typeName({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
    this.setData({ name: detail.value, problem: '' })
  },

  check() {
    if (this.data.working || !this.data.court) return
    const { selfCheck: t } = messages()
    const read = readNumber(this.data.number)
    const name = this.data.name.trim()
    if ('problem' in read) return this.setData({ problem: t.problems[read.problem] ?? '' })
    if (name === '') return this.setData({ problem: t.noName })
    this.ask(this.data.court.id, read.mask, name)
  },

  async ask(court: string, mask: string, name: string) {
    this.attempt += 1
    const mine = this.attempt
    this.setData({ working: true, problem: '', failure: NOTHING, result: null })
    const answer = await checkSelf({ court, mask_form: mask, name })
    if (mine !== this.attempt) return
    if (!answer.ok) return this.setData({ working: false, failure: answer.failure })
    // answered: neither is needed any more
    this.setData({ working: false, number: '', name: '', result: toResult(answer.value, language(), timeNow()) })
    wx.pageScrollTo({ selector: '#result', fail: () => {} })
  },

  again() {
    this.forget()
  },

  openTopic(event: WechatMiniprogram.TouchEvent<object, object, { topic: string; person: string }>) {
    const { topic, person } = event.currentTarget.dataset
    const view = this.data.result?.people.find(({ id }) => id === person)
    const choice = view?.choices.find((one) => one.topic === topic)
    if (view && choice) openChoice(choice, view)
  },

  openSearch() {
    wx.switchTab({ url: '/pages/entities/search/index' })
  },

  cancel() {
    this.loader?.cancel()
  }
})
