import { messages } from '../i18n/index'

/** WeChat itself says that it has copied; that it may not, as after a refused privacy agreement, is said here. */
export function copyText(data: string, copied: () => void = () => {}): void {
  const { notCopied } = messages().common
  wx.setClipboardData({ data, success: copied, fail: () => wx.showToast({ title: notCopied, icon: 'none' }) })
}
