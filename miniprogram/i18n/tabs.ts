import { language, messages } from './index'

/** `app.json` writes the tabs in Chinese; WeChat lets only a tab page change them. */
export function showTabs(): void {
  const { tabMap, tabSearch, tabRewards, tabServices } = messages(language()).common
  ;[tabMap, tabSearch, tabRewards, tabServices].forEach((text, index) => {
    wx.setTabBarItem({ index, text, fail: () => {} })
  })
}
