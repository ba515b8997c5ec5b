import { app, type TabItem } from 'virtual:miniprogram'
import { showBadLink } from './bad_link'
import { writeAttribute } from './components/dom'
import { imageUrl } from './images'
import type { Page } from './page'
import { home, isTab, webUrl } from './routes'
import { goBack, goHome, openTab } from './shell_actions'
import { currentPage, mountStack } from './stack'
import { language, word } from './words'

const bar = document.createElement('header')
const title = document.createElement('h1')
const back = document.createElement('button')
const tabBar = document.createElement('nav')
const stack = document.createElement('div')
let canReturn = false
const tabItems: TabItem[] = (app.tabBar?.list ?? []).map((tab) => ({ ...tab }))

function icon(path: string | undefined): HTMLImageElement | null {
  if (!path) return null
  const img = document.createElement('img')
  img.alt = ''
  img.src = imageUrl(`/${path.replace(/^\//, '')}`, '')
  return img
}

function tabLink(tab: TabItem, isCurrent: boolean): HTMLAnchorElement {
  const link = document.createElement('a')
  link.href = webUrl(`/${tab.pagePath}`, '') ?? '/'
  writeAttribute(link, 'aria-current', isCurrent ? 'page' : null)
  const image = icon(isCurrent ? (tab.selectedIconPath ?? tab.iconPath) : tab.iconPath)
  link.append(...(image ? [image] : []), tab.text)
  link.addEventListener('click', (event) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    openTab(`/${tab.pagePath}`)
  })
  return link
}

function showTabs(page: Page | null): void {
  writeAttribute(tabBar, 'aria-label', word('tabs'))
  const path = page?.address.path
  tabBar.hidden = !path || !isTab(path)
  tabBar.replaceChildren(...tabItems.map((tab) => tabLink(tab, tab.pagePath === path)))
}

function showTitle(page: Page | null): void {
  const text = page?.title || word('title')
  title.textContent = text
  document.title = text
}

/** The page's ground goes on beyond its column. */
function extendGround(page: Page): void {
  page.frame.style.backgroundColor = getComputedStyle(page.main).backgroundColor
}

/** WeChat shows a house instead of an arrow on a page opened from outside. */
function showBack(page: Page | null, canGoBack: boolean): void {
  back.hidden = !canGoBack && (!page || isTab(page.address.path))
  back.className = canGoBack ? 'wx-back' : 'wx-home'
  writeAttribute(back, 'aria-label', word(canGoBack ? 'back' : 'home'))
  back.onclick = canGoBack ? goBack : () => goHome(home)
}

export function updateShell(page: Page | null, canGoBack: boolean): void {
  canReturn = canGoBack
  document.documentElement.lang = language() === 'zh' ? 'zh-CN' : 'en'
  bar.hidden = page?.hasOwnBar ?? false
  showBack(page, canGoBack)
  showTitle(page)
  showTabs(page)
  showBadLink(stack, page === null)
  if (!page) return
  page.frame.toggleAttribute('data-tab', isTab(page.address.path))
  page.frame.toggleAttribute('data-own-bar', page.hasOwnBar)
  extendGround(page)
}

export function setTitle(text: string): void {
  const page = currentPage()
  page?.setTitle(text)
  showTitle(page)
}

export function setTabItem(index: number, change: Partial<TabItem>): void {
  if (!tabItems[index]) throw new Error(`no tab ${index}`)
  Object.assign(tabItems[index], change)
  // a page changes the tabs' texts when the reader changes the language
  updateShell(currentPage(), canReturn)
}

export function mountShell(root: HTMLElement): void {
  root.dataset.style = app.style ?? ''
  bar.className = 'wx-bar'
  tabBar.className = 'wx-tabs'
  stack.className = 'wx-stack'
  back.type = 'button'
  bar.append(back, title)
  root.append(bar, stack, tabBar)
  mountStack(stack)
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
    const page = currentPage()
    if (page) extendGround(page)
  })
}
