/**
 * Runs before everything else, and alone: asks for what the map will ask for first, so that the browser holds the answers
 * when the pages have come. They may be kept for half a minute, as the API says.
 */
const wanted = document.querySelector<HTMLMetaElement>('meta[name=early]')?.content ?? ''

/** Who comes back opens where they left off, and needs no home area; a browser may refuse to say. */
function hasPlace(): boolean {
  try {
    return location.search !== '' || localStorage.getItem('wx:map-view') !== null
  } catch {
    return false
  }
}

const [site, ...home] = wanted.split(' ').filter(Boolean)
for (const path of site ? [site, ...(hasPlace() ? [] : home)] : []) fetch(path, { credentials: 'omit' }).catch(() => {})

export {}
