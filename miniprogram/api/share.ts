/** Cards that are passed on: an area or a notice, by code or id alone. A person's page has none. */
import { fill, messages } from '../i18n/index'

export interface Card {
  title: string
  path: string
  imageUrl: string
}

/** Of our own: without it WeChat takes a picture of the screen, and screens may name people. */
const PICTURE = '/assets/share.png'
const MAP = '/pages/entities/map/index'
const AREA_CODE = /^\d{2}(\d{2}){0,2}$/

/** Whether invented records are held goes into the title: a card is read far from the page's own notice. */
function titled(title: string, demo: string): string {
  const t = messages().share
  return demo === 'none' ? title : `${title}${demo === 'mixed' ? t.mixed : t.demo}`
}

/** The map, at an area where one is in view. */
export function mapCard(code: string | undefined, demo: string): Card {
  const path = code && AREA_CODE.test(code) ? `${MAP}?area=${code}` : MAP
  return { title: titled(messages().common.title, demo), path, imageUrl: PICTURE }
}

/** An area's list: no filter, no page, and nobody on it. */
export function areaCard(code: string, name: string, demo: string): Card {
  if (!AREA_CODE.test(code) || !name) return mapCard(undefined, demo)
  const title = titled(fill(messages().share.area, { area: name }), demo)
  return { title, path: `/pages/areas/list/index?code=${code}`, imageUrl: PICTURE }
}

/** `title` as the notice's view made it, with its mark; '' where nothing may be passed on: then the list of notices. */
export function noticeCard(id: string, title: string, demo: string): Card {
  const list = { title: titled(messages().common.title, demo), path: '/pages/notices/list/index', imageUrl: PICTURE }
  return title ? { title, path: `/pages/notices/detail/index?id=${id}`, imageUrl: PICTURE } : list
}
