import type { Builtin } from './builtin'

export const map: Builtin = { html: 'div' }
