/** What the strip below the map and the sheet of one area say. */
import { type Area, countAll, countBodies } from '../../../api/areas'
import { changesCounts, type Filter } from '../../../api/filter'
import { fillCounts, formatCounts, formatCountsOf, formatNumber, formatRecent } from '../../../i18n/format'
import { fill, type Language, messages } from '../../../i18n/index'

export interface StripView {
  code: string
  name: string
  /** Name and counts, for one line where there is room. */
  parts: string[]
  note: string
}

function placementNote({ counts, placed_by, level }: Area, lang: Language): string {
  const t = messages(lang).map
  if (counts.person === 0) return t.noPositions
  const method = placed_by.court_area >= placed_by.county ? t.mostlyCourt : t.mostlyFile
  return fillCounts(level === 'county' ? t.stripCounty : t.stripWider, { n: formatNumber(counts.person, lang), method })
}

/** Without a list loaded nobody can say that nothing is published. */
function nothingText({ name, as_of }: Area, lang: Language): string {
  const t = messages(lang).map
  return as_of === null ? t.noData : fill(t.empty, { area: name })
}

export function toStrip(area: Area, filter: Filter, lang: Language): StripView {
  const t = messages(lang).map
  const { code, name, counts } = area
  if (countAll(counts) === 0) return { code, name, parts: [nothingText(area, lang)], note: t.noPositions }
  const note = placementNote(area, lang)
  return {
    code,
    name,
    parts: fill(t.strip, { area: name, counts: formatCountsOf(counts, filter.kind, lang, true) }).split(' · '),
    note: changesCounts(filter) ? `${t.beforeFilter} ${note}` : note
  }
}

export interface AreaSheetView {
  code: string
  name: string
  counts: string
  recent: string
  note: string
  asOf: string
  hasBodies: boolean
}

export const NO_SHEET: AreaSheetView = {
  code: '',
  name: '',
  counts: '',
  recent: '',
  note: '',
  asOf: '',
  hasBodies: false
}

export function toAreaSheet(area: Area, lang: Language): AreaSheetView {
  const t = messages(lang).map
  const { code, name, counts, recent, as_of } = area
  const numbers = { added: formatRecent(recent.added, lang), removed: formatRecent(recent.removed, lang) }
  return {
    code,
    name,
    counts: countAll(counts) === 0 ? nothingText(area, lang) : formatCounts(counts, lang, true),
    recent: fill(t.recent, numbers),
    note: placementNote(area, lang),
    asOf: as_of ?? '',
    hasBodies: countBodies(counts) > 0
  }
}
