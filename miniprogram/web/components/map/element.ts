import { word } from '../../words'
import { fire, sourcePath, type WxElement } from '../../wx_node'
import { FirstView } from './first_view'
import { ListView } from './list_view'
import { hasWebGl, loadMapLibre, mayDraw } from './load'
import type { Camera, Cause, MapEvents, MapView, MarkerData, Polygon } from './types'

/** Of the frame's height, from which on a page is its map, and the map may have the whole window. */
const PAGE_IS_MAP = 0.6

/** What a map is opened with; afterwards these are moves. */
const IN_CAMERA = new Set(['longitude', 'latitude', 'scale'])

const DEFAULTS = { longitude: 116.4, latitude: 39.9, scale: 16, 'min-scale': 3, 'max-scale': 20 }

/** WeChat's `<map>`. Properties are collected and applied together, since a page sets many at once. */
export class WxMap extends HTMLElement {
  private opening: Promise<MapView> | null = null
  private first: FirstView | null = null
  private readonly values: Record<string, unknown> = { ...DEFAULTS }
  private readonly changed = new Set<string>()
  private shown: MapView | null = null

  connectedCallback(): void {
    if (this.opening) return
    this.widenPage()
    this.changed.clear()
    this.opening = this.open()
    this.opening.catch((error) => console.error(error))
  }

  /** What shows the map now. */
  get view(): Promise<MapView> | null {
    return this.shown ? Promise.resolve(this.shown) : this.opening
  }

  disconnectedCallback(): void {
    queueMicrotask(() => {
      if (this.isConnected) return
      this.shown?.destroy()
      this.shown = null
      this.first = null
      this.opening = null
    })
  }

  /** A value equal to the last one given changes nothing, wherever the reader has moved the map since. */
  setValue(name: string, value: unknown): void {
    if (this.values[name] === value) return
    this.values[name] = value
    if (this.changed.size === 0) queueMicrotask(() => this.apply())
    this.changed.add(name)
  }

  private get given(): Camera {
    const { longitude, latitude, scale } = this.values
    return { longitude: Number(longitude), latitude: Number(latitude), scale: Number(scale) }
  }

  /** On a wide screen a page that is mostly map fills the window; forms with a small map stay a column. */
  private widenPage(): void {
    const frame = this.closest('.wx-frame')
    if (frame && this.clientHeight >= frame.clientHeight * PAGE_IS_MAP) frame.toggleAttribute('data-wide', true)
  }

  private async open(): Promise<MapView> {
    if (mayDraw()) this.showFirst()
    await this.first?.drawn
    const view = (await this.draw()) ?? new ListView(this, this.given, this.events())
    this.take(view)
    this.tellFirstRegion()
    return view
  }

  private showFirst(): void {
    this.first = new FirstView(this, this.given, sourcePath(this), this.events())
    this.toggleAttribute('data-first', true)
    this.take(this.first)
  }

  /** From now on `view` shows what was given; who stood on a marker stands on it again. */
  private take(view: MapView): void {
    const focused = this.contains(document.activeElement) ? (document.activeElement as HTMLElement) : null
    if (view !== this.first) this.first?.giveWay()
    this.shown = view
    this.changed.clear()
    for (const name of Object.keys(this.values)) if (!IN_CAMERA.has(name)) this.changed.add(name)
    this.apply()
    const { marker } = focused?.dataset ?? {}
    if (marker) this.querySelector<HTMLElement>(`[data-marker="${marker}"]`)?.focus({ preventScroll: true })
  }

  /** The map that took over has drawn everything, or moves: its own picture shows, and what was drawn first goes. */
  private reveal(): void {
    if (!this.first || this.shown === this.first) return
    this.first.destroy()
    this.first = null
    this.toggleAttribute('data-first', false)
  }

  private async draw(): Promise<MapView | null> {
    if (!hasWebGl()) return null
    try {
      const { MapLibreView } = await loadMapLibre()
      return new MapLibreView(this, this.shown?.camera() ?? this.given, sourcePath(this), this.events())
    } catch (error) {
      console.error(error)
      return null
    }
  }

  private apply(): void {
    const view = this.shown
    if (!view) return
    const has = (...names: string[]) => names.some((name) => this.changed.has(name))
    const { values } = this
    if (has('min-scale', 'max-scale')) view.setLimits(Number(values['min-scale']), Number(values['max-scale']))
    if (has('enable-scroll', 'enable-zoom')) {
      view.setInteraction(values['enable-scroll'] !== false, values['enable-zoom'] !== false)
    }
    if (has('longitude', 'latitude', 'scale')) this.moveToGiven(view)
    if (has('polygons')) view.setPolygons((values.polygons as Polygon[]) ?? [])
    if (has('markers')) view.setMarkers((values.markers as MarkerData[]) ?? [])
    if (has('aria-label')) view.setLabel(String(values['aria-label'] || word('map')))
    this.changed.clear()
  }

  private moveToGiven(view: MapView): void {
    const names = ['longitude', 'latitude', 'scale'] as const
    const change = Object.fromEntries(names.filter((name) => this.changed.has(name)).map((n) => [n, this.given[n]]))
    view.move(change, false)
  }

  private events(): MapEvents {
    const element = this as unknown as WxElement
    return {
      markerTap: (markerId, isLabel) =>
        fire(element, isLabel ? 'labeltap' : 'markertap', { markerId }, { fields: { markerId } }),
      tap: (point) => fire(element, 'tap', point),
      regionChange: (type, causedBy) => {
        this.reveal()
        this.tellRegion(type, causedBy)
      },
      updated: () => {
        this.reveal()
        fire(element, 'updated', {})
      }
    }
  }

  /** WeChat's map tells its region once when it has opened. */
  private tellFirstRegion(): void {
    this.tellRegion('begin', 'update')
    this.tellRegion('end', 'update')
  }

  private tellRegion(type: 'begin' | 'end', causedBy: Cause): void {
    if (!this.shown) return
    const { scale, ...centerLocation } = this.shown.camera()
    const detail = { type, causedBy, centerLocation, region: this.shown.region(), scale, rotate: 0, skew: 0 }
    // WeChat puts `begin` and `end` where other events have their name.
    fire(this as unknown as WxElement, 'regionchange', detail, { fields: { type, causedBy } })
  }
}
