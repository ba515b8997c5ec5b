import { images } from 'virtual:miniprogram'

/** Path from the program's root of `path` as written in `source` (`pages/x/index`). */
export function programPath(path: string, source: string): string {
  return new URL(path, `http://program/${source}`).pathname
}

/** URL of an image of the program; data and blob URLs stay as they are. */
export function imageUrl(path: string, source: string): string {
  if (/^(data|blob):/.test(path)) return path
  return images[programPath(path, source)] ?? path
}
