import { api } from './api'

/** One prefix, so that clearing takes what is ours and nothing else on this origin. */
const PREFIX = 'wx:'

/** Browsers may refuse storage, and it may be full; values then live as long as the page. */
const fallback = new Map<string, string>()

function read(key: string): string | null {
  const held = fallback.get(key)
  if (held !== undefined) return held
  try {
    return localStorage.getItem(PREFIX + key)
  } catch {
    return null
  }
}

/** Throws where the value will not outlive the page, as WeChat does for one it cannot keep. */
function write(key: string, text: string): void {
  try {
    localStorage.setItem(PREFIX + key, text)
    fallback.delete(key)
  } catch {
    fallback.set(key, text)
    throw new Error('the browser keeps nothing')
  }
}

/** WeChat answers '' for a key that is not there. */
export function getStorageSync(key: string): unknown {
  const text = read(key)
  return text === null ? '' : JSON.parse(text)
}

export function setStorageSync(key: string, data: unknown): void {
  write(key, JSON.stringify(data ?? ''))
}

export function removeStorageSync(key: string): void {
  fallback.delete(key)
  try {
    localStorage.removeItem(PREFIX + key)
  } catch {
    // nothing was stored
  }
}

function storedKeys(): string[] {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(PREFIX))
      .map((key) => key.slice(PREFIX.length))
  } catch {
    return []
  }
}

function keys(): string[] {
  return [...new Set([...storedKeys(), ...fallback.keys()])]
}

export function clearStorageSync(): void {
  for (const key of keys()) removeStorageSync(key)
  fallback.clear()
}

export function getStorageInfoSync() {
  return { keys: keys(), currentSize: 0, limitSize: 10240 }
}

export const getStorage = api('getStorage', ({ key }: { key: string }) => {
  if (read(key) === null) throw new Error('data not found')
  return { data: getStorageSync(key) }
})

export const setStorage = api('setStorage', ({ key, data }: { key: string; data: unknown }) => {
  setStorageSync(key, data)
  return undefined
})

export const removeStorage = api('removeStorage', ({ key }: { key: string }) => {
  removeStorageSync(key)
  return undefined
})

export const clearStorage = api('clearStorage', () => {
  clearStorageSync()
  return undefined
})
