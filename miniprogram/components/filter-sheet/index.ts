import { listAllCourts } from '../../api/courts'
import { coloursOf, currentTheme } from '../../geo/colours'
import { articles } from '../../i18n/articles'
import { messages } from '../../i18n/index'

interface CourtChoice {
  id: string
  name: string
}

const GROUND_IDS = [1, 2, 3, 4, 5, 6]
/** Courts above a county belong to its city, whose code is this long. */
const CITY_CODE_LENGTH = 4

Component({
  properties: {
    open: { type: Boolean, value: false },
    grounds: { type: Array, value: [] as number[] },
    court: { type: String, value: '' },
    /** Courts of this area's city, or of this province, are offered. */
    area: { type: String, value: '' }
  },

  data: {
    t: messages('zh').filter,
    choices: [] as { id: number; text: string; on: boolean }[],
    courts: [] as CourtChoice[],
    courtIndex: 0,
    /** WeChat's box takes its colour as an attribute. */
    accent: '',
    failed: false
  },

  observers: {
    open(open: boolean) {
      if (open) this.start()
    }
  },

  methods: {
    start() {
      const short = articles().groundsShort
      const chosen = new Set<number>(this.data.grounds)
      this.setData({
        t: messages().filter,
        accent: coloursOf(currentTheme()).link,
        choices: GROUND_IDS.map((id) => ({ id, text: short[id] ?? '', on: chosen.has(id) }))
      })
      this.loadCourts()
    },

    async loadCourts() {
      const found = await listAllCourts(this.data.area.slice(0, CITY_CODE_LENGTH))
      const offered = (found ?? []).map(({ id, name }) => ({ id, name }))
      const courts = [{ id: '', name: messages().filter.anyCourt }, ...offered]
      const index = courts.findIndex(({ id }) => id === this.data.court)
      this.setData({ courts, courtIndex: Math.max(0, index), failed: found === null })
    },

    chooseGrounds({ detail }: WechatMiniprogram.CustomEvent<{ value: string[] }>) {
      const on = new Set(detail.value.map(Number))
      this.setData({ choices: this.data.choices.map((choice) => ({ ...choice, on: on.has(choice.id) })) })
    },

    chooseCourt({ detail }: WechatMiniprogram.CustomEvent<{ value: string | number }>) {
      this.setData({ courtIndex: Number(detail.value) })
    },

    clear() {
      this.triggerEvent('apply', { grounds: [], court: '' })
    },

    apply() {
      const grounds = this.data.choices.filter(({ on }) => on).map(({ id }) => id)
      this.triggerEvent('apply', { grounds, court: this.data.courts[this.data.courtIndex]?.id ?? '' })
    },

    close() {
      this.triggerEvent('close')
    }
  }
})
