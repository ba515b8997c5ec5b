/** The sketch as a picture. */
import { coloursOf, currentTheme, type MapColours } from '../../../geo/colours'
import type { Point } from '../../../geo/screen'
import { type Canvas, type Context, makeCanvas } from '../pictures'
import { linesOf, type Sketch, scaleBarOf } from './sketch'

const EDGE = 12

export interface SketchWords {
  north: string
  /** With the number of kilometres. */
  scale: string
}

function trace(context: Context, sketch: Sketch): void {
  context.beginPath()
  for (const [first, ...rest] of linesOf(sketch)) {
    if (!first) continue
    context.moveTo(first.x, first.y)
    for (const { x, y } of rest) context.lineTo(x, y)
    context.closePath()
  }
}

/** Grey-green means "area", blue "yours to tap". */
function drawOutline(context: Context, sketch: Sketch, colours: MapColours): void {
  trace(context, sketch)
  context.fillStyle = colours.areaTint
  context.fill('evenodd')
  context.strokeStyle = colours.area
  context.lineWidth = 1.5
  context.stroke()
}

function drawLegend(context: Context, sketch: Sketch, { north, scale }: SketchWords, ink: string): void {
  const { size } = sketch.view
  const { pixels } = scaleBarOf(sketch)
  const y = size.height - EDGE
  context.fillStyle = ink
  context.font = '13px sans-serif'
  context.textBaseline = 'top'
  context.fillText(`↑ ${north}`, EDGE, EDGE)
  context.fillRect(EDGE, y - 2, pixels, 2)
  context.textBaseline = 'bottom'
  context.fillText(scale, EDGE, y - 5)
}

function drawMark(context: Context, { x, y }: Point, { link, paper }: MapColours): void {
  context.beginPath()
  context.arc(x, y, 8, 0, 2 * Math.PI)
  context.fillStyle = link
  context.fill()
  context.lineWidth = 3
  context.strokeStyle = paper
  context.stroke()
}

/** A data URI, sharp on this screen and in its colours. */
export function drawSketch(sketch: Sketch, mark: Point | null, words: SketchWords, pixelRatio: number): string {
  const { width, height } = sketch.view.size
  const colours = coloursOf(currentTheme())
  const canvas: Canvas = makeCanvas(Math.round(width * pixelRatio), Math.round(height * pixelRatio))
  const context = canvas.getContext('2d')
  context.scale(pixelRatio, pixelRatio)
  context.fillStyle = colours.ground
  context.fillRect(0, 0, width, height)
  drawOutline(context, sketch, colours)
  drawLegend(context, sketch, words, colours.ink)
  if (mark) drawMark(context, mark, colours)
  return canvas.toDataURL('image/png')
}
