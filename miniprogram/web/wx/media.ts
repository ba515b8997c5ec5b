import { api } from './api'
import { fileAt } from './files'

interface ChooseOptions {
  count?: number
}

interface CanvasOptions {
  width: number
  height: number
}

/** WeChat's default. */
const DEFAULT_COUNT = 9
/** Long enough for a browser to have read what it downloads. */
const DOWNLOAD_MS = 10_000

/** The browser's own picker; its `cancel` event tells that somebody changed his mind. */
function pickFiles(): Promise<File[]> {
  const field = document.createElement('input')
  field.type = 'file'
  field.accept = 'image/*'
  field.multiple = true
  return new Promise((resolve, reject) => {
    field.addEventListener('change', () => resolve([...(field.files ?? [])]))
    field.addEventListener('cancel', () => reject(new Error('cancel')))
    field.click()
  })
}

/** Pictures only. `tempFilePath` is an address of this document's own memory and ends with it. */
export const chooseMedia = api('chooseMedia', async ({ count = DEFAULT_COUNT }: ChooseOptions) => {
  const chosen = (await pickFiles()).slice(0, count)
  const tempFiles = chosen.map((file) => ({
    tempFilePath: URL.createObjectURL(file),
    size: file.size,
    fileType: 'image'
  }))
  return { tempFiles, type: 'image' }
})

/** A canvas outside the document, with WeChat's way of making its pictures. */
export function createOffscreenCanvas({ width, height }: CanvasOptions) {
  const canvas = document.createElement('canvas')
  return Object.assign(canvas, { width, height, createImage: () => new Image() })
}

/** In a browser the album is the folder of downloads. */
export const saveImageToPhotosAlbum = api('saveImageToPhotosAlbum', ({ filePath }: { filePath: string }) => {
  const url = URL.createObjectURL(fileAt(filePath))
  const link = document.createElement('a')
  link.href = url
  link.download = filePath.split('/').pop() ?? ''
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), DOWNLOAD_MS)
  return undefined
})
