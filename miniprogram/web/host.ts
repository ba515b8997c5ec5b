import { app, templates, type Unit, units } from 'virtual:miniprogram'
import { type GeneralComponent, globalOptions } from 'glass-easel'
import { MiniProgramEnv } from 'glass-easel-miniprogram-adapter'
import { HtmlBackend } from './backend'
import { hostBehavior } from './host_behavior'
import { programPath } from './images'

// Labels and aria references need ids in the DOM; glass-easel prefixes them per page instance.
globalOptions.writeIdToDOM = true

const env = new MiniProgramEnv()
const space = env.createCodeSpace('', true)
space.setOverallBehavior(hostBehavior(space.getComponentSpace()))
const backend = env.associateBackend(new HtmlBackend() as never)

/** Pages see app.wxss beside their own sheet, each under its own scope: kept pages must not style one another. */
function staticConfig({ isPage, config }: Unit): Parameters<typeof space.addComponentStaticConfig>[1] {
  const usingComponents = { ...app.usingComponents, ...config.usingComponents }
  const styleIsolation = isPage ? 'apply-shared' : config.styleIsolation
  return { ...config, usingComponents, styleIsolation } as never
}

function register(path: string, unit: Unit): void {
  space.addStyleSheet(path, undefined, unit.config.styleIsolation === 'shared' ? undefined : unit.scope)
  space.addComponentStaticConfig(path, staticConfig(unit))
  const template = { groupList: templates, content: templates[path], fallbackListenerOnNativeNode: true }
  space.addCompiledTemplate(path, template as never)
}

const started = new Set<string>()

/** Run a unit's module, its components' first: glass-easel resolves tags when a page is made. */
function start(path: string): void {
  if (started.has(path)) return
  started.add(path)
  const unit = units[path]
  register(path, unit)
  for (const used of Object.values({ ...unit.config.usingComponents, ...app.usingComponents })) {
    start(programPath(used, path).slice(1))
  }
  space.globalComponentEnv(globalThis, path, unit.run)
}

/** What glass-easel calls a method caller: `this` of the page's functions. */
export interface PageObject {
  route: string
  options: Record<string, string>
  data: Record<string, unknown>
  createSelectorQuery(): unknown
  [method: string]: unknown
}

export interface MountedPage {
  component: GeneralComponent
  object: PageObject
  release(): void
}

/** Make an instance of the page and put it into `parent`. */
export function mountPage(path: string, query: Record<string, string>, parent: HTMLElement): MountedPage {
  start(path)
  const root = backend.createRoot('page', space, path)
  const object = root.get() as unknown as PageObject
  object.route = path
  object.options = query
  const placeholder = document.createElement('div')
  parent.append(placeholder)
  root.attach(parent as never, placeholder as never)
  return { component: root.getComponent(), object, release: () => root.release() }
}
