import type { FeatureCollection } from 'geojson'
import type { LayerSpecification } from 'maplibre-gl'
import { toLngLat } from './datum'
import type { Polygon } from './types'

export const POLYGON_SOURCE = 'polygons'

function ring({ points }: Polygon): [number, number][] {
  const corners = points.map(toLngLat)
  return corners.length > 0 ? [...corners, corners[0]] : []
}

/** GeoJSON, WGS 84, of WeChat's polygons; each has one ring. */
export function toGeoJson(polygons: Polygon[]): FeatureCollection {
  return {
    type: 'FeatureCollection',
    features: polygons.map((polygon) => ({
      type: 'Feature',
      geometry: { type: 'Polygon', coordinates: [ring(polygon)] },
      properties: {
        fill: polygon.fillColor ?? '#00000000',
        stroke: polygon.strokeColor ?? '#00000000',
        width: polygon.strokeWidth ?? 1,
        order: polygon.zIndex ?? 0
      }
    }))
  }
}

export const polygonLayers: LayerSpecification[] = [
  {
    id: 'polygon-fill',
    type: 'fill',
    source: POLYGON_SOURCE,
    layout: { 'fill-sort-key': ['get', 'order'] },
    paint: { 'fill-color': ['to-color', ['get', 'fill']] }
  },
  {
    id: 'polygon-line',
    type: 'line',
    source: POLYGON_SOURCE,
    layout: { 'line-sort-key': ['get', 'order'], 'line-join': 'round' },
    paint: { 'line-color': ['to-color', ['get', 'stroke']], 'line-width': ['get', 'width'] }
  }
]
