import { imageUrl } from '../../images'
import { writeAttribute } from '../dom'
import type { Label, MarkerData } from './types'

/** An icon this small is only there because WeChat demands one: the label is the marker. */
const NO_ICON_PX = 2
const DEFAULT_ICON_PX = 32
const DEFAULT_LABEL_FONT_PX = 14

function px(value: number | undefined): string {
  return value === undefined ? '' : `${value}px`
}

export function labelElement(label: Label): HTMLElement {
  const element = document.createElement('span')
  element.className = 'wx-marker-label'
  element.textContent = label.content ?? ''
  Object.assign(element.style, {
    color: label.color ?? '',
    fontSize: px(label.fontSize ?? DEFAULT_LABEL_FONT_PX),
    backgroundColor: label.bgColor ?? '',
    border: label.borderWidth ? `${label.borderWidth}px solid ${label.borderColor ?? 'transparent'}` : '',
    borderRadius: px(label.borderRadius),
    padding: px(label.padding),
    textAlign: label.textAlign ?? ''
  })
  return element
}

function iconSize({ width, height }: MarkerData): [number, number] {
  return [width ?? DEFAULT_ICON_PX, height ?? DEFAULT_ICON_PX]
}

function hasIcon(marker: MarkerData): boolean {
  const [width, height] = iconSize(marker)
  return Boolean(marker.iconPath) && width > NO_ICON_PX && height > NO_ICON_PX
}

function iconElement(marker: MarkerData, source: string): HTMLElement {
  const [width, height] = iconSize(marker)
  const image = document.createElement('img')
  image.alt = ''
  image.draggable = false
  image.width = width
  image.height = height
  image.src = imageUrl(marker.iconPath ?? '', source)
  return image
}

/** The label hangs on the icon's box; its anchor counts from the point, which is somewhere inside that box. */
function hang(label: Label, [x, y]: [number, number]): HTMLElement {
  const element = labelElement(label)
  element.style.position = 'absolute'
  element.style.left = `${(label.anchorX ?? 0) - x}px`
  element.style.top = `${(label.anchorY ?? 0) - y}px`
  return element
}

function iconOffset(marker: MarkerData): [number, number] {
  const [width, height] = iconSize(marker)
  const { x, y } = marker.anchor ?? { x: 0.5, y: 1 }
  return [-x * width, -y * height]
}

function contents(marker: MarkerData, source: string): { children: HTMLElement[]; offset: [number, number] } {
  const { label } = marker
  if (label && !hasIcon(marker)) {
    return { children: [labelElement(label)], offset: [label.anchorX ?? 0, label.anchorY ?? 0] }
  }
  const offset = iconOffset(marker)
  const icon = iconElement(marker, source)
  return { children: label ? [icon, hang(label, offset)] : [icon], offset }
}

export function nameOf(marker: MarkerData): string {
  return marker.ariaLabel || marker.label?.content?.replace(/\n/g, ' ') || marker.title || String(marker.id)
}

/** Whether a press on a marker counts as `labeltap`: a label alone is all there is to hit, else it is where fingers land. */
export function isLabelPress(event: MouseEvent, marker: MarkerData): boolean {
  if (!hasIcon(marker)) return Boolean(marker.label)
  return Boolean((event.target as Element).closest('.wx-marker-label'))
}

/** Named by its marker, so that another view of the same map can find whoever stands on it. */
export function newMarkerButton(id: number): HTMLButtonElement {
  const element = document.createElement('button')
  element.type = 'button'
  element.className = 'wx-marker'
  element.dataset.marker = String(id)
  return element
}

/** Draw `marker` into `element`, which stays the same so that it keeps the focus. */
export function drawMarker(element: HTMLButtonElement, marker: MarkerData, source: string): [number, number] {
  const { children, offset } = contents(marker, source)
  element.replaceChildren(...children)
  writeAttribute(element, 'aria-label', nameOf(marker))
  element.style.zIndex = String(marker.zIndex ?? 0)
  for (const child of children) child.style.opacity = String(marker.alpha ?? 1)
  return offset
}
