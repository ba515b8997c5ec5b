import type { Builtin } from './builtin'
import { button } from './button'
import { checkbox, checkboxGroup, radio, radioGroup, toggle } from './choice'
import { input, textarea } from './field'
import { form, label } from './form'
import { image } from './image'
import { map } from './map/index'
import { navigator } from './navigator'
import { picker } from './picker'
import { scrollView } from './scroll_view'

export type { Builtin, Setter } from './builtin'

/** WXML tag to built-in component. Any other tag is a custom component of the program. */
export const builtins: Record<string, Builtin | undefined> = {
  page: { html: 'main' },
  view: { html: 'div' },
  text: { html: 'span' },
  button,
  input,
  textarea,
  image,
  'scroll-view': scrollView,
  navigator,
  form,
  label,
  picker,
  switch: toggle,
  checkbox,
  'checkbox-group': checkboxGroup,
  radio,
  'radio-group': radioGroup,
  map
}
