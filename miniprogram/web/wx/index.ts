import { defineApp, getApp, launchOptions } from '../app'
import { currentPages, keepInAddress } from '../navigation'
import { currentPage } from '../stack'
import { api, doNothing } from './api'
import { setClipboardData } from './clipboard'
import * as device from './device'
import { hideToast, showActionSheet, showLoading, showModal, showToast } from './feedback'
import * as files from './files'
import { getFuzzyLocation } from './location'
import { createMapContext } from './map_context'
import { chooseMedia, createOffscreenCanvas, saveImageToPhotosAlbum } from './media'
import { navigation } from './navigation'
import * as network from './network'
import { request } from './request'
import * as storage from './storage'

/** A query over the current page; a component asks with `.in(this)` or its own `createSelectorQuery()`. */
function createSelectorQuery() {
  return currentPage()?.object?.createSelectorQuery()
}

function nextTick(callback: () => void): void {
  setTimeout(callback)
}

const wx = {
  ...device,
  hideToast,
  showActionSheet,
  showLoading,
  showModal,
  showToast,
  ...navigation,
  ...network,
  ...storage,
  request,
  setClipboardData,
  getFuzzyLocation,
  createMapContext,
  chooseMedia,
  createOffscreenCanvas,
  saveImageToPhotosAlbum,
  env: files.env,
  getFileSystemManager: files.getFileSystemManager,
  createSelectorQuery,
  nextTick,
  getLaunchOptionsSync: launchOptions,
  getEnterOptionsSync: launchOptions,
  // The site's own privacy page says what is used; WeChat's consent dialog has no counterpart here.
  requirePrivacyAuthorize: doNothing('requirePrivacyAuthorize'),
  getPrivacySetting: api('getPrivacySetting', () => ({ needAuthorization: false, privacyContractName: '' })),
  showShareMenu: doNothing('showShareMenu'),
  hideShareMenu: doNothing('hideShareMenu'),
  hideLoading: hideToast,
  stopPullDownRefresh: doNothing('stopPullDownRefresh')
}

/** `canIUse('request')`, `canIUse('request.object.timeout')`: what is there at all is there in full. */
function canIUse(schema: string): boolean {
  return schema.split('.')[0] in wx
}

/** The global names a mini-program's modules expect; `Page`, `Component` and `Behavior` come from host.ts. */
export const globals = {
  wx: { ...wx, canIUse },
  App: defineApp,
  getApp,
  keepInAddress,
  getCurrentPages: () =>
    currentPages().map(({ address, object }) => object ?? { route: address.path, options: address.query })
}
