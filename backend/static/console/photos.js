/** Shows a sealed photo that was opened, without ever letting the page look at it. */

/** @typedef {{ width: number, height: number, hash: string }} Shown `hash`: 16 hex digits, near ones look alike */

/** A picture that takes longer is not shown. */
const PATIENCE_MS = 10_000

/**
 * Puts a frame into `place`, in which the photo is decoded and drawn; null where it is no picture, and then no frame.
 *
 * @param {Element} place
 * @param {Uint8Array} bytes given away: they are of no use afterwards
 * @param {string} label what a screen reader calls it
 * @returns {Promise<Shown | null>}
 */
export async function showPhoto(place, bytes, label) {
  const frame = document.createElement('iframe')
  frame.className = 'photo-frame'
  frame.title = label
  frame.tabIndex = -1 // nothing in it can be done, so the keyboard passes by
  frame.setAttribute('sandbox', 'allow-scripts')
  frame.referrerPolicy = 'no-referrer'
  frame.src = PHOTO_FRAME_URL
  const shown = await decoded(frame, place, bytes)
  if (shown) {
    frame.width = String(shown.width)
    frame.height = String(shown.height)
  } else {
    frame.remove()
  }
  return shown
}

/**
 * @param {HTMLIFrameElement} frame
 * @param {Element} place
 * @param {Uint8Array} bytes
 * @returns {Promise<Shown | null>}
 */
function decoded(frame, place, bytes) {
  const { port1, port2 } = new MessageChannel()
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(null), PATIENCE_MS)
    port1.onmessage = ({ data }) => {
      clearTimeout(timer)
      port1.close()
      resolve(checked(data))
    }
    frame.addEventListener(
      'load',
      () => {
        const copy = bytes.slice().buffer
        frame.contentWindow?.postMessage(copy, '*', [port2, copy])
        bytes.fill(0)
      },
      { once: true }
    )
    place.append(frame)
  })
}

/**
 * What came from the frame is not believed: two lengths and a hash, or nothing.
 *
 * @param {any} said
 * @returns {Shown | null}
 */
function checked(said) {
  if (typeof said !== 'object' || said === null) return null
  const { width, height, hash } = said
  const fits = [width, height].every((side) => Number.isInteger(side) && side > 0 && side <= 1600)
  return fits && typeof hash === 'string' && /^[0-9a-f]{16}$/.test(hash) ? { width, height, hash } : null
}
