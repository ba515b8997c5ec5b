/** Which plates show how much: a pure function of screen pixels, so that no plate ever covers another. */
import type { Size } from './screen'

/** In the order in which a plate gives way. */
export const PLATE_FORMS = ['full', 'counts', 'total', 'hidden'] as const
export type PlateForm = (typeof PLATE_FORMS)[number]

export interface Plate {
  code: string
  /** The plate's centre, in pixels from the map's top left. */
  x: number
  y: number
  name: string
  counts: string
  total: string
}

export const FONT_SIZE = 13
export const LINE_HEIGHT = 18
export const PADDING = 6
/** Two plates closer than this read as one. */
const GAP = 4
/** What a finger needs, px. Around a plate its outline answers too, but not where another plate would. */
export const TOUCH = 44

interface Box {
  left: number
  top: number
  right: number
  bottom: number
}

/** Chinese characters are as wide as they are high, others a little over half (measured on three common fonts). */
export function textWidth(text: string, fontSize = FONT_SIZE): number {
  let width = 0
  for (const character of text) width += character.charCodeAt(0) > 0x2e7f ? fontSize : fontSize * 0.58
  return width
}

export function plateLines(plate: Plate, form: PlateForm): string[] {
  if (form === 'full') return [plate.name, plate.counts]
  if (form === 'counts') return [plate.counts]
  return form === 'total' ? [plate.total] : []
}

/** As drawn, where the reader has text `textScale` times as large as designed. */
export function plateSize(lines: readonly string[], textScale = 1): { width: number; height: number } {
  return {
    width: Math.max(...lines.map((line) => textWidth(line))) * textScale + 2 * PADDING,
    height: lines.length * LINE_HEIGHT * textScale + 2 * PADDING
  }
}

/** What a plate needs for itself: room to be told apart, and to be hit. */
function boxOf(plate: Plate, form: PlateForm, textScale: number): Box | null {
  const lines = plateLines(plate, form)
  if (lines.length === 0) return null
  const size = plateSize(lines, textScale)
  const [width, height] = [Math.max(size.width + GAP, TOUCH), Math.max(size.height + GAP, TOUCH)]
  return {
    left: plate.x - width / 2,
    right: plate.x + width / 2,
    top: plate.y - height / 2,
    bottom: plate.y + height / 2
  }
}

/**
 * What a plate says that the edge of the screen would not cut: half a plate names nothing. Null where nothing fits; then
 * its outline can be tapped.
 */
export function wholeLines(plate: Plate, form: PlateForm, screen: Size, textScale = 1): string[] | null {
  const isInside = (at: number, half: number, end: number) => at >= half && at <= end - half
  const fits = (lines: readonly string[]) => {
    const { width, height } = plateSize(lines, textScale)
    return isInside(plate.x, width / 2, screen.width) && isInside(plate.y, height / 2, screen.height)
  }
  const forms = PLATE_FORMS.slice(PLATE_FORMS.indexOf(form)).map((one) => plateLines(plate, one))
  return forms.find((lines) => lines.length > 0 && fits(lines)) ?? null
}

function touch(a: Box | null, b: Box | null): boolean {
  if (a === null || b === null) return false
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}

/**
 * Of two plates that touch, the one that still says more gives way by one form; of two equals both do, except that
 * of two bare totals only the later one (by code: never by count, or a small place would look unlisted) is hidden.
 */
function giveWay(forms: number[], first: number, second: number): void {
  const [a, b] = [forms[first] ?? 0, forms[second] ?? 0]
  const total = PLATE_FORMS.indexOf('total')
  if (a === total && b === total) forms[second] = b + 1
  else {
    if (a <= b) forms[first] = a + 1
    if (b <= a) forms[second] = b + 1
  }
}

export function choosePlateForms(plates: readonly Plate[], textScale = 1): Map<string, PlateForm> {
  const ordered = [...plates].sort((a, b) => (a.code < b.code ? -1 : 1))
  const forms = ordered.map(() => 0)
  const formOf = (index: number): PlateForm => PLATE_FORMS[forms[index] ?? 0] ?? 'hidden'
  for (let changed = true; changed; ) {
    changed = false
    for (let second = 1; second < ordered.length; second += 1) {
      for (let first = 0; first < second; first += 1) {
        const [a, b] = [ordered[first], ordered[second]]
        if (!a || !b || !touch(boxOf(a, formOf(first), textScale), boxOf(b, formOf(second), textScale))) continue
        giveWay(forms, first, second)
        changed = true
      }
    }
  }
  return new Map(ordered.map((plate, index) => [plate.code, formOf(index)]))
}
