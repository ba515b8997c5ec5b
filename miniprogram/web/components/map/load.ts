import { mapFiles } from 'virtual:miniprogram'

let canDraw: boolean | null = null

/** Whether asking is worth while: making a context takes a moment that the first plates need. */
export function mayDraw(): boolean {
  return 'WebGL2RenderingContext' in globalThis
}

/** MapLibre needs WebGL 2. Asked once: a browser gives out few contexts. */
export function hasWebGl(): boolean {
  if (canDraw !== null) return canDraw
  const context = document.createElement('canvas').getContext('webgl2')
  context?.getExtension('WEBGL_lose_context')?.loseContext()
  canDraw = context !== null
  return canDraw
}

function addLink(rel: string, href: string): HTMLLinkElement {
  const link = document.createElement('link')
  Object.assign(link, { rel, href })
  document.head.append(link)
  return link
}

let styles: Promise<void> | null = null

function loadStyles(): Promise<void> {
  styles ??= new Promise((resolve, reject) => {
    const link = addLink('stylesheet', mapFiles.css)
    link.onload = () => resolve()
    link.onerror = () => {
      styles = null
      reject(new Error(`cannot load ${mapFiles.css}`))
    }
  })
  return styles
}

let loading: Promise<typeof import('./maplibre_view')> | null = null

/** The map library, which pages without a map never load. A failed attempt is not remembered. */
export function loadMapLibre(): Promise<typeof import('./maplibre_view')> {
  loading ??= Promise.all([import('./maplibre_view'), loadStyles()]).then(
    ([module]) => module,
    (error) => {
      loading = null
      throw error
    }
  )
  return loading
}

/**
 * A page with a map has opened: the library comes over the network meanwhile. It is run later: that alone keeps a cheap
 * phone busy for a third of a second, in which it would draw no plates.
 */
export function warmUp(): void {
  const view = document.querySelector<HTMLMetaElement>('meta[name=map-view]')?.content
  if (!mayDraw() || loading || styles || !view) return
  addLink('modulepreload', view)
  loadStyles().catch(() => {})
}
