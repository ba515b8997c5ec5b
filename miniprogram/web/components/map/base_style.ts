import type { SourceSpecification, StyleSpecification } from 'maplibre-gl'
import { POLYGON_SOURCE, polygonLayers, toGeoJson } from './polygons'

export interface Tiles {
  /** Drawn over one another in this order: streets, then their names. */
  urls: string[]
  attribution: string
}

function meta(name: string): string {
  return document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? ''
}

/** The operator's raster tiles, where the server has written any into the page; default: none. */
export function configuredTiles(): Tiles | null {
  const templates = meta('tiles').split(/\s+/).filter(Boolean)
  // MapLibre wants whole addresses; URL would encode the braces
  const urls = templates.map((template) => (template.startsWith('/') ? location.origin + template : template))
  return urls.length > 0 ? { urls, attribution: meta('tiles-attribution') } : null
}

/** `--map-ground` of the page, which may differ between light and dark. */
export function groundColour(element: Element): string {
  return getComputedStyle(element).getPropertyValue('--map-ground').trim()
}

export function baseStyle(ground: string, tiles: Tiles | null): StyleSpecification {
  const polygons: SourceSpecification = { type: 'geojson', data: toGeoJson([]) }
  const style: StyleSpecification = {
    version: 8,
    sources: { [POLYGON_SOURCE]: polygons },
    layers: [{ id: 'ground', type: 'background', paint: { 'background-color': ground } }]
  }
  for (const [order, url] of (tiles?.urls ?? []).entries()) {
    const id = `tiles-${order}`
    style.sources[id] = { type: 'raster', tiles: [url], tileSize: 256 }
    style.layers.push({ id, type: 'raster', source: id })
  }
  style.layers.push(...polygonLayers)
  return style
}
