/** In which order the Tab key goes through what stands on a map. */

/** Less apart than this, in px, counts as one line. */
const LINE_PX = 48

/** Line by line, each from left to right. */
export function inReadingOrder<T>(items: T[], placeOf: (item: T) => { x: number; y: number }): T[] {
  const place = new Map(
    items.map((one) => {
      const { x, y } = placeOf(one)
      return [one, { line: Math.floor(y / LINE_PX), x }]
    })
  )
  const at = (one: T) => place.get(one) ?? { line: 0, x: 0 }
  return [...items].sort((a, b) => at(a).line - at(b).line || at(a).x - at(b).x)
}

/** Put elements in order without moving the focused one: a moved element loses the focus. */
export function reorder(elements: HTMLElement[]): void {
  const parent = elements[0]?.parentElement
  const isOrdered = elements.every((element, i) => i === 0 || elements[i - 1].nextElementSibling === element)
  if (!parent || isOrdered) return
  const focused = elements.indexOf(document.activeElement as HTMLElement)
  for (const element of elements.slice(0, Math.max(focused, 0))) parent.insertBefore(element, elements[focused])
  for (const element of elements.slice(focused + 1)) parent.append(element)
}
