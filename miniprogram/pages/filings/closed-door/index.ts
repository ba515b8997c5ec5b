import { articles } from '../../../i18n/articles'
import { drawText, saveToAlbum } from '../pictures'
import { type Door, words } from '../words/index'

/** A court that cannot be written to here: its phone, its address, and a form to fill in by hand. */
Component({
  properties: {
    /** A `Court`. */
    court: { type: Object, value: {} },
    door: { type: String, value: 'wrong' },
    /** Whether the court is open but its key does not check out. */
    distrusted: { type: Boolean, value: false }
  },

  data: { t: words('zh').closed, form: '', prepare: [] as string[] },

  lifetimes: {
    attached() {
      this.setData({ t: words().closed })
    }
  },

  observers: {
    door(door: Door) {
      const { form, prepare } = articles().today[door]
      this.setData({ form, prepare })
    }
  },

  methods: {
    copy() {
      const title = words().closed.copied
      wx.setClipboardData({ data: this.data.form, success: () => wx.showToast({ title, icon: 'none' }) })
    },

    async save() {
      const { pictureSaved, pictureFailed } = words().receipt
      const saved = await saveToAlbum(drawText(this.data.form.split('\n')), 'form')
      wx.showToast({ title: saved ? pictureSaved : pictureFailed, icon: 'none' })
    }
  }
})
