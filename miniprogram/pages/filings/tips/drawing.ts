/** The sketch as a picture. */
import type { Point } from '../../../geo/screen'
import { type Canvas, type Context, makeCanvas } from '../pictures'
import { linesOf, type Sketch, scaleBarOf } from './sketch'

/** Grey-green means "area", blue "yours to tap"; always on light ground, like paper. */
const GROUND = '#f4f6f5'
const FILL = '#d7e3dd'
const STROKE = '#3c6656'
const INK = '#1c2521'
const MARK = '#1558b0'
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

function drawOutline(context: Context, sketch: Sketch): void {
  trace(context, sketch)
  context.fillStyle = FILL
  context.fill('evenodd')
  context.strokeStyle = STROKE
  context.lineWidth = 1.5
  context.stroke()
}

function drawLegend(context: Context, sketch: Sketch, { north, scale }: SketchWords): void {
  const { size } = sketch.view
  const { pixels } = scaleBarOf(sketch)
  const y = size.height - EDGE
  context.fillStyle = INK
  context.font = '13px sans-serif'
  context.textBaseline = 'top'
  context.fillText(`↑ ${north}`, EDGE, EDGE)
  context.fillRect(EDGE, y - 2, pixels, 2)
  context.textBaseline = 'bottom'
  context.fillText(scale, EDGE, y - 5)
}

function drawMark(context: Context, { x, y }: Point): void {
  context.beginPath()
  context.arc(x, y, 8, 0, 2 * Math.PI)
  context.fillStyle = MARK
  context.fill()
  context.lineWidth = 3
  context.strokeStyle = '#ffffff'
  context.stroke()
}

/** A data URI, sharp on this screen. */
export function drawSketch(sketch: Sketch, mark: Point | null, words: SketchWords, pixelRatio: number): string {
  const { width, height } = sketch.view.size
  const canvas: Canvas = makeCanvas(Math.round(width * pixelRatio), Math.round(height * pixelRatio))
  const context = canvas.getContext('2d')
  context.scale(pixelRatio, pixelRatio)
  context.fillStyle = GROUND
  context.fillRect(0, 0, width, height)
  drawOutline(context, sketch)
  drawLegend(context, sketch, words)
  if (mark) drawMark(context, mark)
  return canvas.toDataURL('image/png')
}
