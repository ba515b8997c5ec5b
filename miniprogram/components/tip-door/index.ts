import type { Court } from '../../api/courts'
import { handover } from '../../api/handover'
import { forgetBody } from '../../api/history'
import { linkType, openPage } from '../../api/pages'
import { getSite } from '../../api/site'
import { type Places, placesOf } from '../../api/tip-places'
import { visitors } from '../../api/visitors'
import type { TipSubject } from '../../app'
import { messages } from '../../i18n/index'

const CONTACT = '/pages/filings/contact/index'

/** What a page says of itself: what a tip from here would be about. */
export type TipAim = Pick<TipSubject, 'about' | 'demo' | 'options'>

function readable(aim: TipAim, courts: readonly Court[]): Court[] {
  const named = new Set(aim.options.map(({ court }) => court))
  return courts.filter(({ id, accepts_tips }) => accepts_tips && named.has(id))
}

/** The way to a tip, where the court can read one; else how to reach it. */
Component({
  properties: {
    /** A `TipAim`. */
    aim: { type: Object, value: {} },
    /** The courts of the aim's options, as far as they are loaded. */
    courts: { type: Array, value: [] as Court[] },
    /** Whether a closed court's name and page are shown here. */
    link: { type: Boolean, value: false }
  },

  data: {
    t: messages('zh').notices,
    links: 'navigate',
    open: false,
    closed: [] as Court[],
    places: null as Places | null
  },

  observers: {
    'aim, courts'(aim: TipAim, courts: Court[]) {
      if (!aim?.options || courts.length === 0) return
      const open = readable(aim, courts)
      this.setData({
        t: messages().notices,
        links: linkType(),
        open: open.length > 0,
        closed: open.length > 0 ? [] : courts
      })
      this.preload(open[0])
    }
  },

  methods: {
    async preload(court: Court | undefined) {
      if (court?.area) this.setData({ places: await placesOf(court.area) })
    },

    async tell() {
      const aim = this.data.aim as TipAim
      const courts = readable(aim, this.data.courts)
      const site = await getSite()
      const demo = aim.demo || (site.ok && site.value.demo === 'all')
      const options = aim.options.filter(({ court }) => courts.some(({ id }) => id === court))
      handover().tip = { about: aim.about, demo, options, courts, places: this.data.places }
      forgetBody(aim.about)
      visitors.stayQuiet()
      openPage(CONTACT)
    }
  }
})
