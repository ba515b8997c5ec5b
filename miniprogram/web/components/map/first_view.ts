import { writeAttribute } from '../dom'
import { toLngLat, toPoint } from './datum'
import { drawMarker, isLabelPress, newMarkerButton } from './marker_button'
import { inReadingOrder, reorder } from './marker_order'
import { fit, ofWorld, regionAround, toWorld } from './mercator'
import type { Camera, MapEvents, MapView, MarkerData, Point, Polygon, Region } from './types'

/** Where there is nothing to draw, the library is not kept waiting for longer. */
const LONGEST_MS = 1500

const SVG = 'http://www.w3.org/2000/svg'

function wgs84<P extends Point>(point: P): P {
  const [longitude, latitude] = toLngLat(point)
  return { ...point, longitude, latitude }
}

function gcj02({ longitude: lng, latitude: lat }: Point): Point {
  return toPoint({ lng, lat })
}

/**
 * The map until its library has come, which on a slow phone takes longer than everything else: markers that can be
 * pressed, and outlines, as they will stand a moment later. It moves when it is told to; fingers cannot move it yet.
 */
export class FirstView implements MapView {
  /** Resolves when markers have been drawn, or none has come for a while. */
  readonly drawn: Promise<void>
  private tellDrawn = () => {}
  private readonly box = document.createElement('div')
  private readonly lines = document.createElementNS(SVG, 'svg')
  private readonly buttons = new Map<number, HTMLButtonElement>()
  private readonly resizes = new ResizeObserver(() => this.draw())
  private markers: MarkerData[] = []
  private polygons: Polygon[] = []
  private limits: [number, number] = [0, 20]

  constructor(
    private readonly element: HTMLElement,
    private current: Camera,
    private readonly source: string,
    private readonly events: MapEvents
  ) {
    this.drawn = new Promise((resolve) => {
      this.tellDrawn = resolve
      setTimeout(resolve, LONGEST_MS)
    })
    this.box.className = 'wx-map-box'
    this.lines.classList.add('wx-map-lines')
    writeAttribute(this.box, 'role', 'region')
    this.box.addEventListener('click', ({ offsetX, offsetY }) => events.tap(this.pointAt(offsetX, offsetY)))
    element.append(this.lines, this.box)
    this.resizes.observe(element)
  }

  camera(): Camera {
    return this.current
  }

  region(): Region {
    const { southwest, northeast } = regionAround(wgs84(this.current), this.size)
    return { southwest: gcj02(southwest), northeast: gcj02(northeast) }
  }

  async move(change: Partial<Camera>): Promise<void> {
    this.events.regionChange('begin', 'update')
    const next = { ...this.current, ...change }
    this.current = { ...next, scale: Math.min(Math.max(next.scale, this.limits[0]), this.limits[1]) }
    this.draw()
    this.events.regionChange('end', 'update')
  }

  async include(points: Point[]): Promise<void> {
    if (points.length > 0) await this.move(fit(points, this.size))
  }

  setLimits(minScale: number, maxScale: number): void {
    this.limits = [minScale, maxScale]
  }

  setInteraction(): void {}

  setMarkers(markers: MarkerData[]): void {
    this.markers = markers
    this.draw()
    if (markers.length > 0) requestAnimationFrame(() => setTimeout(this.tellDrawn))
  }

  setPolygons(polygons: Polygon[]): void {
    this.polygons = polygons
    this.draw()
  }

  setLabel(label: string): void {
    writeAttribute(this.box, 'aria-label', label)
  }

  /** The markers go; the outlines stay below the map that takes over, until it has drawn its own. */
  giveWay(): void {
    this.resizes.disconnect()
    this.box.remove()
  }

  destroy(): void {
    this.giveWay()
    this.lines.remove()
  }

  private get size(): { width: number; height: number } {
    return { width: this.element.clientWidth, height: this.element.clientHeight }
  }

  private pointAt(x: number, y: number): Point {
    const { scale } = this.current
    const { width, height } = this.size
    const centre = toWorld(wgs84(this.current), scale)
    return gcj02(ofWorld(centre.x + x - width / 2, centre.y + y - height / 2, scale))
  }

  /** From GCJ-02 to px of the box, for many points of one drawing. */
  private projection(): (point: Point) => { x: number; y: number } {
    const { scale } = this.current
    const { width, height } = this.size
    const centre = toWorld(wgs84(this.current), scale)
    return (point) => {
      const { x, y } = toWorld(wgs84(point), scale)
      return { x: x - centre.x + width / 2, y: y - centre.y + height / 2 }
    }
  }

  /** A box of a hidden page has no size. */
  private draw(): void {
    if (this.size.width === 0) return
    const place = this.projection()
    this.lines.replaceChildren(...this.polygons.map((polygon) => outline(polygon, place)))
    const kept = new Set(this.markers.map(({ id }) => id))
    for (const [id, button] of this.buttons) {
      if (kept.has(id)) continue
      button.remove()
      this.buttons.delete(id)
    }
    reorder(inReadingOrder(this.markers, place).map((marker) => this.drawButton(marker, place(marker))))
  }

  private drawButton(marker: MarkerData, { x, y }: { x: number; y: number }): HTMLButtonElement {
    const button = this.buttons.get(marker.id) ?? this.addButton(marker.id)
    const [right, down] = drawMarker(button, marker, this.source)
    Object.assign(button.style, {
      position: 'absolute',
      left: `${Math.round(x + right)}px`,
      top: `${Math.round(y + down)}px`
    })
    return button
  }

  private addButton(id: number): HTMLButtonElement {
    const button = newMarkerButton(id)
    button.addEventListener('click', (event) => {
      event.stopPropagation()
      const marker = this.markers.find((one) => one.id === id)
      if (marker) this.events.markerTap(id, isLabelPress(event, marker))
    })
    this.buttons.set(id, button)
    this.box.append(button)
    return button
  }
}

function outline(polygon: Polygon, place: (point: Point) => { x: number; y: number }): SVGElement {
  const path = document.createElementNS(SVG, 'polygon')
  const corners = polygon.points.map(place)
  path.setAttribute('points', corners.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' '))
  path.setAttribute('fill', polygon.fillColor ?? 'none')
  path.setAttribute('stroke', polygon.strokeColor ?? 'none')
  path.setAttribute('stroke-width', String(polygon.strokeWidth ?? 1))
  return path
}
