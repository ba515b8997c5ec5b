import { mapFiles } from 'virtual:miniprogram'
import { type GeoJSONSource, LngLatBounds, Map as MapLibre, setWorkerUrl } from 'maplibre-gl'
import { writeAttribute } from '../dom'
import { baseStyle, configuredTiles, groundColour } from './base_style'
import { toLngLat, toPoint } from './datum'
import { Markers } from './markers'
import { POLYGON_SOURCE, toGeoJson } from './polygons'
import type { Camera, Cause, MapEvents, MapView, MarkerData, Point, Polygon, Region } from './types'

setWorkerUrl(mapFiles.worker)

const MOVE_MS = 250

const darkMode = matchMedia('(prefers-color-scheme: dark)')

/** A box of MapLibre's own: its style sheet would override the page's rules for the map element. */
function addBox(element: HTMLElement): HTMLElement {
  const box = document.createElement('div')
  box.className = 'wx-map-box'
  element.append(box)
  return box
}

function showAttribution(element: HTMLElement, text: string | undefined): void {
  if (!text) return
  const note = document.createElement('div')
  note.className = 'wx-map-attribution'
  note.textContent = text
  element.append(note)
}

/** The map drawn by MapLibre: GCJ-02 outside, WGS 84 inside. */
export class MapLibreView implements MapView {
  private readonly map: MapLibre
  private readonly markers: Markers
  private readonly resizes: ResizeObserver
  private cause: Cause = 'update'
  private size: [number, number]

  constructor(
    private readonly element: HTMLElement,
    camera: Camera,
    source: string,
    private readonly events: MapEvents
  ) {
    const tiles = configuredTiles()
    this.map = new MapLibre({
      container: addBox(element),
      style: baseStyle(groundColour(element), tiles),
      center: toLngLat(camera),
      zoom: camera.scale - 1,
      attributionControl: false,
      renderWorldCopies: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      trackResize: false
    })
    this.map.touchZoomRotate.disableRotation()
    this.map.keyboard.disableRotation()
    this.size = [element.clientWidth, element.clientHeight]
    this.markers = new Markers(this.map, source, events.markerTap)
    this.resizes = new ResizeObserver(() => this.onResize())
    this.resizes.observe(element)
    showAttribution(element, tiles?.attribution)
    this.listen()
  }

  camera(): Camera {
    return { ...toPoint(this.map.getCenter()), scale: this.map.getZoom() + 1 }
  }

  region(): Region {
    const bounds = this.map.getBounds()
    return { southwest: toPoint(bounds.getSouthWest()), northeast: toPoint(bounds.getNorthEast()) }
  }

  async move(change: Partial<Camera>, isAnimated: boolean): Promise<void> {
    const { scale, ...point } = { ...this.camera(), ...change }
    await this.go({ center: toLngLat(point), zoom: scale - 1 }, isAnimated)
  }

  async include(points: Point[], [top = 0, right = 0, bottom = 0, left = 0]: number[]): Promise<void> {
    const bounds = new LngLatBounds()
    for (const point of points) bounds.extend(toLngLat(point))
    const camera = this.map.cameraForBounds(bounds, { padding: { top, right, bottom, left } })
    if (camera?.center !== undefined && camera.zoom !== undefined) {
      await this.go({ center: camera.center as [number, number], zoom: camera.zoom }, true)
    }
  }

  setLimits(minScale: number, maxScale: number): void {
    this.map.setMinZoom(minScale - 1)
    this.map.setMaxZoom(maxScale - 1)
  }

  setInteraction(canScroll: boolean, canZoom: boolean): void {
    const { dragPan, scrollZoom, touchZoomRotate, doubleClickZoom } = this.map
    dragPan[canScroll ? 'enable' : 'disable']()
    for (const zoom of [scrollZoom, touchZoomRotate, doubleClickZoom]) zoom[canZoom ? 'enable' : 'disable']()
    this.map.touchZoomRotate.disableRotation()
  }

  setMarkers(markers: MarkerData[]): void {
    this.markers.set(markers)
  }

  setPolygons(polygons: Polygon[]): void {
    const show = () => this.map.getSource<GeoJSONSource>(POLYGON_SOURCE)?.setData(toGeoJson(polygons))
    if (this.map.getSource(POLYGON_SOURCE)) show()
    else this.map.once('styledata', show)
  }

  setLabel(label: string): void {
    writeAttribute(this.map.getCanvas(), 'aria-label', label)
  }

  destroy(): void {
    darkMode.removeEventListener('change', this.paintGround)
    this.resizes.disconnect()
    this.map.remove()
    this.element.replaceChildren()
  }

  private readonly paintGround = (): void => {
    this.map.setPaintProperty('ground', 'background-color', groundColour(this.element))
  }

  private listen(): void {
    darkMode.addEventListener('change', this.paintGround)
    this.map.on('movestart', (event) => {
      this.cause = event.originalEvent ? 'drag' : 'update'
      this.tell('begin', event.originalEvent ? 'gesture' : 'update')
    })
    this.map.on('zoomstart', (event) => {
      if (event.originalEvent) this.cause = 'scale'
    })
    this.map.on('moveend', () => {
      this.markers.arrange()
      this.tell('end', this.cause)
    })
    this.map.on('click', (event) => this.events.tap(toPoint(event.lngLat)))
    this.map.on('idle', () => this.events.updated())
    this.map.on('error', (event) => console.error(event.error))
  }

  /** A map on a hidden page has no size; it is left alone until the page is shown again. */
  private get isVisible(): boolean {
    return this.element.clientWidth > 0 && this.element.clientHeight > 0
  }

  private tell(type: 'begin' | 'end', cause: Cause): void {
    if (this.isVisible) this.events.regionChange(type, cause)
  }

  /** The observer also calls when it starts and when a page is shown again: then only the picture may be gone. */
  private onResize(): void {
    if (!this.isVisible) return
    const { clientWidth, clientHeight } = this.element
    const isSame = clientWidth === this.size[0] && clientHeight === this.size[1]
    this.size = [clientWidth, clientHeight]
    if (isSame) this.map.triggerRepaint()
    else this.map.resize()
  }

  private go(target: { center: [number, number]; zoom: number }, isAnimated: boolean): Promise<void> {
    if (!isAnimated || !this.isVisible || document.hidden) {
      this.map.jumpTo(target)
      return Promise.resolve()
    }
    const arrived = new Promise<void>((done) => this.map.once('moveend', () => done()))
    this.map.easeTo({ ...target, duration: MOVE_MS })
    return arrived
  }
}
