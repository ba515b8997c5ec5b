import { NOTHING, type ViewState } from '../../api/loading'
import { language, messages } from '../../i18n/index'
import { describeState, type StateText } from './states'

const MAP = '/pages/entities/map/index'

Component({
  properties: {
    /** A `ViewState`. */
    state: { type: Object, value: NOTHING },
    /** Skeleton lines while loading; 0 shows none, where something older is still on the screen. */
    rows: { type: Number, value: 3 },
    /** Whether the reader may put it away: over the map it stands in the way. */
    closable: { type: Boolean, value: false }
  },

  data: {
    view: { text: '', button: '', name: '' } as StateText,
    skeleton: [] as number[],
    loading: '',
    close: ''
  },

  observers: {
    'state, rows'(state: ViewState, rows: number) {
      const isWaiting = state.kind === 'loading' || state.kind === 'slow'
      this.setData({
        view: describeState(state, language(), Date.now()),
        skeleton: isWaiting ? Array.from({ length: rows }, (_, index) => index) : [],
        loading: state.kind === 'loading' ? messages().state.loading : '',
        close: messages().common.close
      })
    }
  },

  methods: {
    shut() {
      this.triggerEvent('ok')
    },

    /** On the map itself this only puts the words away. */
    toMap() {
      this.triggerEvent('ok')
      wx.switchTab({ url: MAP })
    },

    press() {
      const { name } = this.data.view
      if (name === 'map') this.toMap()
      else if (name === 'back') wx.navigateBack({ fail: () => this.toMap() })
      else this.triggerEvent(name)
    }
  }
})
