import { addressOfLocation, home } from './routes'
import { currentPage } from './stack'

interface AppObject {
  globalData?: unknown
  onLaunch?(options: LaunchOptions): void
  onShow?(options: LaunchOptions): void
  onHide?(): void
  [name: string]: unknown
}

export interface LaunchOptions {
  path: string
  query: Record<string, string>
  scene: number
  referrerInfo: Record<string, never>
}

/** WeChat's scene number of a program opened from the list of programs: the nearest thing to a browser. */
const SCENE = 1001

let app: AppObject = {}
let options: LaunchOptions

/** The `App({…})` of app.ts. */
export function defineApp(definition: AppObject): void {
  app = definition
}

export function getApp(): AppObject {
  return app
}

export function launchOptions(): LaunchOptions {
  if (!options) {
    const address = addressOfLocation()
    options = { path: address?.path ?? home, query: address?.query ?? {}, scene: SCENE, referrerInfo: {} }
  }
  return options
}

/** A browser's hidden tab is WeChat's program in the background. */
function onVisibilityChange(): void {
  if (document.hidden) {
    currentPage()?.tell('onHide', 'hide')
    app.onHide?.()
  } else {
    app.onShow?.(launchOptions())
    currentPage()?.tell('onShow', 'show')
  }
}

export function startApp(): void {
  app.onLaunch?.(launchOptions())
  app.onShow?.(launchOptions())
  document.addEventListener('visibilitychange', onVisibilityChange)
}
