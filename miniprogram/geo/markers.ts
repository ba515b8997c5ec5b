/** Features of the map's tiles as WeChat's markers: plates, squares and circles, each with words for screen readers. */
import { countAll, countBodies, type Level } from '../api/areas'
import type { KindChoice } from '../api/filter'
import type { AreaProperties, ClusterProperties, EntityProperties, MapFeature } from '../api/map'
import { formatBodies, formatCountsOf, formatNumber, formatPeople } from '../i18n/format'
import { fill, type Language, messages } from '../i18n/index'
import { coloursOf, type MapColours } from './colours'
import type { MarkerIds } from './marker-ids'
import { choosePlateForms, FONT_SIZE, PADDING, type Plate, plateSize, TOUCH, textWidth, wholeLines } from './plates'
import { isOnScreen, type Point, project, type View } from './screen'

interface Label {
  content: string
  color: string
  fontSize: number
  anchorX: number
  anchorY: number
  bgColor?: string
  borderColor?: string
  borderWidth?: number
  borderRadius?: number
  padding?: number
  textAlign: 'center'
}

/** The typings name no type for an element of the map's `markers`. */
export interface MapMarker {
  id: number
  longitude: number
  latitude: number
  iconPath: string
  width: number
  height: number
  anchor: { x: number; y: number }
  label?: Label
  ariaLabel: string
  zIndex: number
}

/** From here on an area's label point would look like a place, so plates give way to the strip. */
export const NO_PLATES_FROM = 13
const NAMES_FROM = 14
/** From here on a plate counts only those who are not drawn as organisations beside it. */
const POINTS_FROM = 12
const NAME_LENGTH = 8
const NAME_FONT = 12

interface Look {
  lang: Language
  colours: MapColours
  /** Of labels; what they stand on grows with them. */
  textScale: number
  /** Whom the tiles were asked for: of others a count of nought says nothing. */
  kind: KindChoice
}

/** On the circle's picture, which is the same by day and by night. */
const ON_CIRCLE = coloursOf('light').paper
/** A marker needs an icon; a plate has none, and 1 px cannot be tapped beside its label. */
const NO_ICON = { iconPath: '/assets/transparent.png', width: 1, height: 1, anchor: { x: 0.5, y: 0.5 } }
const SQUARE = { iconPath: '/assets/organisation.png', width: TOUCH, height: 54, anchor: { x: 0.5, y: 1 } }
const CIRCLE = { iconPath: '/assets/circle.png', anchor: { x: 0.5, y: 0.5 } }

export function isArea(feature: MapFeature): feature is MapFeature<AreaProperties> {
  return feature.properties.class === 'area'
}

function position({ geometry }: MapFeature): { longitude: number; latitude: number } {
  const [longitude, latitude] = geometry.coordinates
  return { longitude: Math.round(longitude * 1e6) / 1e6, latitude: Math.round(latitude * 1e6) / 1e6 }
}

function screenPoint(view: View, { geometry }: MapFeature): Point {
  return project(view, ...geometry.coordinates)
}

/** 全区, 全县, 全市: by the name's own last character where it says what the area is. */
function wholeOf(name: string, level: Level): string {
  const t = messages('zh').map
  const [last] = name.match(/[区县市旗州省]$/) ?? []
  return last ? `全${last}` : { county: t.extentCounty, city: t.extentCity, province: t.extentProvince }[level]
}

/** On the map an area is called without what it is: Yuhua, not Yuhua District. */
function calledOnMap({ name, name_en: english }: AreaProperties, lang: Language): string {
  if (lang === 'zh' || !english) return name
  return english.replace(/ (District|County|Province|Prefecture|Banner|League|New Area)$/, '')
}

