import { type Map as MapLibre, Marker } from 'maplibre-gl'
import { toLngLat } from './datum'
import { drawMarker, isLabelPress, newMarkerButton } from './marker_button'
import { inReadingOrder, reorder } from './marker_order'
import type { MarkerData } from './types'

/** Beyond the edge by more than this, px, a marker cannot be reached: focusing it would drag the map's box along. */
const MARGIN_PX = 40

interface Drawn {
  data: MarkerData
  /** What was drawn; equal text means nothing to do. */
  text: string
  element: HTMLButtonElement
  marker: Marker
}

/** The markers of one map as buttons, kept by id: only what changed is drawn again. */
export class Markers {
  private readonly drawn = new Map<number, Drawn>()

  constructor(
    private readonly map: MapLibre,
    private readonly source: string,
    private readonly onTap: (id: number, isLabel: boolean) => void
  ) {}

  set(markers: MarkerData[]): void {
    const wanted = new Set(markers.map(({ id }) => id))
    for (const [id, { marker }] of this.drawn) {
      if (wanted.has(id)) continue
      marker.remove()
      this.drawn.delete(id)
    }
    for (const data of markers) this.draw(data)
    this.arrange()
  }

  /** After markers or the view have changed: Tab order, and out of reach what is out of sight. */
  arrange(): void {
    const { clientWidth, clientHeight } = this.map.getContainer()
    for (const { marker, element } of this.drawn.values()) {
      const { x, y } = this.map.project(marker.getLngLat())
      const isNear = x > -MARGIN_PX && y > -MARGIN_PX && x < clientWidth + MARGIN_PX && y < clientHeight + MARGIN_PX
      element.style.visibility = isNear ? '' : 'hidden'
    }
    // by absolute place in the world, so that moving the map does not change the order
    const origin = this.map.project([0, 0])
    const inOrder = inReadingOrder([...this.drawn.values()], ({ marker }) => {
      const { x, y } = this.map.project(marker.getLngLat())
      return { x, y: y - origin.y }
    })
    reorder(inOrder.map(({ element }) => element))
  }

  private draw(data: MarkerData): void {
    const text = JSON.stringify(data)
    const drawn = this.drawn.get(data.id) ?? this.add(data)
    if (drawn.text === text) return
    drawn.data = data
    drawn.text = text
    drawn.marker.setOffset(drawMarker(drawn.element, data, this.source))
    drawn.marker.setLngLat(toLngLat(data))
  }

  private add(data: MarkerData): Drawn {
    const element = newMarkerButton(data.id)
    const marker = new Marker({ element, anchor: 'top-left' }).setLngLat(toLngLat(data)).addTo(this.map)
    const drawn: Drawn = { data, text: '', element, marker }
    element.addEventListener('click', (event) => {
      event.stopPropagation()
      this.onTap(drawn.data.id, isLabelPress(event, drawn.data))
    })
    this.drawn.set(data.id, drawn)
    return drawn
  }
}
