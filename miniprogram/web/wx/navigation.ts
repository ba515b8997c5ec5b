import { navigateBack, navigateTo, redirectTo, reLaunch, switchTab } from '../navigation'
import { setTabItem, setTitle } from '../shell'
import { currentPage } from '../stack'
import { api } from './api'

interface UrlOptions {
  url: string
}

interface TabItemOptions {
  index: number
  text?: string
  iconPath?: string
  selectedIconPath?: string
}

function opens(name: string, open: (url: string) => Promise<void>) {
  return api(name, ({ url }: UrlOptions) => open(url) as Promise<undefined>)
}

function withoutUndefined<T extends object>(options: T): Partial<T> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Partial<T>
}

function scrollPage({ scrollTop, selector, duration }: { scrollTop?: number; selector?: string; duration?: number }) {
  const page = currentPage()
  if (!page) return undefined
  const isStill = duration === 0 || matchMedia('(prefers-reduced-motion: reduce)').matches
  const behavior = isStill ? 'auto' : 'smooth'
  const target = selector?.startsWith('#') && page.main.querySelector(`[id$="--${selector.slice(1)}"]`)
  if (target) target.scrollIntoView({ behavior, block: 'start' })
  else page.frame.scrollTo({ top: scrollTop ?? 0, behavior })
  return undefined
}

export const navigation = {
  navigateTo: opens('navigateTo', navigateTo),
  redirectTo: opens('redirectTo', redirectTo),
  switchTab: opens('switchTab', switchTab),
  reLaunch: opens('reLaunch', reLaunch),
  navigateBack: api('navigateBack', ({ delta }: { delta?: number }) => navigateBack(delta) as Promise<undefined>),
  setNavigationBarTitle: api('setNavigationBarTitle', ({ title }: { title: string }) => {
    setTitle(title)
    return undefined
  }),
  setTabBarItem: api('setTabBarItem', ({ index, text, iconPath, selectedIconPath }: TabItemOptions) => {
    setTabItem(index, withoutUndefined({ text, iconPath, selectedIconPath }))
    return undefined
  }),
  pageScrollTo: api('pageScrollTo', scrollPage)
}
