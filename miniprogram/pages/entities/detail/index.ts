import { nameOf } from '../../../api/areas'
import { timeNow } from '../../../api/clock'
import { type Court, getCourt } from '../../../api/courts'
import { type Detail, getEntity } from '../../../api/entities'
import { rememberSeen } from '../../../api/history'
import { Loader, NOTHING, type ViewState } from '../../../api/loading'
import { openPage } from '../../../api/pages'
import { visitors } from '../../../api/visitors'
import { language, messages } from '../../../i18n/index'
import { type DetailView, openChoice, toView } from './view'

/** Any shape of id goes to the server, which answers one and the same 404; nothing else could be an id at all. */
const ID = /^[0-9A-Za-z_-]{1,64}$/

/** More courts than list anybody at a time. */
const MOST_COURTS = 4

/** No `onShareAppMessage` here, ever: a listed person's page is not passed on. */
Page({
  data: {
    t: messages('zh').entity,
    misuse: '',
    selfCheck: '',
    view: null as DetailView | null,
    courts: [] as Court[],
    surnamesUntil: '',
    meOpen: false,
    state: NOTHING as ViewState
  },

  loader: null as Loader | null,
  id: '',

  onLoad(query: Record<string, string | undefined>) {
    const { entity, common, selfCheck } = messages()
    this.loader = new Loader((state) => this.setData({ state }))
    this.id = query.id ?? ''
    this.setData({ t: entity, misuse: common.misuse, selfCheck: selfCheck.choice })
    // the same for everybody: this title stands in WeChat's floating windows and in the browser's history
    wx.setNavigationBarTitle({ title: entity.title })
    if (ID.test(this.id)) this.reload()
    else this.setData({ state: { kind: 'invalid' } })
  },

  onUnload() {
    this.loader?.drop()
    this.loader = null
  },

  async reload() {
    const hasNewToken = visitors.mark()
    const detail = await this.loader?.load(getEntity(this.id))
    if (!detail) return
    const surnamesUntil = detail.surnames_only_until ?? ''
    this.setData({ view: toView(detail, language(), timeNow()), surnamesUntil })
    this.nameArea(detail)
    if (detail.kind !== 'person')
      rememberSeen({ kind: 'body', id: detail.id, name: detail.name, demo: detail.source === 'demo' })
    if (surnamesUntil && (await hasNewToken())) this.reload()
    else this.askCourts()
  },

  /** Where they are counted, in the reader's language; the page does not wait for it. */
  async nameArea(detail: Detail) {
    const { placed_by, area } = detail
    const name = placed_by === 'registered_address' ? area.name : await nameOf(area)
    if (name === area.name || !this.loader) return
    const { placed } = toView({ ...detail, area: { ...area, name } }, language(), timeNow())
    this.setData({ 'view.placed': placed })
  },

  /** Whether they take tips. */
  async askCourts() {
    const ids = [...new Set(this.data.view?.aim.options.map(({ court }) => court))].slice(0, MOST_COURTS)
    const answers = await Promise.all(ids.map((id) => getCourt(id).result))
    if (this.loader) this.setData({ courts: answers.flatMap((answer) => (answer.ok ? [answer.value] : [])) })
  },

  cancel() {
    this.loader?.cancel()
  },

  openMe() {
    this.setData({ meOpen: true })
  },

  closeMe() {
    this.setData({ meOpen: false })
  },

  openTopic(event: WechatMiniprogram.TouchEvent<object, object, { topic: string }>) {
    const { view } = this.data
    const choice = view?.choices.find(({ topic }) => topic === event.currentTarget.dataset.topic)
    this.setData({ meOpen: false })
    if (!view || !choice) return
    openChoice(choice, view)
  },

  openSelfCheck() {
    this.setData({ meOpen: false })
    openPage(`/pages/services/self-check/index?court=${this.data.view?.courtId ?? ''}`)
  },

  openReward(event: WechatMiniprogram.TouchEvent<object, object, { id: string }>) {
    openPage(`/pages/notices/detail/index?id=${event.currentTarget.dataset.id}`)
  }
})
