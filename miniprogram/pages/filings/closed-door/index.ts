import { copyText } from '../../../api/copy'
import { type Court, NATIONAL_LINE } from '../../../api/courts'
import { articles } from '../../../i18n/articles'
import { fill } from '../../../i18n/index'
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

  data: { t: words('zh').closed, line: '', form: '', prepare: [] as string[] },

  lifetimes: {
    attached() {
      this.setData({ t: words().closed })
    }
  },

  observers: {
    court({ phone, address }: Court) {
      const t = words().closed
      const post = address ? fill(t.orPost, { address }) : ''
      this.setData({ line: fill(t.text, { phone: phone || NATIONAL_LINE, post }) })
    },

    door(door: Door) {
      const { form, prepare } = articles().today[door]
      this.setData({ form, prepare })
    }
  },

  methods: {
    copy() {
      const title = words().closed.copied
      copyText(this.data.form, () => wx.showToast({ title, icon: 'none' }))
    },

    async save() {
      const { pictureSaved, pictureFailed } = words().receipt
      const saved = await saveToAlbum(drawText(this.data.form.split('\n')), 'form')
      wx.showToast({ title: saved ? pictureSaved : pictureFailed, icon: 'none' })
    }
  }
})
