import { sizeOf } from '../../../geo/look'
import { fill } from '../../../i18n/index'
import { addPhotos } from '../album'
import { counterText, photoTrouble, type Thumb, thumbsOf } from '../file/view'
import { isTooLong, measure } from '../letter'
import type { RedrawnPhoto } from '../pictures'
import { wipe } from '../seal/bytes'
import { MAX_PHOTOS } from '../seal/photo'
import { bringCodeBack, type Content, leave, openCheck, pageClosed, pageOpened } from '../session'
import { type TrustedCourt, trustedCourts } from '../tips/courts'
import { currentTip, type TipDraft } from '../tips/draft'
import { drawSketch } from '../tips/drawing'
import { NO_TIP, saysSomething, summariseTip, type TipField, type TipFields, toTipDraft } from '../tips/letter'
import { pointOf, positionAt, type Sketch, scaleBarOf, sketchOf } from '../tips/sketch'
import { words } from '../words/index'
import { tapOn } from './tap'
import {
  type AboutView,
  type AskedField,
  aboutLine,
  aboutOf,
  askedFields,
  asksWhen,
  courtOf,
  optionRows,
  type Row,
  STEPS,
  stepTitle
} from './view'

const SKETCH = '.sketch'

/** Steps 1 to 5 of a tip. Nothing here asks anything of a server; what is written stands in memory until it is left. */
Page({
  data: {
    t: words('zh').tip,
    common: words('zh').common,
    photoWords: words('zh').photos,
    title: '',
    /** 0 where there is no tip under way. */
    step: 0,
    about: null as AboutView | null,
    options: [] as Row[],
    option: '',
    fields: NO_TIP,
    asked: [] as AskedField[],
    when: false,
    counter: '',
    isTooLong: false,
    areas: [] as string[],
    areaAt: 0,
    hasSketch: false,
    sketch: '',
    sketchLabel: '',
    pointText: '',
    placeProblem: '',
    photosNote: '',
    thumbs: [] as Thumb[],
    mostPhotos: MAX_PHOTOS,
    isAdding: false,
    photoProblem: '',
    photoGoOn: '',
    leavesContact: false,
    problem: ''
  },

  trusted: [] as TrustedCourt[],
  sketched: null as Sketch | null,
  /** Between light and dark: a picture keeps the colours it was drawn in. */
  redraw: () => {},

  onLoad() {
    pageOpened()
    this.redraw = () => this.data.step === 3 && this.drawMark(this.data.fields)
    wx.onThemeChange(this.redraw)
    const t = words()
    wx.setNavigationBarTitle({ title: t.tip.title })
    wx.hideShareMenu()
    const photosNote = fill(t.photos.redrawn, { n: MAX_PHOTOS })
    this.setData({ t: t.tip, common: t.common, photoWords: t.photos, photosNote })
    const draft = currentTip()
    if (!draft) return
    this.trusted = trustedCourts(draft.subject.courts, new Date())
    const options = optionRows(draft, this.trusted, t)
    if (options.length === 1) draft.option = Number(options[0].value)
    const areas = [t.tip.areaNone, ...(draft.subject.places?.areas ?? []).map(({ name }) => name)]
    this.setData({ options, areas, leavesContact: draft.fields.contact !== '' })
    this.show(draft)
  },

  onUnload() {
    wx.offThemeChange(this.redraw)
    pageClosed()
  },

  /** A code that nobody has saved comes back before anything else; a tip that was delivered is not shown again. */
  onShow() {
    if (this.data.step && !currentTip()) this.setData({ step: 0, title: '', fields: NO_TIP, thumbs: [] })
    bringCodeBack()
  },

  show(draft: TipDraft) {
    const t = words()
    const { step, option, fields, photos } = draft
    const chosen = courtOf(draft, this.trusted)
    const areaAt = (draft.subject.places?.areas ?? []).findIndex(({ code }) => code === fields.area) + 1
    this.setData({
      step,
      title: stepTitle(step, t),
      about: aboutOf(draft, chosen, t),
      option: String(option),
      fields,
      asked: askedFields(fields, t),
      when: asksWhen(fields),
      areaAt,
      pointText: fields.lon ? fill(t.tip.pointText, { lon: fields.lon, lat: fields.lat }) : '',
      thumbs: thumbsOf(photos, t),
      problem: ''
    })
    this.count(draft)
    if (step === 3) this.drawPlace(draft)
  },

  change(change: Partial<TipFields>) {
    const draft = currentTip()
    if (!draft) return
    draft.fields = { ...draft.fields, ...change }
    this.show(draft)
  },

  type(event: WechatMiniprogram.Input<object, { field: TipField }>) {
    const draft = currentTip()
    if (!draft) return
    const { field } = event.currentTarget.dataset
    draft.fields = { ...draft.fields, [field]: event.detail.value }
    // the field alone: what is being typed elsewhere must not be written over
    this.setData({ [`fields.${field}`]: event.detail.value, problem: '' })
    this.count(draft)
  },

  choose(event: WechatMiniprogram.CustomEvent<{ value: string }, object, { field: TipField }>) {
    this.change({ [event.currentTarget.dataset.field]: event.detail.value })
  },

  chooseOption(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
    const draft = currentTip()
    if (!draft) return
    draft.option = Number(event.detail.value)
    this.show(draft)
  },

  chooseArea(event: WechatMiniprogram.PickerChange) {
    const area = currentTip()?.subject.places?.areas[Number(event.detail.value) - 1]
    this.setData({ placeProblem: '' })
    this.change({ area: area?.code ?? '', areaName: area?.name ?? '', lon: '', lat: '' })
  },

  /** The picture is drawn once its box is laid out. */
  async drawPlace({ subject, fields }: TipDraft) {
    const { places } = subject
    if (!places?.outline) return
    const [{ name }] = places.areas
    this.setData({ hasSketch: true, sketchLabel: fill(words().tip.sketchLabel, { area: name }) })
    const size = await sizeOf(SKETCH)
    if (!size || currentTip()?.step !== 3) return
    this.sketched = sketchOf(places.outline, size)
    this.drawMark(fields)
  },

  drawMark({ lon, lat }: TipFields) {
    const { north, scale } = words().tip
    const { sketched } = this
    if (!sketched) return
    const texts = { north, scale: fill(scale, { n: scaleBarOf(sketched).km }) }
    const mark = lon ? pointOf(sketched, { lon, lat }) : null
    this.setData({ sketch: drawSketch(sketched, mark, texts, wx.getWindowInfo().pixelRatio) })
  },

  async tapSketch(event: WechatMiniprogram.TouchEvent) {
    const at = await tapOn(SKETCH, event)
    const area = currentTip()?.subject.places?.areas[0]
    if (!at || !area || !this.sketched) return
    const found = positionAt(this.sketched, at)
    this.setData({ placeProblem: found ? '' : fill(words().tip.outside, { area: area.name }) })
    if (found) this.change({ lon: found.lon, lat: found.lat, area: area.code, areaName: area.name })
  },

  removePoint() {
    this.change({ lon: '', lat: '' })
  },

  async addPhotos() {
    const draft = currentTip()
    if (!draft) return
    this.setData({ photoProblem: '' })
    const { photos, problem } = await addPhotos(draft.photos, () => this.setData({ isAdding: true }))
    if (currentTip() !== draft) return wipe(...photos.map(({ jpeg }) => jpeg))
    draft.photos = photos
    this.setData({ isAdding: false, ...photoTrouble(problem, words()) })
    this.show(draft)
  },

  /** Photos are no must: whoever refused the album goes on without. */
  goOn() {
    this.setData({ photoProblem: '' })
  },

  removePhoto(event: WechatMiniprogram.TouchEvent<object, object, { at: number }>) {
    const draft = currentTip()
    const removed = Number(event.currentTarget.dataset.at)
    if (!draft) return
    draft.photos = draft.photos.filter((_: RedrawnPhoto, at: number) => at !== removed)
    this.show(draft)
  },

  chooseWho(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
    const leavesContact = event.detail.value === 'contact'
    this.setData({ leavesContact })
    if (!leavesContact) this.change({ contact: '' })
  },

  letter({ subject, option, fields }: TipDraft) {
    const chosen = subject.options[option]
    const key = this.trusted.find(({ court }) => court.id === chosen?.court)?.boxKey.number ?? 1
    return toTipDraft(fields, { court: chosen?.court ?? '', target: chosen?.target ?? '', key })
  },

  count(draft: TipDraft) {
    const room = measure(this.letter(draft), draft.photos.length)
    this.setData({ counter: counterText(room, words()), isTooLong: isTooLong(room) })
  },

  problemOf({ step, option, fields }: TipDraft): string {
    const { missing } = words().tip
    if (step === 1 && option < 0) return missing.option
    if (step === 2 && !fields.kind) return missing.kind
    if (step === 2 && !saysSomething(fields)) return missing.text
    if (step === 5 && this.data.leavesContact && fields.contact.trim() === '') return missing.contact
    return this.data.isTooLong ? this.data.counter : ''
  },

  next() {
    const draft = currentTip()
    if (!draft) return
    const problem = this.problemOf(draft)
    if (problem) return this.setData({ problem })
    if (draft.step === STEPS) return this.finish(draft)
    this.go(draft, draft.step + 1)
  },

  back() {
    const draft = currentTip()
    if (draft && draft.step > 1) this.go(draft, draft.step - 1)
    else wx.navigateBack()
  },

  go(draft: TipDraft, step: number) {
    draft.step = step
    this.show(draft)
    wx.pageScrollTo({ scrollTop: 0, duration: 0 })
  },

  async finish(draft: TipDraft) {
    const chosen = courtOf(draft, this.trusted)
    if (!chosen) return
    const t = words()
    const { court, boxKey, certKeys } = chosen
    const lines = summariseTip(draft.fields, aboutLine(draft, t), t)
    if (draft.photos.length > 0)
      lines.push({ label: t.summary.photos, value: fill(t.summary.photoCount, { n: draft.photos.length }) })
    const content: Content = {
      door: 'tip',
      demo: draft.subject.demo,
      court: { id: court.id, name: court.name },
      boxKey,
      certKeys,
      draft: this.letter(draft),
      jpegs: draft.photos.map(({ jpeg }) => jpeg),
      lines
    }
    this.setData({ problem: await openCheck(content) })
  },

  leave() {
    leave()
  }
})
