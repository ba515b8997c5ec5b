import assert from 'node:assert/strict'
import { test } from 'node:test'
import { load } from './load.mjs'

const { Waiting } = await load('pages/entities/map/waiting')

function waiting() {
  const shown = []
  return [new Waiting(({ kind }) => shown.push(kind)), shown]
}

test('a failure of tiles ends with the next attempt', () => {
  const [state, shown] = waiting()
  state.fail({ kind: 'offline' })
  state.set(true)
  state.set(false)
  assert.deepEqual(shown, ['offline', 'none'])
})

test('why the map could not start stays, whatever tiles do, until it is cleared', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const [state, shown] = waiting()
  state.hold({ kind: 'busy', seconds: 9 })
  state.set(true)
  t.mock.timers.tick(5000)
  state.fail({ kind: 'offline' })
  state.set(false)
  assert.deepEqual(shown, ['busy'])
  state.clear()
  state.fail({ kind: 'offline' })
  assert.deepEqual(shown, ['busy', 'none', 'offline'])
})
