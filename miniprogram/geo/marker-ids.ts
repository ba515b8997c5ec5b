/** What a marker stands for, by the number WeChat knows it by. */
import type { AreaProperties, ClusterProperties, EntityProperties, MapFeature } from '../api/map'

export type Target =
  | { class: 'area'; feature: MapFeature<AreaProperties> }
  | { class: 'cluster'; feature: MapFeature<ClusterProperties> }
  | { class: 'entity'; feature: MapFeature<EntityProperties> }

/** Gives every feature one number for good: WeChat's markers have numeric ids, and a changed id flickers. */
export class MarkerIds {
  private readonly ids = new Map<string, number>()
  private readonly targets = new Map<number, Target>()

  of(target: Target): number {
    const { properties, geometry } = target.feature
    const key =
      properties.class === 'area'
        ? properties.code
        : properties.class === 'entity'
          ? properties.id
          : geometry.coordinates.join()
    const id = this.ids.get(key) ?? this.ids.size + 1
    this.ids.set(key, id)
    this.targets.set(id, target)
    return id
  }

  target(id: number): Target | undefined {
    return this.targets.get(id)
  }
}
