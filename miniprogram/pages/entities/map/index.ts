import { type Area, getArea } from '../../../api/areas'
import { countChoices, type Filter, fromAddress, NO_FILTER, toAddress } from '../../../api/filter'
import { handover } from '../../../api/handover'
import { NOTHING, type ViewState } from '../../../api/loading'
import type { ClusterProperties, MapFeature } from '../../../api/map'
import { mapCard } from '../../../api/share'
import { getSite, homeCode } from '../../../api/site'
import { getSiteSource } from '../../../api/source'
import type { BodiesQuery } from '../../../components/bodies-sheet/index'
import { hasBaseMap, maxScale } from '../../../geo/base-map'
import { type Camera, CHINA, cameraFromAddress, differently, MIN_SCALE } from '../../../geo/camera'
import { viewOf } from '../../../geo/look'
import type { MapMarker } from '../../../geo/markers'
import type { MapPolygon } from '../../../geo/outline'
import { handOver } from '../../../geo/portions'
import { cellAround } from '../../../geo/tile'
import { fill, language, messages } from '../../../i18n/index'
import { showTabs } from '../../../i18n/tabs'
import { agreesToLocate, locateTold } from './consent'
import { Drawing, type Drawn } from './drawing'
import { cameraOnScreen, findStart, leaveOff, viewAhead } from './start'
import { Waiting } from './waiting'
import { type AreaSheetView, NO_SHEET, type StripView, toAreaSheet, toStrip } from './words'

/** The map's box, which is there before the map is. */
const STAGE = '.stage'
/** From here on organisations are drawn one by one. */
const BODIES_FROM = 12
/** `regionchange` comes in bursts while fingers move. */
const REST_MS = 160

type PartEvent = WechatMiniprogram.TouchEvent<
  object,
  object,
  { part: 'filterOpen' | 'legendOpen' | 'sheetOpen' | 'bodiesOpen' }
>

