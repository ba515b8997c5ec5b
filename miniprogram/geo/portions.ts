/** One `setData` should stay under 50 KB; this leaves room for its frame. Bytes, since WeChat carries it over as UTF-8. */
const PORTION_BYTES = 45000

/** Where each item travels under a path of its own, such as `"markers[1234]":`. */
const PATH_BYTES = 24

/** Of a value as JSON in UTF-8; WeChat's logic layer has no TextEncoder. */
export function bytesOf(value: unknown): number {
  let bytes = 0
  for (const character of JSON.stringify(value) ?? '') {
    const code = character.codePointAt(0) ?? 0
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return bytes
}

/** A list in portions that may cross to the page's view one by one; something larger crosses alone. */
export function inPortions<T>(items: readonly T[]): T[][] {
  const portions: T[][] = [[]]
  let bytes = 0
  for (const item of items) {
    const size = bytesOf(item) + PATH_BYTES
    const last = portions[portions.length - 1] ?? []
    if (last.length > 0 && bytes + size > PORTION_BYTES) {
      portions.push([item])
      bytes = size
    } else {
      last.push(item)
      bytes += size
    }
  }
  return portions
}

type Show = (change: Record<string, unknown>) => void

/** Adds to a list of a page's data, of which `start` are there: what the view has is not carried over again. */
export function append<T>(name: string, start: number, items: readonly T[], show: Show): void {
  let at = start
  for (const portion of inPortions(items)) {
    if (portion.length > 0) show(Object.fromEntries(portion.map((item, index) => [`${name}[${at + index}]`, item])))
    at += portion.length
  }
}

/** Gives a list to a page's view in steps that WeChat carries over without stutter. */
export function handOver<T>(name: string, items: readonly T[], show: Show): void {
  const [first = []] = inPortions(items)
  show({ [name]: first })
  append(name, first.length, items.slice(first.length), show)
}
