import { word } from '../../words'
import { nameOf } from './marker_button'
import { fit, regionAround } from './mercator'
import type { Camera, MapEvents, MapView, MarkerData, Point, Region } from './types'

const MIN_SCALE = 3
const MAX_SCALE = 20

/** Where nothing can be drawn: what the map would show as a list, and a camera that still answers questions. */
export class ListView implements MapView {
  private readonly list = document.createElement('ul')
  private limits: [number, number] = [MIN_SCALE, MAX_SCALE]

  constructor(
    private readonly element: HTMLElement,
    private current: Camera,
    private readonly events: MapEvents
  ) {
    const note = document.createElement('p')
    note.textContent = word('noMap')
    this.list.className = 'wx-map-list'
    element.replaceChildren(note, this.list)
    element.dataset.list = ''
    setTimeout(() => events.updated())
  }

  camera(): Camera {
    return this.current
  }

  region(): Region {
    return regionAround(this.current, this.size())
  }

  async move(change: Partial<Camera>): Promise<void> {
    this.events.regionChange('begin', 'update')
    const next = { ...this.current, ...change }
    this.current = { ...next, scale: Math.min(Math.max(next.scale, this.limits[0]), this.limits[1]) }
    this.events.regionChange('end', 'update')
  }

  async include(points: Point[]): Promise<void> {
    if (points.length > 0) await this.move(fit(points, this.size()))
  }

  setLimits(minScale: number, maxScale: number): void {
    this.limits = [minScale, maxScale]
  }

  setInteraction(): void {}

  setMarkers(markers: MarkerData[]): void {
    this.list.replaceChildren(
      ...markers.map((marker) => {
        const button = document.createElement('button')
        button.type = 'button'
        button.className = 'wx-secondary'
        button.textContent = nameOf(marker)
        button.addEventListener('click', () => this.events.markerTap(marker.id, false))
        const item = document.createElement('li')
        item.append(button)
        return item
      })
    )
  }

  setPolygons(): void {}

  setLabel(label: string): void {
    this.list.ariaLabel = label
  }

  destroy(): void {
    this.element.replaceChildren()
  }

  private size(): { width: number; height: number } {
    return { width: this.element.clientWidth || innerWidth, height: this.element.clientHeight || innerHeight }
  }
}
