const openers = new WeakMap<Element, Element | null>()

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
  dialog.focus({ preventScroll: true })
}

function leave(dialog: HTMLElement): void {
  const opener = openers.get(dialog)
  const isLost = !document.activeElement || document.activeElement === document.body
  if (isLost && opener instanceof HTMLElement && opener.isConnected) opener.focus({ preventScroll: true })
}

/**
 * Give pages' sheets (`aria-role="dialog"`) the focus when they open, and hand it back when they close.
 *
 * WeChat's screen readers do this by themselves; in a browser the reader would stay behind the sheet.
 */
export function followDialogs(root: HTMLElement): void {
  new MutationObserver((changes) => {
    for (const { addedNodes, removedNodes } of changes) {
      dialogsIn(addedNodes).forEach(enter)
      dialogsIn(removedNodes).forEach(leave)
    }
  }).observe(root, { childList: true, subtree: true })
}