/** What a plate counts, as it is read out. */
function spokenCounts({ counts }: AreaProperties, kind: KindChoice, lang: Language): string {
  const t = messages(lang).map
  const people = formatPeople(counts.person, lang)
  const bodies = fill(t.plateBodies, { bodies: formatBodies(countBodies(counts), lang, true) })
  if (kind === 'person') return people
  return kind === 'bodies' ? bodies : fill(t.plateCounts, { people, bodies })
}

export function plateLabel(area: AreaProperties, lang: Language, kind: KindChoice = 'all'): string {
  const { name, level } = area
  const t = messages(lang).map
  const extent =
    lang === 'zh'
      ? wholeOf(name, level)
      : { county: t.extentCounty, city: t.extentCity, province: t.extentProvince }[level]
  return fill(t.plateLabel, { area: calledOnMap(area, lang), counts: spokenCounts(area, kind, lang), extent })
}

function toPlate(feature: MapFeature<AreaProperties>, view: View, { lang, kind }: Look): Plate {
  const { code, counts } = feature.properties
  const text = formatCountsOf(counts, kind, lang)
  const beside = view.scale >= POINTS_FROM && countBodies(counts) > 0
  return {
    code,
    ...screenPoint(view, feature),
    name: calledOnMap(feature.properties, lang),
    counts:
      view.scale < POINTS_FROM
        ? text
        : beside
          ? fill(messages(lang).map.plateInside, { counts: text })
          : formatPeople(counts.person, lang),
    total: formatNumber(countAll(counts), lang)
  }
}

function plateMarker(
  id: number,
  feature: MapFeature<AreaProperties>,
  lines: string[],
  { lang, colours, textScale, kind }: Look
): MapMarker {
  const { width, height } = plateSize(lines, textScale)
  const label: Label = {
    content: lines.join('\n'),
    color: colours.ink,
    fontSize: FONT_SIZE * textScale,
    anchorX: -Math.round(width / 2),
    anchorY: -Math.round(height / 2),
    bgColor: colours.paper,
    borderColor: colours.area,
    borderWidth: 1,
    borderRadius: 8,
    padding: PADDING,
    textAlign: 'center'
  }
  const ariaLabel = plateLabel(feature.properties, lang, kind)
  return { id, ...position(feature), ...NO_ICON, label, ariaLabel, zIndex: 3 }
}

function clusterMarker(
  id: number,
  feature: MapFeature<ClusterProperties>,
  { lang, textScale, maxScale }: Look & { maxScale: number }
): MapMarker {
  const { count } = feature.properties
  const content = formatNumber(count, lang)
  const t = messages(lang).map
  const label: Label = {
    content,
    color: ON_CIRCLE,
    fontSize: FONT_SIZE * textScale,
    anchorX: -Math.round((textWidth(content) * textScale) / 2),
    anchorY: -9 * textScale,
    textAlign: 'center'
  }
  const words = canExpand(feature.properties, maxScale) ? t.clusterLabel : t.clusterListLabel
  const size = { width: TOUCH * textScale, height: TOUCH * textScale }
  return { id, ...position(feature), ...CIRCLE, ...size, label, ariaLabel: fill(words, { n: content }), zIndex: 2 }
}

/** Whether zooming parts the organisations of a circle on this map. */
export function canExpand({ expansion_zoom }: ClusterProperties, maxScale: number): boolean {
  return expansion_zoom !== null && expansion_zoom <= maxScale
}

/** A notice is told at every zoom, a name only where there is room; '' where there is nothing to say. */
function shownName({ name, notice, source }: EntityProperties, withName: boolean, lang: Language): string {
  const { map: t, common } = messages(lang)
  const short = [...name].slice(0, NAME_LENGTH).join('')
  if (!withName && !notice) return ''
  const text = withName ? (notice ? fill(t.rewardName, { name: short }) : short) : common.reward
  return source === 'demo' ? fill(t.demoName, { name: text }) : text
}

