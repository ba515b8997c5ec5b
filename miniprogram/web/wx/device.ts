import { currentPage } from '../stack'
import { systemLanguage } from '../words'
import { api } from './api'

const darkMode = matchMedia('(prefers-color-scheme: dark)')

function theme(): 'dark' | 'light' {
  return darkMode.matches ? 'dark' : 'light'
}

/** A base library version that has every API of this host; pages ask through canIUse or compare versions. */
const SDK_VERSION = '3.7.0'

export function getAppBaseInfo() {
  return {
    SDKVersion: SDK_VERSION,
    version: SDK_VERSION,
    language: systemLanguage(),
    theme: theme(),
    enableDebug: false,
    /** The reader's own size of text, px. */
    get fontSizeSetting() {
      return Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
    }
  }
}

export function getWindowInfo() {
  const frame = currentPage()?.frame
  return {
    pixelRatio: devicePixelRatio,
    screenWidth: screen.width,
    screenHeight: screen.height,
    windowWidth: frame?.clientWidth || innerWidth,
    windowHeight: frame?.clientHeight || innerHeight,
    statusBarHeight: 0,
    screenTop: 0,
    safeArea: { left: 0, top: 0, right: innerWidth, bottom: innerHeight, width: innerWidth, height: innerHeight }
  }
}

export function getDeviceInfo() {
  return { brand: 'browser', model: 'browser', platform: 'web', system: navigator.platform, benchmarkLevel: -1 }
}

export function getSystemInfoSync() {
  return { ...getDeviceInfo(), ...getWindowInfo(), ...getAppBaseInfo() }
}

type ThemeListener = (result: { theme: 'dark' | 'light' }) => void

const themeListeners = new Set<ThemeListener>()

darkMode.addEventListener('change', () => {
  for (const listener of themeListeners) listener({ theme: theme() })
})

export function onThemeChange(listener: ThemeListener): void {
  themeListeners.add(listener)
}

export function offThemeChange(listener?: ThemeListener): void {
  if (listener) themeListeners.delete(listener)
  else themeListeners.clear()
}

export const makePhoneCall = api('makePhoneCall', ({ phoneNumber }: { phoneNumber: string }) => {
  const link = document.createElement('a')
  link.href = `tel:${phoneNumber.replace(/[^\d+*#,]/g, '')}`
  link.click()
  return undefined
})

export function getUserCryptoManager() {
  return {
    getRandomValues: api('getRandomValues', ({ length }: { length: number }) => {
      return { randomValues: crypto.getRandomValues(new Uint8Array(length)).buffer }
    })
  }
}
