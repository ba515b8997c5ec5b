const openers = new WeakMap<Element, Element | null>()

const FOCUSABLE = 'a[href],button:not(:disabled),input:not(:disabled),select,textarea,[tabindex="0"]'

function isShown(element: HTMLElement): boolean {
  return element.getClientRects().length > 0
}

function dialogsIn(nodes: NodeList): HTMLElement[] {
  return [...nodes].flatMap((node) => {
    if (!(node instanceof HTMLElement)) return []
    const inside = [...node.querySelectorAll<HTMLElement>('[role="dialog"]')]
    return node.matches('[role="dialog"]') ? [node, ...inside] : inside
  })
}

function enter(dialog: HTMLElement): void {
  openers.set(dialog, document.activeElement)
  dialog.tabIndex = -1
  dialog.ariaModal = 'true'
  dialog.focus({ preventScroll: true })
}

function leave(dialog: HTMLElement): void {
  const opener = openers.get(dialog)
  const isLost = !document.activeElement || document.activeElement === document.body
  if (isLost && opener instanceof HTMLElement && opener.isConnected) opener.focus({ preventScroll: true })
}

/** The sheet the reader is in; a sheet of a page that is kept hidden is none. */
function openDialog(root: HTMLElement): HTMLElement | undefined {
  const dialogs = [...root.querySelectorAll<HTMLElement>('[role="dialog"]')]
  return dialogs.reverse().find(isShown)
}

/** From the last element on to the first, and back: behind the sheet there is nothing to reach. */
function keepInside(dialog: HTMLElement, event: KeyboardEvent): void {
  const stops = [...dialog.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(isShown)
  const [first, last] = [stops[0], stops[stops.length - 1]]
  if (!first || !last) return
  const at = document.activeElement
  const isOutside = !dialog.contains(at)
  if (event.shiftKey ? at === first || at === dialog || isOutside : at === last || isOutside) {
    event.preventDefault()
    ;(event.shiftKey ? last : first).focus()
  }
}

function onKeyDown(root: HTMLElement, event: KeyboardEvent): void {
  if (event.key !== 'Escape' && event.key !== 'Tab') return
  const dialog = openDialog(root)
  if (!dialog) return
  if (event.key === 'Tab') keepInside(dialog, event)
  // a sheet's first button is the one that closes it
  else dialog.querySelector('button')?.click()
}

/**
 * Give pages' sheets (`aria-role="dialog"`) the focus when they open, keep it inside, close them on Escape by their
 * first button, and hand the focus back.
 *
 * WeChat's screen readers do this by themselves; in a browser the reader would stay behind the sheet.
 */
export function followDialogs(root: HTMLElement): void {
  root.ownerDocument.addEventListener('keydown', (event) => onKeyDown(root, event))
  new MutationObserver((changes) => {
    for (const { addedNodes, removedNodes } of changes) {
      dialogsIn(addedNodes).forEach(enter)
      dialogsIn(removedNodes).forEach(leave)
    }
  }).observe(root, { childList: true, subtree: true })
}