function entityMarker(
  id: number,
  feature: MapFeature<EntityProperties>,
  withName: boolean,
  { lang, colours, textScale }: Look
): MapMarker {
  const { name, notice, source } = feature.properties
  const t = messages(lang).map
  const body = fill(source === 'demo' ? t.bodyLabelDemo : t.bodyLabel, { name })
  const marker: MapMarker = {
    id,
    ...position(feature),
    ...SQUARE,
    ariaLabel: notice ? fill(t.bodyReward, { body }) : body,
    zIndex: 1
  }
  const content = shownName(feature.properties, withName, lang)
  if (!content) return marker
  const fontSize = NAME_FONT * textScale
  const anchorX = -Math.round(textWidth(content, fontSize) / 2) - 3
  const look = {
    color: colours.ink,
    fontSize,
    bgColor: colours.paper,
    borderColor: colours.link,
    borderWidth: 1,
    borderRadius: 4,
    padding: 2
  }
  return { ...marker, label: { content, ...look, anchorX, anchorY: 2, textAlign: 'center' } }
}

/** Names of organisations as far as they do not cover one another, in the order of the features. */
function namesThatFit(
  features: readonly MapFeature<EntityProperties>[],
  view: View,
  { lang, textScale }: Look
): Set<string> {
  const taken: { x: number; y: number; width: number }[] = []
  const named = new Set<string>()
  if (view.scale < NAMES_FROM) return named
  for (const feature of features) {
    const { x, y } = screenPoint(view, feature)
    const width = textWidth(shownName(feature.properties, true, lang), NAME_FONT * textScale) + 10
    const isNear = (other: { x: number; y: number; width: number }) =>
      Math.abs(other.x - x) < (other.width + width) / 2 && Math.abs(other.y - y) < 24 * textScale
    if (taken.some(isNear)) continue
    taken.push({ x, y, width })
    named.add(feature.properties.id)
  }
  return named
}

export interface Scene {
  markers: MapMarker[]
  /** Those nearest the middle first, with a plate or, for want of room, without: outlines are drawn and can be tapped. */
  areas: AreaProperties[]
}

/**
 * Args:
 *   covers: Whether an area's outline is known to be larger than the screen; its plate would float anywhere.
 */
export function toScene(
  features: readonly MapFeature[],
  view: View,
  ids: MarkerIds,
  options: Look & { maxScale: number; covers: (code: string) => boolean }
): Scene {
  const { textScale, covers } = options
  const seen = features.filter((feature) => isOnScreen(view, screenPoint(view, feature)))
  const areas = view.scale < NO_PLATES_FROM ? seen.filter(isArea) : []
  const plated = areas.filter(({ properties }) => !covers(properties.code))
  const plates = plated.map((feature) => toPlate(feature, view, options))
  const forms = choosePlateForms(plates, textScale)
  const entities = seen.filter(
    (feature): feature is MapFeature<EntityProperties> => feature.properties.class === 'entity'
  )
  const clusters = seen.filter(
    (feature): feature is MapFeature<ClusterProperties> => feature.properties.class === 'cluster'
  )
  const names = namesThatFit(entities, view, options)
  const fromMiddle = (feature: MapFeature) => {
    const { x, y } = screenPoint(view, feature)
    return Math.hypot(x - view.size.width / 2, y - view.size.height / 2)
  }
  return {
    areas: [...areas].sort((a, b) => fromMiddle(a) - fromMiddle(b)).map(({ properties }) => properties),
    markers: [
      ...plated.flatMap((feature, index) => {
        const plate = plates[index]
        const form = (plate && forms.get(plate.code)) ?? 'hidden'
        const lines = plate && wholeLines(plate, form, view.size, textScale)
        return lines ? [plateMarker(ids.of({ class: 'area', feature }), feature, lines, options)] : []
      }),
      ...clusters.map((feature) => clusterMarker(ids.of({ class: 'cluster', feature }), feature, options)),
      ...entities.map((feature) =>
        entityMarker(ids.of({ class: 'entity', feature }), feature, names.has(feature.properties.id), options)
      )
    ]
  }
}
