import { api } from './api'

/** A browser gives pages no disk: files live here until they are removed or the page is closed. */
const files = new Map<string, Blob>()

export const env = { USER_DATA_PATH: 'wxfile://usr' }

interface WriteOptions {
  filePath: string
  data: string | ArrayBuffer
  encoding?: 'base64' | 'utf8'
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
}

const manager = {
  writeFile: api('writeFile', ({ filePath, data, encoding = 'utf8' }: WriteOptions) => {
    const isBase64 = typeof data === 'string' && encoding === 'base64'
    files.set(filePath, new Blob([isBase64 ? bytesOf(data) : data]))
    return undefined
  }),
  unlink: api('unlink', ({ filePath }: { filePath: string }) => {
    if (!files.delete(filePath)) throw new Error('no such file or directory')
    return undefined
  })
}

export function getFileSystemManager() {
  return manager
}

export function fileAt(filePath: string): Blob {
  const file = files.get(filePath)
  if (!file) throw new Error('no such file or directory')
  return file
}
