/** Tiles of the map held in memory: only missing or old ones are asked for, and what nobody looks at is given up. */
import { type TileAddress, tileKey } from '../geo/tile'
import type { Filter } from './filter'
import type { Failure, Pending, Result, Tagged } from './http'
import type { MapFeature, MapTile } from './map'

/** The server says `max-age=30`: a removal must show within a minute. */
const FRESH_MS = 30000
/** About ten screens. */
const MAX_TILES = 240

export type TileSource = (address: TileAddress, filter: Filter, etag: string) => Pending<Tagged<MapTile>>

interface Held {
  tile: MapTile
  etag: string
  at: number
}

export interface TileListener {
  /** More of the view is known than before. */
  changed(): void
  failed(failure: Failure): void
  /** Every tile of the view has been answered, well or badly. */
  settled(): void
}

export class TileStore {
  private readonly held = new Map<string, Held>()
  private readonly asked = new Map<string, Pending<Tagged<MapTile>>>()
  private wanted: string[] = []

  constructor(
    private readonly source: TileSource,
    private readonly listener: TileListener,
    private readonly now: () => number = Date.now
  ) {}

  private keyOf(address: TileAddress, filter: Filter): string {
    return `${tileKey(address)}?${JSON.stringify(filter)}`
  }

  /** Looks at these tiles from now on. */
  look(addresses: readonly TileAddress[], filter: Filter): void {
    this.wanted = addresses.map((address) => this.keyOf(address, filter))
    const wanted = new Set(this.wanted)
    for (const [key, pending] of this.asked) {
      if (wanted.has(key)) continue
      this.asked.delete(key)
      pending.cancel()
    }
    addresses.forEach((address, index) => {
      const key = this.wanted[index]
      if (key !== undefined && !this.isFresh(key) && !this.asked.has(key)) this.ask(key, address, filter)
    })
    if (this.asked.size === 0) this.listener.settled()
  }

  /** Gives up everything under way; what is held stays. */
  cancel(): void {
    for (const pending of this.asked.values()) pending.cancel()
    this.asked.clear()
    this.wanted = []
  }

  features(): MapFeature[] {
    return this.wanted.flatMap((key) => this.held.get(key)?.tile.features ?? [])
  }

  /** Whether anything can be said about the view: an empty map and an unknown one look alike. */
  isComplete(): boolean {
    return this.wanted.length > 0 && this.wanted.every((key) => this.held.has(key))
  }

  private isFresh(key: string): boolean {
    const held = this.held.get(key)
    // A clock set back makes nothing fresh that was held before.
    return held !== undefined && Math.abs(this.now() - held.at) < FRESH_MS
  }

  private ask(key: string, address: TileAddress, filter: Filter): void {
    const pending = this.source(address, filter, this.held.get(key)?.etag ?? '')
    this.asked.set(key, pending)
    pending.result.then((result) => {
      if (this.asked.get(key) === pending) this.receive(key, result)
    })
  }

  private receive(key: string, result: Result<Tagged<MapTile>>): void {
    this.asked.delete(key)
    if (result.ok) this.keep(key, result.value)
    else if (result.failure.kind !== 'cancelled') this.listener.failed(result.failure)
    if (this.asked.size === 0) this.listener.settled()
  }

  /** Null: the tile held is still right, and nothing has to be drawn again. */
  private keep(key: string, { value, etag }: Tagged<MapTile>): void {
    const tile = value ?? this.held.get(key)?.tile
    if (!tile) return
    this.held.delete(key)
    this.held.set(key, { tile, etag, at: this.now() })
    this.forgetOldest()
    if (value) this.listener.changed()
  }

  private forgetOldest(): void {
    for (const key of this.held.keys()) {
      if (this.held.size <= MAX_TILES) return
      this.held.delete(key)
    }
  }
}
