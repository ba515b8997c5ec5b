/** The size that a label's px are meant for. */
const DESIGNED_PX = 16
/** Beyond this a label would hide what it labels. */
const MOST = 2

/** How much larger than designed the reader has text, from 1 to 2: what is drawn in px has to follow by hand. */
export function textScale(): number {
  const { fontSizeSetting } = wx.getAppBaseInfo()
  return Math.min(MOST, Math.max(1, (fontSizeSetting || DESIGNED_PX) / DESIGNED_PX))
}
