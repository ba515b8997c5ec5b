import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { load } from './load.mjs'

const { PrefixHash, solve, toPayload, wordsOf } = await load('api/sha256', 'api/proof')

const sha256 = (text) => createHash('sha256').update(text).digest('hex')
const SALT = '3f2a90c1d4e5b6a7c8d9e0f1?expires=1790000000&for=visitors&'
const ask = (number, maxnumber = 2000) => ({
  algorithm: 'SHA-256',
  challenge: sha256(SALT + number),
  maxnumber,
  salt: SALT,
  signature: 'ab'.repeat(32)
})

test("the digest is SHA-256's, whatever the lengths on both sides of a block's edge", () => {
  for (let length = 0; length <= 200; length += 1) {
    const prefix = 'x'.repeat(length)
    const hash = new PrefixHash(prefix, 5)
    for (const end of ['', '0', '50000']) {
      assert.deepEqual([...hash.digest(end)], [...wordsOf(sha256(prefix + end))], `${length} + ${end}`)
    }
  }
})

test('the number is found wherever it stands', async () => {
  for (const number of [0, 1, 249, 250, 251, 2000]) assert.equal(await solve(ask(number)), number)
})

test('where the range does not hold the number there is none', async () => {
  assert.equal(await solve(ask(2001)), null)
})

test('no phone works for more than the contract allows, nor for another algorithm', async () => {
  assert.equal(await solve(ask(1, 50_001)), null)
  assert.equal(await solve(ask(1, 50_000)), 1)
  assert.equal(await solve({ ...ask(1), algorithm: 'SHA-512' }), null)
})

test('an answer that is no challenge is no work', async () => {
  for (const odd of [undefined, null, '<html>', {}, { ...ask(1), salt: 7 }, { ...ask(1), challenge: 'ff' }]) {
    assert.equal(await solve(odd), null)
  }
})

test('other work comes between the slices', async () => {
  let turns = 0
  const timer = setInterval(() => (turns += 1), 0)
  await solve(ask(20_001, 20_000))
  clearInterval(timer)
  assert.ok(turns >= 10, `${turns} turns in 80 slices`)
})

test('the answer says what the server checks, in base64 of every length', () => {
  for (let length = 0; length < 4; length += 1) {
    const asked = { ...ask(7), salt: SALT + 'x'.repeat(length) }
    const { algorithm, challenge, salt, signature } = asked
    const json = Buffer.from(toPayload(asked, 7), 'base64').toString()
    assert.deepEqual(JSON.parse(json), { algorithm, challenge, number: 7, salt, signature })
    assert.equal(toPayload(asked, 7), Buffer.from(json).toString('base64'))
  }
})
