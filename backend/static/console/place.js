/** The stated place, drawn on outlines that were loaded before anything was opened: no server hears where it is. */

/** @typedef {[number, number]} Position lon, lat in WGS 84 */
/** @typedef {{ name: string, rings: Position[][] }} Outline */

const SIZE = 360
const MARGIN = 16
/** A county is a hundred kilometres wide; this many of them are one court's. */
const MOST = 40
const SVG = 'http://www.w3.org/2000/svg'

/** @param {string} path */
async function read(path) {
  const answer = await fetch(path)
  return answer.ok ? answer.json() : null
}

/** @param {any} geometry @returns {Position[][]} */
function ringsOf(geometry) {
  if (geometry?.type === 'Polygon') return geometry.coordinates
  return geometry?.type === 'MultiPolygon' ? geometry.coordinates.flat() : []
}

/** The court's area and what lies directly in it: always all of them, whatever is opened later. @param {string} area @returns {Promise<Outline[]>} */
export async function loadOutlines(area) {
  const below = (await read(`/v1/areas?parent=${encodeURIComponent(area)}`)) ?? []
  const codes = [area, ...below.map((/** @type {{ code: string }} */ { code }) => code)].slice(0, MOST)
  const features = await Promise.all(codes.map((code) => read(`/v1/areas/${encodeURIComponent(code)}/outline?zoom=9`)))
  return features
    .map((feature) => ({ name: String(feature?.properties?.name ?? ''), rings: ringsOf(feature?.geometry) }))
    .filter(({ rings }) => rings.length)
}

/** @param {Position[]} ring @param {Position} position */
function crosses(ring, [lon, lat]) {
  let inside = false
  ring.forEach(([x, y], at) => {
    const [nextX, nextY] = ring[(at + 1) % ring.length]
    if (y > lat !== nextY > lat && lon < ((nextX - x) * (lat - y)) / (nextY - y) + x) inside = !inside
  })
  return inside
}

/** The smallest outline around a position. @param {Outline[]} outlines @param {Position} position */
export function outlineAround(outlines, position) {
  const around = outlines.filter(({ rings }) => rings.filter((ring) => crosses(ring, position)).length % 2)
  return around.at(-1) ?? null
}

/** What a letter says of a point, as numbers; null where it says none, or nonsense. @param {unknown} point @returns {Position | null} */
export function positionOf(point) {
  if (!Array.isArray(point) || point.length !== 2) return null
  const [lon, lat] = point.map((one) =>
    typeof one === 'string' && /^-?\d{1,3}(\.\d{1,6})?$/.test(one) ? Number(one) : NaN
  )
  return Math.abs(lon) <= 180 && Math.abs(lat) <= 85 ? [lon, lat] : null
}

/** @param {string} name @param {Record<string, string | number>} attributes */
function shape(name, attributes) {
  const made = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value))
  return made
}

/** A picture of an outline with a cross at a position. @param {Outline} outline @param {Position} position @param {string} label */
export function draw({ rings }, [lon, lat], label) {
  const all = rings.flat()
  const [west, east] = [Math.min(...all.map(([x]) => x)), Math.max(...all.map(([x]) => x))]
  const [south, north] = [Math.min(...all.map(([, y]) => y)), Math.max(...all.map(([, y]) => y))]
  // A degree of longitude is shorter than one of latitude by this; good enough over one county.
  const narrow = Math.cos((((south + north) / 2) * Math.PI) / 180)
  const scale = (SIZE - 2 * MARGIN) / Math.max((east - west) * narrow, north - south)
  /** @param {Position} position */
  const project = ([x, y]) => [MARGIN + (x - west) * narrow * scale, MARGIN + (north - y) * scale]
  const drawn = rings.map(
    (ring) =>
      `M${ring
        .map((one) =>
          project(one)
            .map((n) => n.toFixed(1))
            .join()
        )
        .join('L')}Z`
  )
  const picture = shape('svg', {
    viewBox: `0 0 ${SIZE} ${SIZE}`,
    width: SIZE,
    height: SIZE,
    role: 'img',
    class: 'sketch'
  })
  const [x, y] = project([lon, lat])
  const title = document.createElementNS(SVG, 'title')
  title.textContent = label
  picture.append(
    title,
    shape('path', { d: drawn.join(''), class: 'outline', 'fill-rule': 'evenodd' }),
    shape('path', { d: `M${x - 8},${y}H${x + 8}M${x},${y - 8}V${y + 8}`, class: 'cross' }),
    shape('circle', { cx: x, cy: y, r: 5, class: 'cross' })
  )
  return picture
}
