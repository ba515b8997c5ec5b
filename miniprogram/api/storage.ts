/**
 * Keeps a value on this phone for the next visit. False where it cannot be kept: the storage is full, or a browser
 * refuses. What was being done goes on without.
 */
export function keepOnPhone(key: string, value: unknown): boolean {
  try {
    wx.setStorageSync(key, value)
  } catch {
    return false
  }
  return true
}
