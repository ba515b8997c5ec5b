import { listCourts } from '../../api/courts'
import { articles } from '../../i18n/articles'
import { messages } from '../../i18n/index'

interface CourtChoice {
  id: string
  name: string
}

const GROUND_IDS = [1, 2, 3, 4, 5, 6]
/** The API's largest page; a reader scrolls no further in a picker. */
const COURTS_OFFERED = 100

Component({
  properties: {
    open: { type: Boolean, value: false },
    grounds: { type: Array, value: [] as number[] },
    court: { type: String, value: '' },
    /** Courts of this area only; '' offers all. */
    area: { type: String, value: '' }
  },

  data: {
    t: messages('zh').filter,
    choices: [] as { id: number; text: string; on: boolean }[],
    courts: [] as CourtChoice[],
    courtIndex: 0,
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
        choices: GROUND_IDS.map((id) => ({ id, text: short[id] ?? '', on: chosen.has(id) }))
      })
      this.loadCourts()
    },

    async loadCourts() {
      const answer = await listCourts({ area: this.data.area, limit: COURTS_OFFERED }).result
      const found = answer.ok ? answer.value.items.map(({ id, name }) => ({ id, name })) : []
      const courts = [{ id: '', name: messages().filter.anyCourt }, ...found]
      const index = courts.findIndex(({ id }) => id === this.data.court)
      this.setData({ courts, courtIndex: Math.max(0, index), failed: !answer.ok })
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
