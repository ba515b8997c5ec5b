import { handover } from '../../../api/handover'
import { openPage } from '../../../api/pages'
import { fill, messages } from '../../../i18n/index'
import { listCodes, removeCode, startOf } from '../codes'
import { words } from '../words/index'

const FOLLOW = '/pages/filings/follow/index'

/** Codes kept on this phone, by their first characters. */
Page({
  data: { t: words('zh'), rows: [] as { text: string }[] },

  onLoad() {
    this.setData({ t: words() })
    wx.setNavigationBarTitle({ title: words().codes.title })
  },

  onShow() {
    const { row } = words().codes
    this.setData({ rows: listCodes().map(({ code, month }) => ({ text: fill(row, { start: startOf(code), month }) })) })
  },

  follow(event: WechatMiniprogram.TouchEvent<object, object, { at: number }>) {
    handover().code = listCodes()[Number(event.currentTarget.dataset.at)]?.code ?? ''
    openPage(FOLLOW)
  },

  askRemove(event: WechatMiniprogram.TouchEvent<object, object, { at: number }>) {
    const code = listCodes()[Number(event.currentTarget.dataset.at)]?.code
    const t = words().codes
    if (!code) return
    wx.showModal({
      title: t.remove,
      content: t.removeAsk,
      confirmText: t.remove,
      cancelText: messages().state.cancel,
      success: ({ confirm }) => confirm && this.remove(code)
    })
  },

  remove(code: string) {
    removeCode(code)
    this.onShow()
  },

  other() {
    openPage(FOLLOW)
  }
})
