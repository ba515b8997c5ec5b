import { type Area, getArea } from '../../../api/areas'
import { countChoices, type Filter, type KindChoice, NO_FILTER, toAddress } from '../../../api/filter'
import { NOTHING, type ViewState } from '../../../api/loading'
import { locate } from '../../../api/my-district'
import { getSite, homeCode } from '../../../api/site'
import { getSiteSource } from '../../../api/source'
import type { GlobalData } from '../../../app'
import { hasBaseMap, maxScale } from '../../../geo/base-map'
import { type Camera, CHINA, differently, rememberCamera } from '../../../geo/camera'
import { viewOf } from '../../../geo/look'
import { canExpand, type MapMarker, type Target } from '../../../geo/markers'
import type { MapPolygon } from '../../../geo/outline'
import { centreOf } from '../../../geo/screen'
import { fill, language, messages } from '../../../i18n/index'
import { showTabs } from '../../../i18n/tabs'
import { BodiesSheet, type BodiesView, NO_BODIES } from './bodies-sheet'
import { Drawing, type Drawn } from './drawing'
import { cameraOnScreen, findStart } from './start'
import { Waiting } from './waiting'
import { type AreaSheetView, NO_SHEET, type StripView, toAreaSheet, toStrip } from './words'

const MAP = '#map'
/** The map's box, which is there before the map is. */
const STAGE = '.stage'
const MIN_SCALE = 3
/** From here on organisations are drawn one by one. */
const BODIES_FROM = 12
/** `regionchange` comes in bursts while fingers move. */
const REST_MS = 160

type PartEvent = WechatMiniprogram.TouchEvent<object, object, { part: 'filterOpen' | 'legendOpen' | 'sheetOpen' }>

function globalData(): GlobalData {
  return getApp<{ globalData: GlobalData }>().globalData
}

