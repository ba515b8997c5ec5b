/** The state above the map: a word after 3 s of waiting, and failures until the next attempt. */
import type { Failure } from '../../../api/http'
import { NOTHING, type ViewState } from '../../../api/loading'

const SLOW_MS = 3000

export class Waiting {
  private timer: ReturnType<typeof setTimeout> | 0 = 0
  /** What tiles have led to; other states, such as a refused position, stay until the reader closes them. */
  private shown: 'slow' | 'failed' | '' = ''

  constructor(private readonly show: (state: ViewState) => void) {}

  set(isWaiting: boolean): void {
    if (this.timer) clearTimeout(this.timer)
    this.timer = isWaiting ? setTimeout(() => this.change({ kind: 'slow' }, 'slow'), SLOW_MS) : 0
    const isOver = this.shown === 'slow' || (isWaiting && this.shown === 'failed')
    if (isOver) this.change(NOTHING, '')
  }

  fail(failure: Failure): void {
    this.change(failure, 'failed')
  }

  private change(state: ViewState, shown: 'slow' | 'failed' | ''): void {
    this.shown = shown
    this.show(state)
  }
}
