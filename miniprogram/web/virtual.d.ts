/** What web/build generates from app.json, WXML and the pages' modules. */
declare module 'virtual:miniprogram' {
  export interface TabItem {
    pagePath: string
    text: string
    iconPath?: string
    selectedIconPath?: string
  }

  export interface WindowConfig {
    navigationBarTitleText?: string
    navigationStyle?: 'default' | 'custom'
    onReachBottomDistance?: number
    disableScroll?: boolean
  }

  export interface UnitConfig extends WindowConfig {
    component?: boolean
    usingComponents?: Record<string, string>
    styleIsolation?: string
  }

  export interface Unit {
    isPage: boolean
    scope: string
    config: UnitConfig
    hasMap: boolean
    run(): void
  }

  export const app: {
    pages: string[]
    window?: WindowConfig
    usingComponents?: Record<string, string>
    tabBar?: { list: TabItem[] }
    style?: string
  }
  /** Web path to page path: `/entities/list` to `pages/entities/list/index`. */
  export const routes: Record<string, string>
  /** Path in the program to hashed URL. */
  export const images: Record<string, string>
  /** URLs of MapLibre's worker and style sheet. */
  export const mapFiles: { worker: string; css: string }
  export const templates: Record<string, unknown>
  export const units: Record<string, Unit>
  export function runApp(): void
}
