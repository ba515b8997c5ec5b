import { isTab } from './routes'

/**
 * What the host's own bars do, told by main.ts: navigation draws the bars, so the bars cannot import navigation.
 */
export interface Actions {
  back(): Promise<void>
  switchTab(url: string): Promise<void>
  reLaunch(url: string): Promise<void>
}

let actions: Actions

export function setActions(given: Actions): void {
  actions = given
}

function report(done: Promise<void>): void {
  done.catch((error) => console.error(error))
}

export function goBack(): void {
  report(actions.back())
}

export function openTab(url: string): void {
  report(actions.switchTab(url))
}

export function goHome(home: string): void {
  report(isTab(home) ? actions.switchTab(`/${home}`) : actions.reLaunch(`/${home}`))
}
