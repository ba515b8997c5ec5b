import { getStorageSync } from './wx/storage'

/** The few words that belong to the host rather than to a page. */
const words = {
  zh: {
    back: '返回',
    home: '首页',
    tabs: '主要栏目',
    title: '失信被执行人公示地图',
    badLink: '网址不完整或已失效。',
    toMap: '去地图',
    noMap: '这台设备不能显示地图,请用列表。',
    map: '地图',
    ok: '确定',
    cancel: '取消',
    copied: '内容已复制'
  },
  en: {
    back: 'Back',
    home: 'Home',
    tabs: 'Main sections',
    title: 'Court Listings Map',
    badLink: 'The link is incomplete or out of date.',
    toMap: 'Map',
    noMap: 'This device cannot draw the map; please use the list.',
    map: 'Map',
    ok: 'OK',
    cancel: 'Cancel',
    copied: 'Copied'
  }
} as const

type Language = keyof typeof words
export type Word = keyof (typeof words)[Language]

/** Where the pages keep the reader's choice: LANGUAGE_KEY of i18n/index.ts. */
const LANGUAGE_KEY = 'language'

/** The browser's language under WeChat's name, as `wx.getAppBaseInfo().language` gives it. */
export function systemLanguage(): 'zh_CN' | 'en' {
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh_CN' : 'en'
}

/** The language the reader chose on a page, else the browser's. */
export function language(): Language {
  const chosen = getStorageSync(LANGUAGE_KEY)
  if (chosen === 'zh' || chosen === 'en') return chosen
  return systemLanguage() === 'zh_CN' ? 'zh' : 'en'
}

export function word(key: Word): string {
  return words[language()][key]
}
