import { forgetLanguage, type Language, language, messages, setLanguage } from '../../../i18n/index'
import { showTabs } from '../../../i18n/tabs'

const HOME = '/pages/services/home/index'
const LANGUAGES: Language[] = ['zh', 'en']

/** Every page shows its texts when it is made, so a new language starts all pages anew. */
function restart(): void {
  wx.reLaunch({ url: HOME })
}

Page({
  data: { t: messages('zh').services },

  onLoad() {
    this.setData({ t: messages().services })
  },

  onShow() {
    showTabs()
    wx.setNavigationBarTitle({ title: messages().services.title })
  },

  chooseLanguage() {
    const { chinese, english } = messages().services
    wx.showActionSheet({
      itemList: [chinese, english],
      success: ({ tapIndex }) => {
        const chosen = LANGUAGES[tapIndex]
        if (!chosen || chosen === language()) return
        setLanguage(chosen)
        restart()
      },
      fail: () => {}
    })
  },

  askClear() {
    const { services: t, state } = messages()
    wx.showModal({
      title: t.clear,
      content: t.clearAsk,
      confirmText: t.clearDo,
      cancelText: state.cancel,
      success: ({ confirm }) => confirm && this.clear()
    })
  },

  clear() {
    wx.clearStorage({
      success: () => {
        forgetLanguage()
        wx.showToast({ title: messages().services.cleared, icon: 'none' })
        restart()
      },
      fail: () => wx.showToast({ title: messages().services.clearFailed, icon: 'none' })
    })
  }
})
