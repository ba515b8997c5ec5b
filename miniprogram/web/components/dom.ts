const plainSet = Element.prototype.setAttribute
const plainRemove = Element.prototype.removeAttribute

/** Write a DOM attribute as it is, past the routing of element.ts; null removes it. */
export function writeAttribute(element: Element, name: string, value: string | null): void {
  if (value === null) plainRemove.call(element, name)
  else plainSet.call(element, name, value)
}
