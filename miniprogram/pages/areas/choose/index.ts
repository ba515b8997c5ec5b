import { type AreaItem, findAreas, listChildren, listProvinces } from '../../../api/areas'
import { handover } from '../../../api/handover'
import { Loader, NOTHING, ofNameSearch, type ViewState } from '../../../api/loading'
import { returnTo } from '../../../api/pages'
import { fill, messages } from '../../../i18n/index'

interface Choice {
  code: string
  name: string
  /** Whether the area has areas inside to choose from. */
  opens: boolean
  /** Where it lies, for areas found by name. */
  within: string
}

/** What the chosen area is for: its list, the map, or the list of courts or of rewards. */
const PURPOSES = ['list', 'map', 'courts', 'notices'] as const
type Purpose = (typeof PURPOSES)[number]

function toChoice({ code, name, level }: AreaItem): Choice {
  return { code, name, opens: level !== 'county', within: '' }
}

Page({
  data: {
    t: messages('zh').choose,
    typed: '',
    choices: [] as Choice[],
    /** The areas gone into, outermost first. */
    path: [] as { code: string; name: string }[],
    whole: '',
    heading: '',
    none: false,
    problem: '',
    state: NOTHING as ViewState
  },

  loader: null as Loader | null,
  purpose: 'list' as Purpose,
  repeat: () => {},

  onLoad(query: Record<string, string | undefined>) {
    this.loader = new Loader((state) => this.setData(ofNameSearch(state)))
    this.purpose = PURPOSES.find((purpose) => purpose === query.for) ?? 'list'
    this.setData({ t: messages().choose })
    wx.setNavigationBarTitle({ title: messages().choose.title })
    this.open([])
  },

  onUnload() {
    this.loader?.drop()
  },

  /** Shows what lies inside the last area of `path`; the provinces where it is empty. */
  async open(path: { code: string; name: string }[]) {
    this.repeat = () => this.open(path)
    const last = path[path.length - 1]
    const areas = await this.loader?.load(last ? listChildren(last.code) : listProvinces())
    if (!areas) return
    const t = messages().choose
    this.setData({
      path,
      choices: areas.map(toChoice),
      heading: last ? last.name : t.provinces,
      whole: last ? fill(t.whole, { area: last.name }) : '',
      none: false
    })
  },

  type({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
    this.setData({ typed: detail.value })
  },

  async find() {
    const typed = this.data.typed.trim()
    if (typed === '') return this.open([])
    this.repeat = () => this.find()
    const found = await this.loader?.load(findAreas(typed))
    if (!found) return
    if (found.length === 0) {
      await this.open([])
      return this.setData({ none: true })
    }
    const choices = found.map((area) => ({ ...toChoice(area), opens: false }))
    this.setData({ path: [], whole: '', none: false, heading: typed, choices: await this.placeChoices(choices) })
  },

  /** Many districts share a name, so the province is named beside it. */
  async placeChoices(choices: Choice[]): Promise<Choice[]> {
    const provinces = await listProvinces().result
    if (!provinces.ok) return choices
    const names = new Map(provinces.value.map(({ code, name }) => [code, name]))
    return choices.map((choice) => ({
      ...choice,
      within: choice.code.length > 2 ? (names.get(choice.code.slice(0, 2)) ?? '') : ''
    }))
  },

  choose(event: WechatMiniprogram.TouchEvent<object, object, { code: string }>) {
    const chosen = this.data.choices.find(({ code }) => code === event.currentTarget.dataset.code)
    if (!chosen) return
    if (chosen.opens) this.open([...this.data.path, { code: chosen.code, name: chosen.name }])
    else this.finish(chosen.code, chosen.name)
  },

  chooseWhole() {
    const last = this.data.path[this.data.path.length - 1]
    if (last) this.finish(last.code, last.name)
  },

  up() {
    this.open(this.data.path.slice(0, -1))
  },

  finish(code: string, name: string) {
    const left = handover()
    if (this.purpose === 'map') {
      left.mapArea = code
      wx.switchTab({ url: '/pages/entities/map/index' })
    } else if (this.purpose === 'notices') {
      left.noticesArea = { code, name }
      wx.switchTab({ url: '/pages/notices/list/index' })
    } else if (this.purpose === 'courts') {
      left.courtsArea = { code, name }
      returnTo('/pages/services/courts/index')
    } else wx.redirectTo({ url: `/pages/areas/list/index?code=${code}` })
  },

  retry() {
    this.repeat()
  },

  cancel() {
    this.loader?.cancel()
  }
})
