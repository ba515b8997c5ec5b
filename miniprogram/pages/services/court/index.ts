import { named } from '../../../api/areas'
import { type Court, getCourt } from '../../../api/courts'
import { Loader, NOTHING, type ViewState } from '../../../api/loading'
import { linkType } from '../../../api/pages'
import type { TipAim } from '../../../components/tip-door/index'
import { fill, messages } from '../../../i18n/index'

Page({
  data: {
    t: messages('zh').courts,
    links: 'navigate',
    court: null as Court | null,
    areaText: '',
    aim: null as TipAim | null,
    state: NOTHING as ViewState
  },

  loader: null as Loader | null,
  id: '',

  onLoad(query: Record<string, string | undefined>) {
    this.loader = new Loader((state) => this.setData({ state }))
    this.id = query.id ?? ''
    this.setData({ links: linkType(), t: messages().courts })
    wx.setNavigationBarTitle({ title: messages().courts.courtTitle })
    if (this.id) this.reload()
    else this.setData({ state: { kind: 'invalid' } })
  },

  onUnload() {
    this.loader?.drop()
  },

  async reload() {
    const court = await this.loader?.load(getCourt(this.id))
    if (!court) return
    const options = [{ target: court.id, court: court.id, caseNumber: '', rewarded: false }]
    this.setData({
      court,
      areaText: court.area ? fill(messages().courts.listOfArea, { area: named(court.area).name }) : '',
      aim: { about: '', demo: false, options }
    })
  },

  cancel() {
    this.loader?.cancel()
  }
})
