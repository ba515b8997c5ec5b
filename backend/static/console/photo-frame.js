/**
 * Runs in the sandboxed frame, whose origin is nobody's: decodes one photo as a JPEG and draws it again. What the file
 * holds beside pixels ends here; a decoder that is broken into finds no cookie, no key and no page.
 */
import { measureJpeg } from './jpeg.js'

/** The longest side that is drawn, px. */
const MAX_SIDE = 1600
const HASH_SIDE = 8

/** @param {Uint8Array<ArrayBuffer>} bytes */
async function draw(bytes) {
  const size = measureJpeg(bytes)
  if (!size) return null
  const picture = await createImageBitmap(new Blob([bytes], { type: 'image/jpeg' }))
  const scale = Math.min(1, MAX_SIDE / Math.max(picture.width, picture.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(picture.width * scale))
  canvas.height = Math.max(1, Math.round(picture.height * scale))
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height)
  document.body.replaceChildren(canvas)
  const hash = differenceHash(picture)
  picture.close()
  return { width: canvas.width, height: canvas.height, hash }
}

/**
 * 64 bits, each telling whether a spot of the small grey picture is brighter than its neighbour; as 16 hex digits.
 *
 * @param {ImageBitmap} picture
 */
function differenceHash(picture) {
  const canvas = new OffscreenCanvas(HASH_SIDE + 1, HASH_SIDE)
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext('2d'))
  context.imageSmoothingQuality = 'high'
  context.drawImage(picture, 0, 0, canvas.width, canvas.height)
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height)
  const grey = Array.from(
    { length: data.length / 4 },
    (_, at) => 2 * data[4 * at] + 5 * data[4 * at + 1] + data[4 * at + 2]
  )
  let bits = 0n
  for (let row = 0; row < HASH_SIDE; row += 1) {
    for (let column = 0; column < HASH_SIDE; column += 1) {
      const at = row * canvas.width + column
      bits = (bits << 1n) | (grey[at] > grey[at + 1] ? 1n : 0n)
    }
  }
  return bits.toString(16).padStart(16, '0')
}

addEventListener(
  'message',
  async ({ data, ports: [port] }) => {
    const shown = await draw(new Uint8Array(data)).catch(() => null)
    port.postMessage(shown)
  },
  { once: true }
)
