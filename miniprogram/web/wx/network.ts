import { api } from './api'

type Listener = (result: { isConnected: boolean; networkType: string }) => void

/** Browsers do not tell Wi-Fi from mobile data reliably. */
function networkType(): string {
  return navigator.onLine ? 'unknown' : 'none'
}

const listeners = new Set<Listener>()

function tell(): void {
  const result = { isConnected: navigator.onLine, networkType: networkType() }
  for (const listener of listeners) listener(result)
}

addEventListener('online', tell)
addEventListener('offline', tell)

export const getNetworkType = api('getNetworkType', () => ({ networkType: networkType() }))

export function onNetworkStatusChange(listener: Listener): void {
  listeners.add(listener)
}

export function offNetworkStatusChange(listener?: Listener): void {
  if (listener) listeners.delete(listener)
  else listeners.clear()
}
