/** One `setData` should stay under 50 KB; this leaves room for its frame. */
const PORTION_CHARACTERS = 45000

/** A list in portions that may cross to the page's view one by one; something larger crosses alone. */
export function inPortions<T>(items: readonly T[]): T[][] {
  const portions: T[][] = [[]]
  let characters = 0
  for (const item of items) {
    const size = JSON.stringify(item).length
    const last = portions[portions.length - 1] ?? []
    if (last.length > 0 && characters + size > PORTION_CHARACTERS) {
      portions.push([item])
      characters = size
    } else {
      last.push(item)
      characters += size
    }
  }
  return portions
}

/** Gives a list to a page's view in steps that WeChat carries over without stutter. */
export function handOver<T>(name: string, items: readonly T[], show: (change: Record<string, unknown>) => void): void {
  const [first = [], ...rest] = inPortions(items)
  show({ [name]: first })
  let start = first.length
  for (const portion of rest) {
    show(Object.fromEntries(portion.map((item, index) => [`${name}[${start + index}]`, item])))
    start += portion.length
  }
}
