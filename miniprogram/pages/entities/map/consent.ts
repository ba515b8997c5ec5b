import { messages } from '../../../i18n/index'

/** One sentence why, before anything asks for the phone's position. */
export function agreesToLocate(): Promise<boolean> {
  const t = messages().map
  return new Promise((resolve) => {
    wx.showModal({
      title: t.whyTitle,
      content: t.why,
      confirmText: t.allow,
      cancelText: t.refuse,
      success: ({ confirm }) => resolve(confirm),
      fail: () => resolve(false)
    })
  })
}
