import type { Builtin, Setter } from '../builtin'
import { WxMap } from './element'

customElements.define('wx-map', WxMap)

const NAMES = [
  'longitude',
  'latitude',
  'scale',
  'min-scale',
  'max-scale',
  'markers',
  'polygons',
  'enable-scroll',
  'enable-zoom',
  'aria-label'
]

function setterOf(name: string): Setter {
  return (element: WxMap, value: unknown) => element.setValue(name, value)
}

export const map: Builtin = {
  html: 'wx-map',
  set: Object.fromEntries(NAMES.map((name) => [name, setterOf(name)]))
}
