import { CurrentWindowBackendContext } from 'glass-easel'
import { createElement } from './element'
import { blockScrolling, passOn } from './events'

type Listener = Parameters<CurrentWindowBackendContext['onEvent']>[0]

/** glass-easel's level of listeners bound with `catch`. */
const CAUGHT = 2

/** glass-easel's DOM backend, with semantic elements and with the browser's own events instead of simulated ones. */
export class HtmlBackend extends CurrentWindowBackendContext {
  override document = {
    createElement,
    createTextNode: (text: string) => document.createTextNode(text),
    createDocumentFragment: () => document.createDocumentFragment()
  } as unknown as CurrentWindowBackendContext['document']

  /** Taps come from events.ts; built-in components fire their own events. */
  override onEvent(_listener: Listener): void {}

  override setListenerStats(element: unknown, type: string, _capture: boolean, level: number): void {
    passOn(type)
    if (type === 'touchmove' && level === CAUGHT) blockScrolling(element as HTMLElement)
    // iOS sends clicks only from what looks clickable
    if (type === 'tap') (element as HTMLElement).dataset.tap = ''
    if (type === 'confirm') (element as HTMLElement).dataset.confirm = ''
  }

  /** All style sheets are in one file made by the build. */
  override appendStyleSheetPath(): number {
    return 0
  }
}
