import fs from 'node:fs'
import path from 'node:path'
import { contentHash, writeHashed } from './assets.mjs'
import { drawIcon } from './icons.mjs'

/** What browsers ask for: a phone's screen, and its start picture. */
const SIZES = [192, 512]
/** Browsers' tabs show it this small; twice that for sharp screens. */
const TAB_SIZE = 64
const TAB_ZOOM = 1.8

function iconOf(assets, size) {
  const src = writeHashed(assets, `icon-${size}.png`, drawIcon(size))
  return { src, sizes: `${size}x${size}`, type: 'image/png', purpose: 'any maskable' }
}

/**
 * Write the web app manifest and its icons; returns the addresses that index.html names.
 *
 * There is no service worker: nothing that names a person may be kept where a removal cannot reach it.
 */
export function writeManifest(assets, { app, theme }) {
  const icons = SIZES.map((size) => iconOf(assets, size))
  const name = app.window.navigationBarTitleText
  const content = JSON.stringify({
    id: '/',
    name,
    short_name: '公示地图',
    lang: 'zh-CN',
    start_url: '/',
    scope: '/',
    display: 'standalone',
    background_color: theme.light.ground,
    theme_color: theme.light.barGround,
    icons
  })
  // `.json`, since not every server in front knows the manifest's own ending
  const file = `manifest.${contentHash(content)}.json`
  fs.writeFileSync(path.join(assets, file), content)
  return {
    manifest: `/assets/${file}`,
    touchIcon: icons[0].src,
    icon: writeHashed(assets, 'icon-tab.png', drawIcon(TAB_SIZE, TAB_ZOOM))
  }
}
