/** Pictures added to a filing, each redrawn on this phone. */
import { choosePhotos, type RedrawnPhoto, type Refused, redraw } from './pictures'
import { MAX_PHOTOS } from './seal/photo'

export interface Album {
  photos: RedrawnPhoto[]
  problem: '' | Refused | 'failed'
}

/** What cannot be read is left out and told. `started` is called once pictures are chosen. */
export async function addPhotos(held: readonly RedrawnPhoto[], started: () => void): Promise<Album> {
  const left = MAX_PHOTOS - held.length
  const paths = await choosePhotos(left)
  if (!Array.isArray(paths)) return { photos: [...held], problem: paths }
  started()
  const photos = [...held]
  let problem: Album['problem'] = ''
  for (const path of paths.slice(0, left)) {
    const photo = await redraw(path).catch(() => null)
    if (photo) photos.push(photo)
    else problem = 'failed'
  }
  return { photos, problem }
}
