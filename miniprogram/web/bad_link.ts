import { home } from './routes'
import { goHome } from './shell_actions'
import { word } from './words'

const page = document.createElement('main')

function fill(): void {
  const text = document.createElement('p')
  text.textContent = word('badLink')
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'wx-primary'
  button.textContent = word('toMap')
  button.addEventListener('click', () => goHome(home))
  page.className = 'wx-bad-link'
  page.replaceChildren(text, button)
}

/** The host's own page for an address that no page has; the server answers 404 beside it. */
export function showBadLink(container: HTMLElement, isShown: boolean): void {
  if (!isShown) {
    page.remove()
    return
  }
  fill()
  container.append(page)
}
