/** Where on an element a tap came. */
import type { Point } from '../../../geo/screen'

interface Box {
  left: number
  top: number
}

/** WeChat gives the fingers, a browser's click its own place; both in pixels of the window. */
function placeOf(event: WechatMiniprogram.TouchEvent): Point {
  const [touch] = event.changedTouches ?? []
  if (touch) return { x: touch.clientX, y: touch.clientY }
  const { x, y } = event.detail as unknown as Point
  return { x, y }
}

/** In pixels from the element's corner; null where it is not on the screen. */
export function tapOn(selector: string, event: WechatMiniprogram.TouchEvent): Promise<Point | null> {
  const { x, y } = placeOf(event)
  return new Promise((resolve) => {
    wx.createSelectorQuery()
      .select(selector)
      .boundingClientRect((found) => {
        const box = found as Box | null
        resolve(box ? { x: x - box.left, y: y - box.top } : null)
      })
      .exec()
  })
}
