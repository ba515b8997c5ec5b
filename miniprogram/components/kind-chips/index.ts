import type { KindChoice } from '../../api/filter'
import { fill, messages } from '../../i18n/index'

const KINDS: KindChoice[] = ['all', 'person', 'bodies', 'notice']

Component({
  properties: {
    value: { type: String, value: 'all' },
    /** How many choices stand behind "Filter". */
    chosen: { type: Number, value: 0 },
    /** One line that scrolls sideways, where height is short. */
    oneLine: { type: Boolean, value: false }
  },

  data: { label: '', chips: [] as { kind: KindChoice; text: string }[], filterText: '' },

  lifetimes: {
    attached() {
      const t = messages().filter
      this.setData({ label: t.label, chips: KINDS.map((kind) => ({ kind, text: t[kind] })) })
      this.showChosen(this.data.chosen)
    }
  },

  observers: {
    chosen(chosen: number) {
      this.showChosen(chosen)
    }
  },

  methods: {
    showChosen(chosen: number) {
      const t = messages().filter
      this.setData({ filterText: chosen === 0 ? t.open : fill(t.openChosen, { n: chosen }) })
    },

    choose(event: WechatMiniprogram.TouchEvent<object, object, { kind: KindChoice }>) {
      this.triggerEvent('change', { kind: event.currentTarget.dataset.kind })
    },

    openFilter() {
      this.triggerEvent('filter')
    }
  }
})
