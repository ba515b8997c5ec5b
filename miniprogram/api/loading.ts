/** Waiting, as people see it: nothing for 0.3 s, then a skeleton, after 3 s a word and a way out. */
import type { Failure, Pending, Result } from './http'

export type ViewState =
  | { kind: 'none' }
  | { kind: 'loading' }
  | { kind: 'slow' }
  | { kind: 'denied' }
  | { kind: 'privacy' }
  | { kind: 'outside'; here: string; home: string }
  | Failure

export const NOTHING: ViewState = { kind: 'none' }

const SKELETON_AFTER_MS = 300
const SLOW_AFTER_MS = 3000

/** Loads one thing at a time for one place on the screen; a newer load replaces an older one silently. */
export class Loader {
  private pending: { cancel(): void } | null = null
  private timers: ReturnType<typeof setTimeout>[] = []

  constructor(private readonly show: (state: ViewState) => void) {}

  /** The answer, or null when there is none: the state then says why. */
  async load<T>(pending: Pending<T>): Promise<T | null> {
    this.drop()
    this.pending = pending
    this.timers = [
      setTimeout(() => this.show({ kind: 'loading' }), SKELETON_AFTER_MS),
      setTimeout(() => this.show({ kind: 'slow' }), SLOW_AFTER_MS)
    ]
    const result = await pending.result
    return this.pending === pending ? this.settle(result) : null
  }

  /** The reader's "Cancel". */
  cancel(): void {
    this.pending?.cancel()
  }

  /** The page is gone: nothing may be shown any more. */
  drop(): void {
    const previous = this.pending
    this.pending = null
    this.stopTimers()
    previous?.cancel()
  }

  private settle<T>(result: Result<T>): T | null {
    this.pending = null
    this.stopTimers()
    this.show(result.ok ? NOTHING : result.failure)
    return result.ok ? result.value : null
  }

  private stopTimers(): void {
    for (const timer of this.timers) clearTimeout(timer)
    this.timers = []
  }
}