Page({
  data: {
    t: messages('zh').map,
    demo: 'none',
    home: '',
    camera: null as Camera | null,
    maxScale: maxScale(),
    subkey: '',
    markers: [] as MapMarker[],
    polygons: [] as MapPolygon[],
    filter: NO_FILTER as Filter,
    chosen: 0,
    filterOpen: false,
    legendOpen: false,
    strip: null as StripView | null,
    seem: '',
    noStreets: '',
    /** No further zooming in, or out. */
    atLimit: false,
    atFarLimit: false,
    sheet: NO_SHEET as AreaSheetView,
    sheetOpen: false,
    bodies: null as BodiesQuery,
    bodiesOpen: false,
    asOf: '',
    source: '',
    state: NOTHING as ViewState
  },

  waiting: null as Waiting | null,
  drawing: null as Drawing | null,
  map: null as WechatMiniprogram.MapContext | null,
  shown: CHINA as Camera,
  /** The whole country is shown for want of an answer only: nobody has left off there. */
  isLost: false,
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
    const t = messages().map
    const filter = fromAddress(query)
    this.setData({ t, noStreets: hasBaseMap() ? '' : t.noStreets, subkey: handover().mapSubkey })
    this.setData({ filter, chosen: countChoices(filter) })
    if (query.area) handover().mapArea = query.area
    this.start(cameraFromAddress(query.view, this.data.maxScale))
  },

  onShow() {
    showTabs()
    wx.setNavigationBarTitle({ title: messages().common.title })
    const { mapArea, badLink } = handover()
    handover().badLink = false
    if (badLink) this.setData({ state: { kind: 'invalid' } })
    if (!this.data.camera) return
    this.showSite()
    if (mapArea) this.goToArea(mapArea)
    else this.rest()
  },

  onHide() {
    this.drawing?.stop()
  },

  onUnload() {
    this.drawing?.close()
  },

  /** Never by the phone's position. */
  async start(sentTo: Camera | null = null) {
    const asked = this.showSite()
    const { mapArea } = handover()
    const homeOf = () => asked.then(() => this.data.home || null)
    const { camera, failure } = await findStart(mapArea ?? sentTo, homeOf, STAGE, this.data.maxScale)
    this.isLost = camera === CHINA && (failure !== null || !(await asked).ok)
    if (!this.isLost || failure?.kind === 'gone') handover().mapArea = null
    this.move(camera)
    const view = await viewAhead(camera, STAGE)
    if (view) this.drawing?.look(view, this.data.filter)
    const site = await asked
    const problem = site.ok ? failure : site.failure
    if (problem) this.waiting?.hold(problem)
  },

  async showSite() {
    const site = await getSite()
    if (!site.ok) return site
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
    const view = await viewOf(this.map, STAGE)
    if (!view) return
    const [longitude, latitude] = view.centre
    this.shown = { longitude, latitude, scale: view.scale }
    if (!this.isLost) leaveOff(this.shown, this.data.filter)
    this.setData({ atLimit: view.scale > this.data.maxScale - 0.1, atFarLimit: view.scale < MIN_SCALE + 0.1 })
    this.drawing?.look(view, this.data.filter)
  },

  /** Shown at once, so that quick presses of a button add up. */
  move(camera: Camera | null) {
    if (!camera) return
    this.shown = camera
    this.setData({ camera: differently(camera, this.data.camera ?? CHINA) })
    this.rest()
  },

  showDrawn({ markers, polygons }: Drawn) {
    const show = (change: Record<string, unknown>) => this.setData(change)
    if (JSON.stringify(markers) !== JSON.stringify(this.data.markers)) handOver('markers', markers, show)
    if (JSON.stringify(polygons) !== JSON.stringify(this.data.polygons)) handOver('polygons', polygons, show)
  },

  showStrip(area: Area | null) {
    this.setData({ strip: area && toStrip(area, this.data.filter, language()) })
    if (area && area.code !== this.seemCode) this.setData({ seem: '' })
  },

  retry() {
    this.waiting?.clear()
    if (this.isLost || !this.data.home) this.start()
    else this.rest()
  },

  cancel() {
    this.drawing?.stop()
    this.waiting?.set(false)
    this.waiting?.fail({ kind: 'cancelled' })
  },

  closeState() {
    this.waiting?.clear()
  },

  tapMarker(event: WechatMiniprogram.CustomEvent<{ markerId: number }>) {
    const target = this.drawing?.ids.target(event.detail.markerId)
    if (target?.class === 'area') this.openArea(target.feature.properties.code)
    else if (target?.class === 'cluster') this.openCluster(target.feature)
    else if (target) wx.navigateTo({ url: `/pages/entities/detail/index?id=${target.feature.properties.id}` })
  },

  openCluster({ geometry, properties }: MapFeature<ClusterProperties>) {
    const [longitude, latitude] = geometry.coordinates
    const scale = properties.expansion_zoom
    if (scale !== null && scale <= this.data.maxScale) return this.move({ longitude, latitude, scale })
    const region = cellAround(longitude, latitude, this.drawing?.tileZoom ?? BODIES_FROM)
    this.setData({ bodies: { region, filter: this.data.filter }, bodiesOpen: true })
  },

  /** A plate or an outline: a province or city opens into its children, a county into its sheet. */
  async openArea(code: string) {
    const area = await getArea(code).result
    if (!area.ok) return this.setData({ state: area.failure })
    if (area.value.level === 'county' || this.shown.scale >= 9)
      return this.setData({ sheet: toAreaSheet(area.value, language()), sheetOpen: true })
    this.move(await cameraOnScreen(area.value, STAGE, this.data.maxScale, this.shown.scale < 6 ? 6 : 9))
  },

  tapMap({ detail }: WechatMiniprogram.CustomEvent<{ longitude?: number; latitude?: number }>) {
    const { longitude, latitude } = detail
    if (longitude === undefined || latitude === undefined) return
    const code = this.drawing?.areaAt(longitude, latitude)
    if (code) this.openArea(code)
  },

  async goToArea(code: string, leastScale?: number) {
    handover().mapArea = null
    const area = await getArea(code).result
    if (!area.ok) return this.setData({ state: area.failure })
    this.isLost = false
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

  /** From the chips a kind, from the sheet grounds and a court. */
  changeFilter({ detail }: WechatMiniprogram.CustomEvent<Partial<Filter>>) {
    const filter = { ...this.data.filter, ...detail }
    this.setData({ filter, chosen: countChoices(filter), filterOpen: false })
    this.showStrip(this.drawing?.here.area ?? null)
    this.look()
  },

  /** The list of the area in the strip, not of "what is inside the screen", which at street level holds no person. */
  openList(event: WechatMiniprogram.TouchEvent<object, object, { code: string }>) {
    const { code } = event.currentTarget.dataset
    this.setData({ sheetOpen: false })
    const list = `/pages/areas/list/index?code=${code}${toAddress(this.data.filter)}`
    wx.navigateTo({ url: code ? list : '/pages/areas/choose/index' })
  },

  openSearch() {
    handover().startSearch = true
    wx.switchTab({ url: '/pages/entities/search/index' })
  },

  /** Only after a tap. */
  async openDistrict() {
    if (!(await agreesToLocate())) return this.setData({ state: { kind: 'denied' } })
    const located = await locateTold(this.data.home || null)
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
    this.closeState()
    this.goToArea(this.data.home)
  },

  /** Opens the part of the page that the element names; a sheet's own `close` closes it. */
  showPart(event: PartEvent) {
    this.setData({ [event.currentTarget.dataset.part]: event.type !== 'close' })
  },

  /** The map of counts may be passed on; it names nobody. */
  onShareAppMessage() {
    return mapCard(this.data.strip?.code, this.data.demo)
  }
})
