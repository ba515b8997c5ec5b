/** A place as WeChat's map knows it: GCJ-02, degrees. */
export interface Point {
  longitude: number
  latitude: number
}

export interface Region {
  southwest: Point
  northeast: Point
}

/** Scale is the zoom of 256-pixel web-mercator tiles: MapLibre's zoom, whose tiles have 512, plus one. */
export interface Camera extends Point {
  scale: number
}

export interface Label {
  content?: string
  color?: string
  fontSize?: number
  anchorX?: number
  anchorY?: number
  bgColor?: string
  borderColor?: string
  borderWidth?: number
  borderRadius?: number
  padding?: number
  textAlign?: string
}

export interface MarkerData extends Point {
  id: number
  title?: string
  ariaLabel?: string
  iconPath?: string
  width?: number
  height?: number
  anchor?: { x: number; y: number }
  label?: Label
  zIndex?: number
  alpha?: number
}

/** Colours are #RRGGBB or #RRGGBBAA. */
export interface Polygon {
  points: Point[]
  strokeColor?: string
  strokeWidth?: number
  fillColor?: string
  zIndex?: number
}

export type Cause = 'gesture' | 'drag' | 'scale' | 'update'

/** What a drawn map tells the component. */
export interface MapEvents {
  markerTap(id: number, isLabel: boolean): void
  tap(point: Point): void
  regionChange(type: 'begin' | 'end', causedBy: Cause): void
  updated(): void
}

/** Something that shows the map: MapLibre, or a list where there is no WebGL. */
export interface MapView {
  camera(): Camera
  region(): Region
  /** Resolves when the map stands there. */
  move(camera: Partial<Camera>, isAnimated: boolean): Promise<void>
  /** `padding` is top, right, bottom, left in px. */
  include(points: Point[], padding: number[]): Promise<void>
  setLimits(minScale: number, maxScale: number): void
  setInteraction(canScroll: boolean, canZoom: boolean): void
  setMarkers(markers: MarkerData[]): void
  setPolygons(polygons: Polygon[]): void
  setLabel(label: string): void
  destroy(): void
}
