/** Asks the map on the screen what it shows. */
import type { CentredView, Size } from './screen'

function ask<T>(call: (callbacks: { success(result: T): void; fail(): void }) => void): Promise<T | null> {
  return new Promise((resolve) => call({ success: resolve, fail: () => resolve(null) }))
}

/** The box of an element in px; null while it is not laid out. */
export function sizeOf(selector: string): Promise<Size | null> {
  return new Promise((resolve) => {
    wx.createSelectorQuery()
      .select(selector)
      .boundingClientRect((box) => {
        const size = box as { width: number; height: number } | null
        resolve(size && size.width > 0 && size.height > 0 ? { width: size.width, height: size.height } : null)
      })
      .exec()
  })
}

/** Null where the map is not ready, or hidden behind another tab. */
export async function viewOf(map: WechatMiniprogram.MapContext, selector: string): Promise<CentredView | null> {
  const [size, region, scale, centre] = await Promise.all([
    sizeOf(selector),
    ask<WechatMiniprogram.GetRegionSuccessCallbackResult>((callbacks) => map.getRegion(callbacks)),
    ask<WechatMiniprogram.GetScaleSuccessCallbackResult>((callbacks) => map.getScale(callbacks)),
    ask<WechatMiniprogram.GetCenterLocationSuccessCallbackResult>((callbacks) => map.getCenterLocation(callbacks))
  ])
  if (!size || !region || !scale || !centre) return null
  const { southwest, northeast } = region
  const isFlat = southwest.longitude >= northeast.longitude || southwest.latitude >= northeast.latitude
  if (isFlat) return null
  return {
    size,
    scale: scale.scale,
    centre: [centre.longitude, centre.latitude],
    region: {
      west: southwest.longitude,
      south: southwest.latitude,
      east: northeast.longitude,
      north: northeast.latitude
    }
  }
}
