import type { SourceSpecification, StyleSpecification } from 'maplibre-gl'
import { POLYGON_SOURCE, polygonLayers, toGeoJson } from './polygons'

export interface Tiles {
  url: string
  attribution: string
}

function meta(name: string): string {
  return document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? ''
}

/** The operator's raster tiles, where the server has written any into the page; default: none. */
export function configuredTiles(): Tiles | null {
  const template = meta('tiles')
  // MapLibre wants whole addresses; URL would encode the braces
  const url = template.startsWith('/') ? location.origin + template : template
  return url ? { url, attribution: meta('tiles-attribution') } : null
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
  if (tiles) {
    style.sources.tiles = { type: 'raster', tiles: [tiles.url], tileSize: 256 }
    style.layers.push({ id: 'tiles', type: 'raster', source: 'tiles' })
  }
  style.layers.push(...polygonLayers)
  return style
}
