import { toGcj02 } from '../../geo/gcj02'
import { api } from './api'

interface FuzzyLocationOptions {
  type?: 'wgs84' | 'gcj02'
}

/** WeChat's fuzzy position is some 5 km coarse; a hundredth of a degree is 1.1 km. */
const DECIMALS = 2

const REASONS: Record<number, string> = { 1: 'auth deny', 2: 'position unavailable', 3: 'timeout' }

function position(): Promise<GeolocationPosition> {
  return new Promise((resolve, reject) => {
    if (!navigator.geolocation) return reject(new Error('position unavailable'))
    navigator.geolocation.getCurrentPosition(
      resolve,
      (error) => reject(new Error(REASONS[error.code] ?? error.message)),
      { timeout: 15_000, maximumAge: 600_000 }
    )
  })
}

/** Rounded before anything else sees it: the exact position never leaves this function. */
export const getFuzzyLocation = api('getFuzzyLocation', async ({ type = 'wgs84' }: FuzzyLocationOptions) => {
  const { coords } = await position()
  const lon = Number(coords.longitude.toFixed(DECIMALS))
  const lat = Number(coords.latitude.toFixed(DECIMALS))
  const [longitude, latitude] = type === 'gcj02' ? toGcj02(lon, lat) : [lon, lat]
  return { longitude, latitude }
})
