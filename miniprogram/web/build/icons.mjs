// The program's sign, drawn: an area's rounded plate over an organisation's square with its tail. A browser that installs
// the pages wants PNG, and a drawing of forty lines is easier to review than a binary file.
import { deflateSync } from 'node:zlib'

const GREEN = [60, 102, 86]
const PAPER = [255, 255, 255]
const BLUE = [21, 88, 176]
/** Each pixel is looked at in so many places a side. */
const SAMPLES = 4

/** Shapes on a square from 0 to 1, front to back; all inside the circle that systems may cut icons to. */
const SHAPES = [
  [PAPER, (x, y) => box(x, y, { left: 0.34, right: 0.66, top: 0.36, bottom: 0.4 }, 0.02)],
  [PAPER, (x, y) => box(x, y, { left: 0.34, right: 0.54, top: 0.46, bottom: 0.5 }, 0.02)],
  [GREEN, (x, y) => box(x, y, { left: 0.28, right: 0.72, top: 0.29, bottom: 0.57 }, 0.06)],
  [BLUE, (x, y) => box(x, y, { left: 0.42, right: 0.58, top: 0.61, bottom: 0.73 }, 0.015) || tail(x, y)]
]

function box(x, y, { left, right, top, bottom }, radius) {
  const dx = Math.max(left + radius - x, x - right + radius, 0)
  const dy = Math.max(top + radius - y, y - bottom + radius, 0)
  return Math.hypot(dx, dy) <= radius
}

function tail(x, y) {
  return y >= 0.72 && y <= 0.8 && Math.abs(x - 0.5) <= (0.8 - y) * 0.5
}

function colourAt(x, y) {
  return SHAPES.find(([, holds]) => holds(x, y))?.[0] ?? PAPER
}

/** Where the drawing's own middle is. */
const MIDDLE = { x: 0.5, y: 0.545 }

function pixel(column, row, { size, zoom }) {
  const sum = [0, 0, 0]
  for (let at = 0; at < SAMPLES ** 2; at += 1) {
    const x = MIDDLE.x + ((column + ((at % SAMPLES) + 0.5) / SAMPLES) / size - 0.5) / zoom
    const y = MIDDLE.y + ((row + (Math.floor(at / SAMPLES) + 0.5) / SAMPLES) / size - 0.5) / zoom
    for (const [channel, value] of colourAt(x, y).entries()) sum[channel] += value
  }
  return sum.map((value) => Math.round(value / SAMPLES ** 2))
}

/** PNG's own checksum, CRC-32; zlib has it from Node 22 on only. */
function crc32(bytes) {
  let crc = ~0
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return ~crc >>> 0
}

function chunk(name, content) {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), content])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(content.length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}

/** The sign as a PNG of `size` pixels a side; `zoom` 1 leaves the room that systems may cut off. */
export function drawIcon(size, zoom = 1) {
  const rows = Array.from({ length: size }, (_, row) => [
    0,
    ...Array.from({ length: size }, (_, column) => pixel(column, row, { size, zoom })).flat()
  ])
  const header = Buffer.alloc(13)
  header.writeUInt32BE(size, 0)
  header.writeUInt32BE(size, 4)
  // 8 bits, red green blue, no interlace
  header.set([8, 2, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from(rows.flat()), { level: 9 })),
    chunk('IEND', Buffer.alloc(0))
  ])
}
