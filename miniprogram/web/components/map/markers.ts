import { type Map as MapLibre, Marker } from 'maplibre-gl'
import { toLngLat } from './datum'
import { drawMarker, isLabelPress } from './marker_button'
import type { MarkerData } from './types'

/** Markers less apart than this, in px, count as one line when the Tab key goes through them. */
const LINE_PX = 48

/** Beyond the edge by more than this, px, a marker cannot be reached: focusing it would drag the map's box along. */
const MARGIN_PX = 40

interface Drawn {
  data: MarkerData
  /** What was drawn; equal text means nothing to do. */
  text: string
  element: HTMLButtonElement
  marker: Marker
}

/** Lines by absolute place in the world, so that moving the map does not change the order. */
function readingOrder(map: MapLibre, drawn: Drawn[]): Drawn[] {
  const origin = map.project([0, 0])
  const place = new Map(
    drawn.map((one) => {
      const { x, y } = map.project(one.marker.getLngLat())
      return [one, { line: Math.floor((y - origin.y) / LINE_PX), x }]
    })
  )
  const at = (one: Drawn) => place.get(one) ?? { line: 0, x: 0 }
  return [...drawn].sort((a, b) => at(a).line - at(b).line || at(a).x - at(b).x)
}

/** Put elements in order without moving the focused one: a moved element loses the focus. */
function reorder(elements: HTMLElement[]): void {
  const parent = elements[0]?.parentElement
  const isOrdered = elements.every((element, i) => i === 0 || elements[i - 1].nextElementSibling === element)
  if (!parent || isOrdered) return
  const focused = elements.indexOf(document.activeElement as HTMLElement)
  for (const element of elements.slice(0, Math.max(focused, 0))) parent.insertBefore(element, elements[focused])
  for (const element of elements.slice(focused + 1)) parent.append(element)
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
    reorder(readingOrder(this.map, [...this.drawn.values()]).map(({ element }) => element))
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
    const element = document.createElement('button')
    element.type = 'button'
    element.className = 'wx-marker'
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
