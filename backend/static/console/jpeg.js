/** Reads what a file says of itself before it is decoded: one plain JPEG of a bearable size is let through. */

/** The phone redraws to 1,600 px; who sends more than this sends a bomb. */
const MAX_SIDE = 4096
/** Start of frame: baseline, extended, progressive. Lossless, hierarchical and arithmetic ones come from no camera. */
const FRAMES = new Set([0xc0, 0xc1, 0xc2])
const OTHER_FRAMES = new Set([0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf])
const START_OF_SCAN = 0xda

/**
 * Width and height, or null for what is no such JPEG.
 *
 * @param {Uint8Array} bytes
 * @returns {{ width: number, height: number } | null}
 */
export function measureJpeg(bytes) {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let size = null
  for (let at = 2; at + 4 <= bytes.length; at += 2 + view.getUint16(at + 2)) {
    const marker = bytes[at + 1]
    if (bytes[at] !== 0xff || OTHER_FRAMES.has(marker)) return null
    if (marker === START_OF_SCAN) return size
    if (FRAMES.has(marker)) {
      if (size || at + 9 > bytes.length) return null
      size = bearable(view.getUint16(at + 7), view.getUint16(at + 5))
      if (!size) return null
    }
  }
  return null
}

/** @param {number} width @param {number} height */
function bearable(width, height) {
  const fits = width > 0 && height > 0 && width <= MAX_SIDE && height <= MAX_SIDE
  return fits ? { width, height } : null
}
