import { imageUrl } from '../images'
import { fire, sourcePath } from '../wx_node'
import type { Builtin } from './builtin'

const FITS: Record<string, string> = { aspectFit: 'contain', aspectFill: 'cover', scaleToFill: 'fill', center: 'none' }

export const image: Builtin = {
  html: 'img',
  start: (element) => {
    const img = element as HTMLImageElement
    // no label means decoration
    img.alt = ''
    img.draggable = false
    img.addEventListener('load', () => fire(img, 'load', { width: img.naturalWidth, height: img.naturalHeight }))
    img.addEventListener('error', () => fire(img, 'error', { errMsg: `image:fail ${img.src}` }))
  },
  set: {
    src: (element: HTMLImageElement, value) => {
      if (value) element.src = imageUrl(String(value), sourcePath(element))
      else element.removeAttributeNS(null, 'src')
    },
    mode: (element: HTMLImageElement, value) => {
      element.style.objectFit = FITS[value] ?? 'fill'
      element.toggleAttribute('data-width-fix', value === 'widthFix')
    },
    'lazy-load': (element: HTMLImageElement, value) => {
      element.loading = value ? 'lazy' : 'eager'
    },
    'aria-label': (element: HTMLImageElement, value) => {
      element.alt = String(value ?? '')
    }
  }
}
