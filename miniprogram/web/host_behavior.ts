import type { ComponentSpace, GeneralBehavior, GeneralComponent } from 'glass-easel'
import { writeAttribute } from './components/dom'

interface Caller {
  _$: GeneralComponent
}

function hostElement(caller: Caller): HTMLElement | null {
  return caller._$.getBackendElement() as unknown as HTMLElement | null
}

function writeHost(name: string) {
  return function (this: Caller, value: unknown): void {
    const element = hostElement(this)
    if (element) writeAttribute(element, name, value === '' || value === null ? null : String(value))
  }
}

/**
 * What every page and component gets beside its own definition.
 *
 * WeChat takes `aria-label`, `aria-role`, `aria-hidden` and `hidden` on any tag; on a custom component glass-easel
 * knows only properties. It also leaves `ready` to its host.
 */
export function hostBehavior(space: ComponentSpace): GeneralBehavior {
  return space
    .define()
    .property('ariaLabel', { type: String, observer: writeHost('aria-label') as never })
    .property('ariaRole', { type: String, observer: writeHost('role') as never })
    .property('ariaHidden', { type: String, observer: writeHost('aria-hidden') as never })
    .property('hidden', {
      type: Boolean,
      observer: function (this: Caller, value: boolean) {
        hostElement(this)?.toggleAttribute('hidden', value)
      } as never
    })
    .lifetime('attached', function (this: unknown) {
      const component = (this as Caller)._$
      setTimeout(() => component.triggerLifetime('ready', []))
    })
    .registerBehavior() as unknown as GeneralBehavior
}
