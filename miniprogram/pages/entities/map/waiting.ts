/** The state above the map: a word after 3 s of waiting, and failures until the next attempt. */
import type { Failure } from '../../../api/http'
import { NOTHING, type ViewState } from '../../../api/loading'

const SLOW_MS = 3000

export class Waiting {
  private timer: ReturnType<typeof setTimeout> | 0 = 0
  /** What tiles have led to, or what is held; a page's own states, such as a refused position, stay beside this. */
  private shown: 'slow' | 'failed' | 'held' | '' = ''

  constructor(private readonly show: (state: ViewState) => void) {}

  set(isWaiting: boolean): void {
    if (this.timer) clearTimeout(this.timer)
    this.timer = isWaiting ? setTimeout(() => this.say({ kind: 'slow' }, 'slow'), SLOW_MS) : 0
    const isOver = this.shown === 'slow' || (isWaiting && this.shown === 'failed')
    if (isOver) this.change(NOTHING, '')
  }

  fail(failure: Failure): void {
    this.say(failure, 'failed')
  }

  /** Whatever tiles do, this stays until it is cleared. */
  hold(failure: Failure): void {
    this.change(failure, 'held')
  }

  clear(): void {
    this.change(NOTHING, '')
  }

  private say(state: ViewState, shown: 'slow' | 'failed'): void {
    if (this.shown !== 'held') this.change(state, shown)
  }

  private change(state: ViewState, shown: 'slow' | 'failed' | 'held' | ''): void {
    this.shown = shown
    this.show(state)
  }
}
