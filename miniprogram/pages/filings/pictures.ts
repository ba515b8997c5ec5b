/** Photos redrawn on this phone, so that nothing hidden in the file remains, and pictures made of text. */
import { isPrivacyRefusal } from '../../api/privacy'
import { PRINT } from '../../geo/colours'
import { toBytes } from './seal/bytes'
import { PHOTO_STEP } from './seal/photo'

/** Enough to read a receipt by, whatever the camera gives. */
const MAX_PIXELS = 1600
const THUMB_PIXELS = 160
/** Tried in turn until a photo fits. */
const QUALITIES = [0.85, 0.7, 0.5, 0.35, 0.2]
/** A slow connection carries six of them; one byte marks the end of the padding. */
const MAX_BYTES = 4 * PHOTO_STEP - 1

export interface Canvas {
  width: number
  height: number
  createImage(): Picture
  getContext(kind: '2d'): Context
  toDataURL(type: string, quality?: number): string
}

interface Picture {
  width: number
  height: number
  src: string
  onload: () => void
  onerror: () => void
}

export interface Context {
  fillStyle: string
  strokeStyle: string
  lineWidth: number
  font: string
  textBaseline: string
  beginPath(): void
  closePath(): void
  moveTo(x: number, y: number): void
  lineTo(x: number, y: number): void
  arc(x: number, y: number, radius: number, start: number, end: number): void
  fill(rule?: 'evenodd'): void
  stroke(): void
  scale(x: number, y: number): void
  fillRect(x: number, y: number, width: number, height: number): void
  fillText(text: string, x: number, y: number): void
  drawImage(image: Picture, x: number, y: number, width: number, height: number): void
  measureText(text: string): { width: number }
}

export interface RedrawnPhoto {
  jpeg: Uint8Array
  /** A data URI small enough for the screen. */
  thumb: string
}

/** WeChat's typings leave out what its 2D canvas has. */
export function makeCanvas(width: number, height: number): Canvas {
  return wx.createOffscreenCanvas({ type: '2d', width, height }) as unknown as Canvas
}

function bytesOf(dataUri: string): Uint8Array {
  const base64 = dataUri.slice(dataUri.indexOf(',') + 1).replace(/=+$/, '')
  return toBytes(base64.replace(/\+/g, '-').replace(/\//g, '_'))
}

function read(canvas: Canvas, path: string): Promise<Picture> {
  return new Promise((resolve, reject) => {
    const image = canvas.createImage()
    image.onload = () => resolve(image)
    image.onerror = () => reject(new Error('not a picture'))
    image.src = path
  })
}

/** JPEG knows no transparency: what has none is white. */
function draw(image: Picture, most: number): Canvas {
  const scale = Math.min(1, most / Math.max(image.width, image.height))
  const width = Math.max(1, Math.round(image.width * scale))
  const height = Math.max(1, Math.round(image.height * scale))
  const canvas = makeCanvas(width, height)
  const context = canvas.getContext('2d')
  context.fillStyle = PRINT.paper
  context.fillRect(0, 0, width, height)
  context.drawImage(image, 0, 0, width, height)
  return canvas
}

function encode(canvas: Canvas): Uint8Array {
  for (const quality of QUALITIES) {
    const dataUri = canvas.toDataURL('image/jpeg', quality)
    if (!dataUri.startsWith('data:image/jpeg')) throw new Error('no JPEG')
    const jpeg = bytesOf(dataUri)
    if (jpeg.length <= MAX_BYTES) return jpeg
  }
  throw new Error('too large')
}

/** Rejects where the file is no picture that this phone can read. */
export async function redraw(path: string): Promise<RedrawnPhoto> {
  const image = await read(makeCanvas(1, 1), path)
  const jpeg = encode(draw(image, MAX_PIXELS))
  return { jpeg, thumb: draw(image, THUMB_PIXELS).toDataURL('image/jpeg', 0.6) }
}

/** Why a phone gives no pictures: its album is closed to us, or WeChat's privacy agreement was refused. */
export type Refused = 'denied' | 'privacy'

/** Paths of the pictures chosen, empty when none was; or why there are none. */
export function choosePhotos(count: number): Promise<string[] | Refused> {
  return new Promise((resolve) => {
    wx.chooseMedia({
      count,
      mediaType: ['image'],
      sizeType: ['compressed'],
      success: ({ tempFiles }) => resolve(tempFiles.map(({ tempFilePath }) => tempFilePath)),
      fail: (error) => {
        if (/cancel/.test(error.errMsg ?? '')) resolve([])
        else resolve(isPrivacyRefusal(error) ? 'privacy' : 'denied')
      }
    })
  })
}

const PAGE = { width: 1240, margin: 90, size: 40, leading: 64 }
const FONT = 'sans-serif'

/** Breaks anywhere, as Chinese does; a line that is empty stays one. */
function wrap(context: Context, line: string, width: number): string[] {
  const rows = ['']
  for (const character of Array.from(line)) {
    const longer = rows[rows.length - 1] + character
    if (context.measureText(longer).width <= width) rows[rows.length - 1] = longer
    else rows.push(character)
  }
  return rows
}

/** Black on white, as wide as a sheet of A4 at 150 dots an inch. */
export function drawText(lines: readonly string[]): string {
  const measure = makeCanvas(PAGE.width, 1).getContext('2d')
  measure.font = `${PAGE.size}px ${FONT}`
  const rows = lines.flatMap((line) => wrap(measure, line, PAGE.width - 2 * PAGE.margin))
  const canvas = makeCanvas(PAGE.width, 2 * PAGE.margin + rows.length * PAGE.leading)
  const context = canvas.getContext('2d')
  context.fillStyle = PRINT.paper
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.fillStyle = PRINT.ink
  context.font = `${PAGE.size}px ${FONT}`
  context.textBaseline = 'top'
  rows.forEach((row, at) => {
    context.fillText(row, PAGE.margin, PAGE.margin + at * PAGE.leading)
  })
  return canvas.toDataURL('image/png')
}

/** Puts a drawn picture into the album, by a file that is removed again. False where the phone refuses. */
export function saveToAlbum(dataUri: string, name: string): Promise<boolean> {
  const files = wx.getFileSystemManager()
  const filePath = `${wx.env.USER_DATA_PATH}/${name}.png`
  const data = dataUri.slice(dataUri.indexOf(',') + 1)
  return new Promise((resolve) => {
    const finish = (saved: boolean) => {
      files.unlink({ filePath, fail: () => {} })
      resolve(saved)
    }
    files.writeFile({
      filePath,
      data,
      encoding: 'base64',
      success: () => {
        wx.saveImageToPhotosAlbum({ filePath, success: () => finish(true), fail: () => finish(false) })
      },
      fail: () => resolve(false)
    })
  })
}
