import { messages } from '../../i18n/index'

Component({
  properties: {
    /** `demo` of `/v1/site`: all, mixed or none. */
    demo: { type: String, value: 'none' }
  },

  data: { text: '' },

  observers: {
    demo(demo: string) {
      const { demoAll, demoMixed } = messages().common
      this.setData({ text: demo === 'all' ? demoAll : demo === 'mixed' ? demoMixed : '' })
    }
  }
})
