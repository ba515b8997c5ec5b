/** Keeps the map's markers and outlines in step with its view: tiles, outlines and the area under the middle. */
import type { Area } from '../../../api/areas'
import type { Filter, KindChoice } from '../../../api/filter'
import { AreaHere } from '../../../api/here'
import type { Failure } from '../../../api/http'
import { getTile } from '../../../api/map'
import { OutlineStore } from '../../../api/outline-store'
import { TileStore } from '../../../api/tile-store'
import { coloursOf, currentTheme } from '../../../geo/colours'
import { MarkerIds } from '../../../geo/marker-ids'
import { type MapMarker, NO_PLATES_FROM, type Scene, toScene } from '../../../geo/markers'
import { drawOutlines, type MapPolygon, regionOf } from '../../../geo/outline'
import { type CentredView, project, type View } from '../../../geo/screen'
import { textScale } from '../../../geo/text-scale'
import { tilesFor } from '../../../geo/tile'
import { language } from '../../../i18n/index'

/** Each outline is a request; nobody reads more of them at a glance. */
const MAX_OUTLINES = 40

export interface Drawn {
  markers: MapMarker[]
  polygons: MapPolygon[]
}

export interface DrawingListener {
  drawn(drawn: Drawn): void
  here(area: Area | null): void
  failed(failure: Failure): void
  /** Tiles are under way, or all have been answered. */
  waiting(isWaiting: boolean): void
}

export class Drawing {
  readonly ids = new MarkerIds()
  readonly tiles: TileStore
  readonly outlines = new OutlineStore(() => this.draw())
  readonly here: AreaHere
  private view: View | null = null
  private kind: KindChoice = 'all'
  private scene: Scene = { markers: [], areas: [] }
  private zoom = 0

  constructor(
    private readonly maxScale: number,
    private readonly listener: DrawingListener
  ) {
    this.here = new AreaHere(this.outlines, (area) => {
      listener.here(area)
      this.draw()
    })
    this.tiles = new TileStore(getTile, {
      changed: () => this.draw(),
      failed: (failure) => listener.failed(failure),
      settled: () => listener.waiting(false)
    })
    wx.onThemeChange(this.redraw)
  }

  /** The map has come to rest on another view, or is looked at under another filter. */
  look(view: CentredView, filter: Filter): void {
    const addresses = tilesFor(view.region, view.scale)
    this.view = view
    this.kind = filter.kind
    this.zoom = addresses[0]?.z ?? 0
    this.listener.waiting(true)
    this.tiles.look(addresses, filter)
    this.draw()
    this.here.look(...view.centre, this.zoom, this.codes())
  }

  /** The zoom of the tiles shown; circles stand for cells of it. */
  get tileZoom(): number {
    return this.zoom
  }

  /** The shown area that holds a position, so that a tap inside an outline is a tap on its plate. */
  areaAt(lon: number, lat: number): string | undefined {
    return this.outlines.find(this.codes(), this.zoom, lon, lat)
  }

  stop(): void {
    this.tiles.cancel()
    this.here.stop()
  }

  /** The page is gone for good. */
  close(): void {
    wx.offThemeChange(this.redraw)
    this.stop()
  }

  /** Between light and dark. */
  private readonly redraw = (): void => this.draw()

  private codes(): string[] {
    return this.scene.areas.map(({ code }) => code)
  }

  private draw(): void {
    const { view } = this
    if (!view) return
    const covers = (code: string) => this.covers(code, view)
    const colours = coloursOf(currentTheme())
    const look = { lang: language(), colours, textScale: textScale(), kind: this.kind }
    const options = { ...look, maxScale: this.maxScale, covers }
    this.scene = toScene(this.tiles.features(), view, this.ids, options)
    const codes = this.nearestCodes(view)
    this.outlines.want(codes, this.zoom)
    const outlines = codes.flatMap((code) => this.outlines.get(code, this.zoom) ?? [])
    const degreesPerPixel = (view.region.east - view.region.west) / view.size.width
    this.listener.drawn({
      markers: this.scene.markers,
      polygons: drawOutlines(outlines, degreesPerPixel, colours.area)
    })
  }

  /** Larger than the screen in both directions: its edge is nowhere to be seen. */
  private covers(code: string, view: View): boolean {
    const outline = this.outlines.get(code, this.zoom)
    if (!outline) return false
    const { west, south, east, north } = regionOf(outline)
    const [topLeft, bottomRight] = [project(view, west, north), project(view, east, south)]
    return bottomRight.x - topLeft.x > view.size.width && bottomRight.y - topLeft.y > view.size.height
  }

  /** The areas in the middle first; at street level the one the strip speaks of. */
  private nearestCodes(view: View): string[] {
    if (view.scale >= NO_PLATES_FROM) return this.here.area ? [this.here.area.code] : []
    return this.codes().slice(0, MAX_OUTLINES)
  }
}
