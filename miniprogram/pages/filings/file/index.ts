import { timeNow } from '../../../api/clock'
import { type Court, getCourt, listCourts } from '../../../api/courts'
import { handover } from '../../../api/handover'
import { Loader, NOTHING, ofNameSearch, type ViewState } from '../../../api/loading'
import { getSite } from '../../../api/site'
import type { FilingSubject } from '../../../app'
import { chinaToday, formatDay } from '../../../i18n/format'
import { fill, language } from '../../../i18n/index'
import { addPhotos } from '../album'
import { type Fields, firstMissing, isTooLong, measure, NO_FIELDS, summarise, toDraft } from '../letter'
import type { RedrawnPhoto } from '../pictures'
import { MAX_PHOTOS } from '../seal/photo'
import { bringCodeBack, type Content, leave, openCheck, pageClosed, pageOpened } from '../session'
import { type CourtKey, certifiedKeys } from '../trust'
import { type Door, words } from '../words/index'
import { counterText, isDoor, type Option, optionsOf, photoTrouble, saidBy, type Thumb, thumbsOf } from './view'

const COURTS = 20

/** One of the three doors: what happened, proof, how to be reached. Nothing leaves the phone from here but court look-ups. */
Page({
  data: {
    t: words('zh'),
    door: 'wrong' as Door,
    /** The address names none. */
    noDoor: false,
    text: words('zh').doors.wrong,
    advice: [] as string[],
    callsFirst: false,
    promise: [] as string[],
    about: '',
    options: [] as Option[],
    option: -1,
    courtQuery: '',
    courts: [] as Court[] | null,
    courtProblem: '',
    court: null as Court | null,
    chosenCourt: '',
    open: false,
    distrusted: false,
    demo: false,
    fields: NO_FIELDS,
    paidText: '',
    diedText: '',
    today: '',
    photosNote: '',
    thumbs: [] as Thumb[],
    mostPhotos: MAX_PHOTOS,
    isAdding: false,
    photoProblem: '',
    photoGoOn: '',
    counter: '',
    isTooLong: false,
    problem: '',
    state: NOTHING as ViewState
  },

  loader: null as Loader | null,
  subject: null as FilingSubject | null,
  photos: [] as RedrawnPhoto[],
  boxKey: null as CourtKey | null,
  certKeys: [] as CourtKey[],

  onLoad(query: Record<string, string | undefined>) {
    const door = query.door
    pageOpened()
    this.loader = new Loader((state) => this.tell(state))
    if (!isDoor(door)) return this.setData({ noDoor: true, state: { kind: 'invalid' } })
    this.subject = handover().filing
    handover().filing = null
    const t = words()
    wx.setNavigationBarTitle({ title: t.doors[door].title })
    this.setData({ t, door, text: t.doors[door], today: chinaToday(timeNow()) })
    this.setData({ photosNote: fill(t.photos.redrawn, { n: MAX_PHOTOS }) })
    this.startWith(this.subject)
    this.count()
    this.tellDemo()
  },

  /** A code that nobody has saved comes back before anything else. */
  onShow() {
    bringCodeBack()
  },

  onUnload() {
    this.loader?.drop()
    this.loader = null
    this.photos = []
    pageClosed()
  },

  tell(state: ViewState) {
    const { problem: courtProblem, state: shown } = ofNameSearch(state)
    this.setData({ courtProblem, state: shown })
  },

  startWith(subject: FilingSubject | null) {
    const { door, t } = this.data
    if (!subject) return this.setData({ promise: door === 'died' ? [t.promise.died] : this.promiseOf(true, true) })
    const options = optionsOf(subject, door, t)
    const { advice, claim, callsFirst } = saidBy(subject.topic)
    this.setData({
      options,
      advice,
      callsFirst,
      'fields.claim': claim,
      about: fill(t.subject.about, { name: subject.name }),
      'fields.name': subject.name,
      promise: this.promiseOf(
        subject.listings.some(({ hasTerm }) => hasTerm),
        subject.listings.some(({ hasTerm }) => !hasTerm)
      )
    })
    if (options.length === 1) this.takeOption(0)
  },

  promiseOf(withTerm: boolean, withoutTerm: boolean): string[] {
    const { noTerm, term, died } = words().promise
    if (this.data.door === 'died') return [died]
    if (this.data.door === 'wrong') return []
    return [...(withoutTerm ? [noTerm] : []), ...(withTerm ? [term] : [])]
  },

  /** By the record where one is named, else where everything held is invented. */
  async tellDemo() {
    if (this.subject) return this.setData({ demo: this.subject.demo })
    const site = await getSite()
    if (site.ok && this.loader) this.setData({ demo: site.value.demo === 'all' })
  },

  chooseOption(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
    this.takeOption(Number(event.detail.value))
  },

  takeOption(at: number) {
    const option = this.data.options[at]
    if (!option) return
    const { caseNumber, courtId } = option
    this.setData({ option: at, 'fields.caseNumber': caseNumber })
    this.count()
    if (this.data.court?.id !== courtId) this.loadCourt(courtId)
  },

  typeCourt(event: WechatMiniprogram.Input) {
    this.setData({ courtQuery: event.detail.value })
  },

  async findCourts() {
    const q = this.data.courtQuery.trim()
    this.setData({ courts: [] })
    const answer = await this.loader?.load(listCourts({ q: q || undefined, limit: COURTS }))
    if (!answer) return
    this.setData({ courts: answer.items.length > 0 ? answer.items : null })
  },

  chooseCourt(event: WechatMiniprogram.TouchEvent<object, object, { id: string }>) {
    this.loadCourt(event.currentTarget.dataset.id)
  },

  otherCourt() {
    this.boxKey = null
    this.setData({ court: null, chosenCourt: '', open: false, courts: [] })
  },

  retry() {
    const option = this.data.options[this.data.option]
    if (option) this.loadCourt(option.courtId)
    else this.findCourts()
  },

  cancel() {
    this.loader?.cancel()
  },

  async loadCourt(id: string) {
    const court = await this.loader?.load(getCourt(id))
    if (!court) return
    const now = new Date()
    this.boxKey = certifiedKeys(court, 'box', now)[0] ?? null
    this.certKeys = certifiedKeys(court, 'cert', now)
    const isTrusted = this.boxKey !== null && this.certKeys.length > 0
    this.setData({
      court,
      courts: [],
      chosenCourt: fill(words().subject.chosenCourt, { court: court.name }),
      open: court.accepts_objections && isTrusted,
      distrusted: court.accepts_objections && !isTrusted && (court.keys ?? []).length > 0
    })
    this.count()
  },

  type(event: WechatMiniprogram.Input<object, { field: keyof Fields }>) {
    this.setField(event.currentTarget.dataset.field, event.detail.value)
  },

  choose(event: WechatMiniprogram.CustomEvent<{ value: string }, object, { field: keyof Fields }>) {
    this.setField(event.currentTarget.dataset.field, event.detail.value)
  },

  chooseDay(event: WechatMiniprogram.PickerChange<object, { field: keyof Fields }>) {
    const { field } = event.currentTarget.dataset
    const day = String(event.detail.value)
    this.setField(field, day)
    const shown = day ? formatDay(day, language()) : ''
    this.setData(field === 'paidOn' ? { paidText: shown } : { diedText: shown })
  },

  setField(field: keyof Fields, value: string) {
    this.setData({ [`fields.${field}`]: value, problem: '' })
    this.count()
  },

  async addPhotos() {
    this.setData({ photoProblem: '' })
    const { photos, problem } = await addPhotos(this.photos, () => this.setData({ isAdding: true }))
    if (!this.loader) return
    this.photos = photos
    const t = words()
    this.setData({ isAdding: false, thumbs: thumbsOf(photos, t), ...photoTrouble(problem, t) })
    this.count()
  },

  /** Photos are no must: whoever refused the album goes on without. */
  goOn() {
    this.setData({ photoProblem: '' })
  },

  removePhoto(event: WechatMiniprogram.TouchEvent<object, object, { at: number }>) {
    this.photos = this.photos.filter((_: RedrawnPhoto, at: number) => at !== Number(event.currentTarget.dataset.at))
    this.setData({ thumbs: thumbsOf(this.photos, words()) })
    this.count()
  },

  draft() {
    const { door, fields, court, option, options } = this.data
    const target = options[option]?.target ?? court?.id ?? ''
    return toDraft(door, fields, { court: court?.id ?? '', target, key: this.boxKey?.number ?? 1 })
  },

  count() {
    const room = measure(this.draft(), this.photos.length)
    this.setData({ counter: counterText(room, words()), isTooLong: isTooLong(room) })
  },

  problemOf(): string {
    const { missing } = words()
    const { door, fields, option, options, isTooLong: tooLong, counter } = this.data
    if (options.length > 0 && option < 0) return missing.listing
    if (!this.data.court) return missing.court
    const field = firstMissing(door, fields)
    if (field) return missing[field as keyof typeof missing]
    return tooLong ? counter : ''
  },

  async next() {
    const problem = this.problemOf()
    const { court, open, door, fields } = this.data
    this.setData({ problem })
    if (problem || !court || !open || !this.boxKey) return
    const t = words()
    const lines = summarise(door, fields, t)
    const photos = fill(t.summary.photoCount, { n: this.photos.length })
    if (this.photos.length > 0) lines.push({ label: t.summary.photos, value: photos })
    const jpegs = this.photos.map(({ jpeg }: RedrawnPhoto) => jpeg)
    const { id, name } = court
    const content: Content = {
      door,
      demo: this.data.demo,
      court: { id, name },
      boxKey: this.boxKey,
      certKeys: this.certKeys,
      draft: this.draft(),
      jpegs,
      lines
    }
    this.setData({ problem: await openCheck(content) })
  },

  openSearch() {
    wx.switchTab({ url: '/pages/entities/search/index' })
  },

  leave() {
    leave()
  }
})
