import { locate } from '../../../api/my-district'
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

/** Where the visitor is, as `locate` finds it; that it is being looked up is told until then. */
export async function locateTold(home: string | null): ReturnType<typeof locate> {
  wx.showToast({ title: messages().map.locating, icon: 'none' })
  const located = await locate(home)
  wx.hideToast({ fail: () => {} })
  return located
}