Page({
  data: {
    t: messages('zh').map,
    demo: 'none',
    home: '',
    camera: null as Camera | null,
    maxScale: maxScale(),
    markers: [] as MapMarker[],
    polygons: [] as MapPolygon[],
    filter: NO_FILTER as Filter,
    chosen: 0,
    filterOpen: false,
    legendOpen: false,
    strip: null as StripView | null,
    seem: '',
    noStreets: '',
    /** No further zooming in. */
    atLimit: false,
    sheet: NO_SHEET as AreaSheetView,
    sheetOpen: false,
    bodies: NO_BODIES as BodiesView,
    asOf: '',
    source: '',
    state: NOTHING as ViewState
  },

  waiting: null as Waiting | null,
  drawing: null as Drawing | null,
  bodiesSheet: null as BodiesSheet | null,
  map: null as WechatMiniprogram.MapContext | null,
  shown: CHINA as Camera,
  siteHasData: true,
  /** The county the phone seems to be in, while the page says so. */
  seemCode: '',
  restTimer: 0 as ReturnType<typeof setTimeout> | 0,

  onLoad(query: Record<string, string | undefined>) {
    this.waiting = new Waiting((state) => this.setData({ state }))
    this.drawing = new Drawing(this.data.maxScale, {
      drawn: (drawn) => this.showDrawn(drawn),
      here: (area) => this.showStrip(area),
      failed: (failure) => this.waiting?.fail(failure),
      waiting: (isWaiting) => this.waiting?.set(isWaiting)
    })
    this.bodiesSheet = new BodiesSheet((bodies) => this.setData({ bodies }))
    this.setData({ t: messages().map, noStreets: hasBaseMap() ? '' : messages().map.noStreets })
    if (query.area) globalData().mapArea = query.area
    this.start()
  },

  onShow() {
    showTabs()
    wx.setNavigationBarTitle({ title: messages().common.title })
    const { mapArea } = globalData()
    if (!this.data.camera) return
    this.showSite()
    if (mapArea) this.goToArea(mapArea)
    else this.rest()
  },

  onHide() {
    this.drawing?.stop()
  },

  onUnload() {
    this.drawing?.stop()
    this.bodiesSheet?.stop()
  },

  /** Never by the phone's position. */
  async start() {
    const site = await this.showSite()
    const { mapArea } = globalData()
    globalData().mapArea = null
    const { camera, failure } = await findStart(mapArea, this.data.home || null, STAGE, this.data.maxScale)
    const problem = site.ok ? failure : site.failure
    if (problem) this.waiting?.fail(problem)
    this.shown = camera
    this.setData({ camera })
    this.rest()
  },

  async showSite() {
    const site = await getSite()
    if (!site.ok) return site
    this.siteHasData = site.value.as_of !== null
    this.setData({ home: homeCode(site.value) ?? '', demo: site.value.demo, asOf: site.value.as_of ?? '' })
    getSiteSource().then((source) => this.setData({ source }))
    return site
  },

  regionChange(event: WechatMiniprogram.CustomEvent<{ type?: string }>) {
    if (event.type !== 'begin' && event.detail?.type !== 'begin') this.rest()
  },

  /** Looks at the map once it has come to rest. */
  rest() {
    if (this.restTimer) clearTimeout(this.restTimer)
    this.restTimer = setTimeout(() => this.look(), REST_MS)
  },

  async look() {
    this.map ??= wx.createMapContext('map')
    const view = await viewOf(this.map, MAP)
    if (!view) return
    const [longitude, latitude] = centreOf(view)
    this.shown = { longitude, latitude, scale: view.scale }
    rememberCamera(this.shown)
    this.setData({ atLimit: view.scale > this.data.maxScale - 0.1 })
    this.drawing?.look(view, this.data.filter)
  },

  move(camera: Camera | null) {
    if (!camera) return
    this.setData({ camera: differently(camera, this.data.camera ?? CHINA) })
    this.rest()
  },

  /** One after the other, so that neither crossing to the view grows large. */
  showDrawn({ markers, polygons }: Drawn) {
    if (JSON.stringify(markers) !== JSON.stringify(this.data.markers)) this.setData({ markers })
    if (JSON.stringify(polygons) !== JSON.stringify(this.data.polygons)) this.setData({ polygons })
  },

  showStrip(area: Area | null) {
    this.setData({ strip: area && toStrip(area, this.data.filter, this.siteHasData, language()) })
    if (area && area.code !== this.seemCode) this.setData({ seem: '' })
  },

  retry() {
    this.setData({ state: NOTHING })
    if (this.data.home) this.rest()
    else this.start()
  },

  cancel() {
    this.drawing?.stop()
    this.waiting?.set(false)
    this.waiting?.fail({ kind: 'cancelled' })
  },

  closeState() {
    this.setData({ state: NOTHING })
  },

  tapMarker(event: WechatMiniprogram.CustomEvent<{ markerId: number }>) {
    const target = this.drawing?.ids.target(event.detail.markerId)
    if (target) this.open(target)
  },

  open(target: Target) {
    if (target.class === 'entity') {
      wx.navigateTo({ url: `/pages/entities/detail/index?id=${target.feature.properties.id}` })
    } else if (target.class === 'area') this.openArea(target.feature.properties.code)
    else this.openCluster(target.feature)
  },

  openCluster(feature: Extract<Target, { class: 'cluster' }>['feature']) {
    const [longitude, latitude] = feature.geometry.coordinates
    const zoom = feature.properties.expansion_zoom
    if (zoom !== null && canExpand(feature.properties, this.data.maxScale))
      this.move({ longitude, latitude, scale: zoom })
    else this.bodiesSheet?.open(longitude, latitude, this.drawing?.tileZoom ?? BODIES_FROM, this.data.filter)
  },

  /** A plate or an outline: a province or city opens into its children, a county into its sheet. */
  async openArea(code: string) {
    const area = await getArea(code).result
    if (!area.ok) return this.setData({ state: area.failure })
    const { scale } = this.shown
    if (area.value.level === 'county' || scale >= 9)
      return this.setData({ sheet: toAreaSheet(area.value, language()), sheetOpen: true })
    this.move(await cameraOnScreen(area.value, STAGE, this.data.maxScale, scale < 6 ? 6 : 9))
  },

  tapMap({ detail }: WechatMiniprogram.CustomEvent<{ longitude?: number; latitude?: number }>) {
    const { longitude, latitude } = detail
    if (longitude === undefined || latitude === undefined) return
    const code = this.drawing?.areaAt(longitude, latitude)
    if (code) this.openArea(code)
  },

  async goToArea(code: string, leastScale?: number) {
    globalData().mapArea = null
    const area = await getArea(code).result
    if (!area.ok) return this.setData({ state: area.failure })
    this.move(await cameraOnScreen(area.value, STAGE, this.data.maxScale, leastScale))
  },

  zoomToBodies() {
    this.setData({ sheetOpen: false })
    this.goToArea(this.data.sheet.code, BODIES_FROM)
  },

  zoomIn() {
    this.move({ ...this.shown, scale: Math.min(this.data.maxScale, Math.floor(this.shown.scale + 0.01) + 1) })
  },

  zoomOut() {
    this.move({ ...this.shown, scale: Math.max(MIN_SCALE, Math.ceil(this.shown.scale - 0.01) - 1) })
  },

  changeKind({ detail }: WechatMiniprogram.CustomEvent<{ kind: KindChoice }>) {
    this.changeFilter({ ...this.data.filter, kind: detail.kind })
  },

  applyFilter({ detail }: WechatMiniprogram.CustomEvent<Pick<Filter, 'grounds' | 'court'>>) {
    this.changeFilter({ ...this.data.filter, grounds: detail.grounds, court: detail.court })
  },

  changeFilter(filter: Filter) {
    this.setData({ filter, chosen: countChoices(filter), filterOpen: false })
    this.showStrip(this.drawing?.here.area ?? null)
    this.look()
  },

  /** The list of the area in the strip, not of "what is inside the screen", which at street level holds no person. */
  openList() {
    const code = this.data.strip?.code
    if (!code) return wx.navigateTo({ url: '/pages/areas/choose/index' })
    wx.navigateTo({ url: `/pages/areas/list/index?code=${code}${toAddress(this.data.filter)}` })
  },

  openSheetList() {
    this.setData({ sheetOpen: false })
    wx.navigateTo({ url: `/pages/areas/list/index?code=${this.data.sheet.code}${toAddress(this.data.filter)}` })
  },

  openSearch() {
    globalData().startSearch = true
    wx.switchTab({ url: '/pages/entities/search/index' })
  },

  /** Only after a tap, and with one sentence why. */
  askDistrict() {
    const t = messages().map
    wx.showModal({
      title: t.whyTitle,
      content: t.why,
      confirmText: t.allow,
      cancelText: t.refuse,
      success: ({ confirm }) => (confirm ? this.openDistrict() : this.setData({ state: { kind: 'denied' } }))
    })
  },

  async openDistrict() {
    wx.showToast({ title: messages().map.locating, icon: 'none' })
    const located = await locate(this.data.home || null)
    if (located.kind === 'found') {
      this.seemCode = located.area.code
      this.setData({ seem: fill(messages().map.seem, { area: located.area.name }), state: NOTHING })
      this.goToArea(located.area.code)
    } else if (located.kind === 'outside') {
      this.setData({ state: { kind: 'outside', here: located.here, home: located.home.name } })
    } else this.setData({ state: located })
  },

  chooseArea() {
    this.setData({ state: NOTHING, seem: '' })
    wx.navigateTo({ url: '/pages/areas/choose/index?for=map' })
  },

  seeHome() {
    this.setData({ state: NOTHING })
    if (this.data.home) this.goToArea(this.data.home)
  },

  /** Opens or closes the part of the page that the element names. */
  openPart(event: PartEvent) {
    this.setData({ [event.currentTarget.dataset.part]: true })
  },

  closePart(event: PartEvent) {
    this.setData({ [event.currentTarget.dataset.part]: false })
  },

  closeBodies() {
    this.bodiesSheet?.close()
  },

  moreBodies() {
    this.bodiesSheet?.more()
  },

  cancelBodies() {
    this.bodiesSheet?.cancel()
  },

  /** The map of counts may be passed on; it names nobody. */
  onShareAppMessage() {
    const { shareTitle, shareTitleDemo } = messages().map
    const code = this.data.strip?.code
    const path = `/pages/entities/map/index${code ? `?area=${code}` : ''}`
    return { title: this.data.demo === 'none' ? shareTitle : shareTitleDemo, path }
  }
})
