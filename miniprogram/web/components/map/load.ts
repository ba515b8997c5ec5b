import { mapFiles } from 'virtual:miniprogram'

let canDraw: boolean | null = null

/** MapLibre needs WebGL 2. Asked once: a browser gives out few contexts. */
export function hasWebGl(): boolean {
  if (canDraw !== null) return canDraw
  const context = document.createElement('canvas').getContext('webgl2')
  context?.getExtension('WEBGL_lose_context')?.loseContext()
  canDraw = context !== null
  return canDraw
}

function loadStyles(): Promise<void> {
  return new Promise((resolve, reject) => {
    const link = document.createElement('link')
    link.rel = 'stylesheet'
    link.href = mapFiles.css
    link.onload = () => resolve()
    link.onerror = () => reject(new Error(`cannot load ${mapFiles.css}`))
    document.head.append(link)
  })
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

/** A page with a map has opened: fetch the library while the page still asks where to look. */
export function warmUp(): void {
  if (hasWebGl()) loadMapLibre().catch(() => {})
}
