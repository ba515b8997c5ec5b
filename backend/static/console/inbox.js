/**
 * What the pages share where officers open what is sealed. Leaving such a page would lock its keys; so its inbox is
 * sorted, searched and turned by fetching it and putting it in place.
 */
import { explain, part } from './desk.js'
import { Refused } from './refused.js'
import { proveLink } from './unlocking.js'

/** Officers are not told of single filings; whoever works here sees new ones within so long. */
const POLL_MS = 600_000
const FOCUSABLE = 'a, button, input:not([type="hidden"]), select'

/** Where a page tells how something went: beside what is opened, else beside the keys. @param {HTMLElement} vault @param {HTMLElement} opened */
export function saying(vault, opened) {
  /** @param {string} text @param {unknown} [error] */
  function say(text, error) {
    const [beside, there] = [part(vault, 'told'), part(opened, 'said')]
    for (const place of [beside, there]) place.replaceChildren()
    const place = opened.hidden ? beside : there
    place.replaceChildren(text)
    if (error instanceof Refused && error.status === 401) place.append(' ', proveLink(vault))
  }

  /** @param {() => Promise<void>} act */
  async function trying(act) {
    try {
      await act()
    } catch (error) {
      say(explain(error), error)
    }
  }

  return { say, trying }
}

/** How something stands, beside what it says. @param {string} base @param {number} number */
export async function findStanding(base, number) {
  const answer = await fetch(`${base}/${number}/standing`, { cache: 'no-store', redirect: 'manual' })
  if (!answer.ok) throw new Refused('answered', answer.status || 401)
  return answer.json()
}

/** Puts the inbox in place as it is now, and whoever works with the keyboard where they were; false where it did not come. */
export async function refresh(address = location.href) {
  const answer = await fetch(address, { cache: 'no-store', redirect: 'manual' }).catch(() => null)
  if (!answer?.ok) return false
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  const [old, fresh] = [document.querySelector('#inbox'), page.querySelector('#inbox')]
  if (!old || !fresh) return false
  for (const stale of document.querySelectorAll('[data-renewed]')) {
    const now = page.querySelector(`#${stale.id}`)
    if (now) stale.replaceWith(document.adoptNode(now))
  }
  const at = Array.prototype.indexOf.call(old.querySelectorAll(FOCUSABLE), document.activeElement)
  old.replaceWith(document.adoptNode(fresh))
  const same = fresh.querySelectorAll(FOCUSABLE)[at]
  if (same instanceof HTMLElement) same.focus({ preventScroll: true })
  return true
}

/** @param {string} address */
async function go(address) {
  if (!(await refresh(address))) throw new Refused('unreachable')
  history.replaceState(null, '', address)
}

/** Whether a link shows this page otherwise, rather than leads to another or to a file. @param {HTMLAnchorElement} link */
function stays(link) {
  const { origin, pathname, searchParams } = new URL(link.href)
  return origin === location.origin && pathname === location.pathname && !searchParams.has('csv')
}

/**
 * Follows what is pressed and sent on the page without leaving it.
 *
 * @param {ReturnType<typeof saying>['trying']} trying
 * @param {(number: number) => Promise<void>} open
 * @param {Record<string, (form: HTMLFormElement) => Promise<void> | void>} acts by the name of their form
 */
export function followInbox(trying, open, acts) {
  document.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target.closest('[data-open], #inbox a') : null
    if (target instanceof HTMLElement && target.dataset.open) {
      const number = Number(target.dataset.open)
      return void trying(() => open(number))
    }
    if (!(target instanceof HTMLAnchorElement) || !stays(target)) return
    event.preventDefault()
    void trying(() => go(target.href))
  })

  document.addEventListener('submit', (event) => {
    const form = event.target
    if (!(form instanceof HTMLFormElement)) return
    const act = acts[form.dataset.part ?? '']
    if (!act && !('stay' in form.dataset)) return
    event.preventDefault()
    void trying(async () => (act ? act(form) : go(addressOf(form))))
  })
  poll()
}

/** @param {HTMLFormElement} form that narrows the inbox */
function addressOf(form) {
  const said = [...new FormData(form)].filter(([, value]) => value !== '')
  return `${location.pathname}?${new URLSearchParams(/** @type {[string, string][]} */ (said))}`
}

/** Asking for what is new must not keep a sign-in alive at an empty desk. */
function poll() {
  let atDesk = true
  for (const kind of ['pointerdown', 'keydown']) {
    document.addEventListener(kind, () => {
      atDesk = true
    })
  }
  setInterval(() => {
    if (atDesk) void refresh()
    atDesk = false
  }, POLL_MS)
}
