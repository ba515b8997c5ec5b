/**
 * The one module that knows GCJ-02, the datum of WeChat's map and of Chinese phones (300-600 m off WGS 84).
 * Coordinates are `lon, lat` in degrees. Outside China both functions are the identity.
 */

/** Krasovsky 1940, the ellipsoid on which GCJ-02 is defined. */
const SEMI_MAJOR_AXIS_M = 6378245.0
const ECCENTRICITY_SQUARED = 0.006693421622965943

/** The box outside of which the published formula applies no offset. */
const CHINA = { west: 72.004, south: 0.8293, east: 137.8347, north: 55.8271 }

/** One step is up to 4.5 m off; three reach 0.2 mm. */
const INVERSE_STEPS = 3

function isOutsideChina(lon: number, lat: number): boolean {
  return lon < CHINA.west || lon > CHINA.east || lat < CHINA.south || lat > CHINA.north
}

/** The waves that both formulas share. */
function waves(x: number): number {
  return (20 * Math.sin(6 * x * Math.PI) + 20 * Math.sin(2 * x * Math.PI)) * (2 / 3)
}

function northing(x: number, y: number): number {
  const polynomial = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * Math.sqrt(Math.abs(x))
  const medium = (20 * Math.sin(y * Math.PI) + 40 * Math.sin((y / 3) * Math.PI)) * (2 / 3)
  const long = (160 * Math.sin((y / 12) * Math.PI) + 320 * Math.sin((y * Math.PI) / 30)) * (2 / 3)
  return polynomial + waves(x) + medium + long
}

function easting(x: number, y: number): number {
  const polynomial = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * Math.sqrt(Math.abs(x))
  const medium = (20 * Math.sin(x * Math.PI) + 40 * Math.sin((x / 3) * Math.PI)) * (2 / 3)
  const long = (150 * Math.sin((x / 12) * Math.PI) + 300 * Math.sin((x / 30) * Math.PI)) * (2 / 3)
  return polynomial + waves(x) + medium + long
}

/** Offset in degrees to add to a WGS 84 position. */
function offset(lon: number, lat: number): [number, number] {
  const x = lon - 105
  const y = lat - 35
  const latRadians = (lat / 180) * Math.PI
  const magic = 1 - ECCENTRICITY_SQUARED * Math.sin(latRadians) ** 2
  const meridianRadius = (SEMI_MAJOR_AXIS_M * (1 - ECCENTRICITY_SQUARED)) / (magic * Math.sqrt(magic))
  const parallelRadius = (SEMI_MAJOR_AXIS_M / Math.sqrt(magic)) * Math.cos(latRadians)
  return [(easting(x, y) * 180) / (parallelRadius * Math.PI), (northing(x, y) * 180) / (meridianRadius * Math.PI)]
}

export function toGcj02(lon: number, lat: number): [number, number] {
  if (isOutsideChina(lon, lat)) return [lon, lat]
  const [east, north] = offset(lon, lat)
  return [lon + east, lat + north]
}

export function toWgs84(lon: number, lat: number): [number, number] {
  if (isOutsideChina(lon, lat)) return [lon, lat]
  let [wgsLon, wgsLat] = [lon, lat]
  for (let step = 0; step < INVERSE_STEPS; step += 1) {
    const [gcjLon, gcjLat] = toGcj02(wgsLon, wgsLat)
    wgsLon += lon - gcjLon
    wgsLat += lat - gcjLat
  }
  return [wgsLon, wgsLat]
}
