import type { Court } from './api/courts'
import type { Places } from './api/tip-places'
import { visitors } from './api/visitors'
import { hasBaseMap } from './geo/base-map'
import type { Topic } from './i18n/articles'

/** Whom a request is about, as far as the reader came from a listing. */
export interface FilingSubject {
  entity: string
  name: string
  /** Of an invented record: the request and its certificate say so. */
  demo: boolean
  listings: { id: string; court: { id: string; name: string }; caseNumber: string; hasTerm: boolean }[]
  /** What the reader said it is about, which may tell more than the form's own door. */
  topic?: Topic
}

/** One thing a tip may name: a notice, a listing, or a court itself. */
export interface TipOption {
  target: string
  /** The court's id. */
  court: string
  /** Empty where it names the court only. */
  caseNumber: string
  rewarded: boolean
}

/** What a tip is about, with all that its pages need: while one is written they ask for nothing. */
export interface TipSubject {
  /** A name, as the page it comes from shows it; empty where that page names nobody. */
  about: string
  demo: boolean
  options: TipOption[]
  /** Those that take tips, with their keys. */
  courts: Court[]
  places: Places | null
}

/** What one page hands to another that takes no query: WeChat's tab pages. */
export interface GlobalData {
  /** The registered HTTPS domain of the API, without a final slash. Each operator puts its own here. */
  apiBaseUrl: string
  /** Key of Tencent's location service for WeChat's map; empty: none. */
  mapSubkey: string
  /** Whether streets can be read at all; a browser has them only where tiles are configured. */
  baseMap: boolean
  /** An area somebody chose to see on the map. */
  mapArea: string | null
  /** An area chosen for the list of courts. */
  courtsArea: { code: string; name: string } | null
  /** An area chosen for the list of rewards. */
  noticesArea: { code: string; name: string } | null
  /** A court chosen for the list of rewards. */
  noticesCourt: { id: string; name: string } | null
  /** Id of the court chosen for a self-check. */
  selfCheckCourt: string | null
  /** Whether the next search page starts with the cursor in its box. */
  startSearch: boolean
  /** Whether an address led nowhere, so that the map, which opens instead, says so. */
  badLink: boolean
  /** Never in an address: that would stay in a browser's history. */
  filing: FilingSubject | null
  /** Never in an address either, nor in a storage. */
  tip: TipSubject | null
  /** A code kept on this phone, to be followed. */
  code: string
}

App<{ globalData: GlobalData }>({
  globalData: {
    apiBaseUrl: 'https://listings.example.cn',
    mapSubkey: '',
    baseMap: true,
    mapArea: null,
    courtsArea: null,
    noticesArea: null,
    noticesCourt: null,
    selfCheckCourt: null,
    startSearch: false,
    badLink: false,
    filing: null,
    tip: null,
    code: ''
  },

  onLaunch() {
    this.globalData.baseMap = hasBaseMap()
    visitors.wantAfterLaunch()
  },

  onPageNotFound() {
    this.globalData.badLink = true
    wx.switchTab({ url: '/pages/entities/map/index' })
  }
})
