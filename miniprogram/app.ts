import { visitors } from './api/visitors'
import { hasBaseMap } from './geo/base-map'

/** Whom a request is about, as far as the reader came from a listing. */
export interface FilingSubject {
  entity: string
  name: string
  listings: { id: string; court: { id: string; name: string }; caseNumber: string; hasTerm: boolean }[]
}

/** What one page hands to another that takes no query: WeChat's tab pages. */
export interface GlobalData {
  /** The registered HTTPS domain of the API, without a final slash. Each operator puts its own here. */
  apiBaseUrl: string
  /** Whether streets can be read at all; a browser has them only where tiles are configured. */
  baseMap: boolean
  /** An area somebody chose to see on the map. */
  mapArea: string | null
  /** An area chosen for the list of courts. */
  courtsArea: { code: string; name: string } | null
  /** An area chosen for the list of rewards. */
  noticesArea: { code: string; name: string } | null
  /** Id of the court chosen for a self-check. */
  selfCheckCourt: string | null
  /** Whether the next search page starts with the cursor in its box. */
  startSearch: boolean
  /** Never in an address: that would stay in a browser's history. */
  filing: FilingSubject | null
  /** A code kept on this phone, to be followed. */
  code: string
}

App<{ globalData: GlobalData }>({
  globalData: {
    apiBaseUrl: 'https://listings.example.cn',
    baseMap: true,
    mapArea: null,
    courtsArea: null,
    noticesArea: null,
    selfCheckCourt: null,
    startSearch: false,
    filing: null,
    code: ''
  },

  onLaunch() {
    this.globalData.baseMap = hasBaseMap()
    visitors.wantAfterLaunch()
  },

  onPageNotFound() {
    wx.switchTab({ url: '/pages/entities/map/index' })
  }
})
