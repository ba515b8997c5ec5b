// The console's modules against the protocol's vectors and against random messages, in a browser.
import * as bytes from '../../backend/static/console/bytes.js'
import * as claim from '../../backend/static/console/claim.js'
import * as kept from '../../backend/static/console/kept.js'
import * as letter from '../../backend/static/console/letter.js'
import * as order from '../../backend/static/console/order.js'
import * as row from '../../backend/static/console/row.js'
import * as sealing from '../../backend/static/console/sealing.js'
import * as statement from '../../backend/static/console/statement.js'
import * as wire from '../../backend/static/console/wire.js'

const { toBytes, toText, toUtf8, fromUtf8 } = bytes

/** What is done wrongly, in words; nothing where all is well. */
class Findings extends Array {
  same(why, one, other) {
    const spell = (value) => JSON.stringify(value instanceof Uint8Array ? toText(value) : value)
    const [left, right] = [one, other].map(spell)
    if (left !== right) this.push(`${why}: ${left} is not ${right}`)
  }

  refused(why, reasons, work) {
    try {
      work()
      this.push(`${why}: taken`)
    } catch (error) {
      if (!reasons.includes(error.reason)) this.push(`${why}: ${error.reason ?? error}`)
    }
  }
}

const flipped = (data, bit) => {
  const changed = data.slice()
  changed[bit >> 3] ^= 1 << (bit & 7)
  return changed
}

const CHECKS = {
  hashes(found, cases) {
    for (const { label, parts, hash } of cases) {
      found.same(label, sealing.labelledHash(label, ...parts.map((part) => toBytes(part))), toBytes(hash))
    }
    return cases.length
  },
  receipts(found, { good }) {
    for (const one of good) {
      const receipt = toBytes(one.receipt)
      const hash = (label, of = receipt) => toText(sealing.labelledHash(label, of))
      const lookup = toBytes(one.lookup)
      found.same('derived', [hash('lookup'), hash('speak'), hash('claim')], [one.lookup, one.speak, one.claim])
      found.same('row key', hash('rowkey', lookup), one.row_key)
      found.same('tag', hash('claimtag', toBytes(one.claim)), one.claim_tag)
      const reply = sealing.pairOf(sealing.labelledHash('reply', receipt))
      found.same('reply', [toText(reply.secretKey), toText(reply.publicKey)], [one.reply_secret, one.reply_public])
    }
    return good.length
  },
  wire(found, { value, text, refused }) {
    found.same('text', fromUtf8(wire.canonical(value)), text)
    found.same('value', wire.canonical(wire.parse(toUtf8(text))), toUtf8(text))
    for (const one of refused) found.refused(one, ['malformed'], () => wire.parse(toUtf8(one)))
    for (const one of ['\ud800', null, true, 0.5, 2 ** 53, undefined, { é: 1 }]) {
      found.refused(String(one), ['malformed'], () => wire.canonical([one]))
    }
    for (const one of ['AB', 'AA==', 'A', 'A+', 'AA\n', 'é', 7, undefined]) {
      found.refused(String(one), ['malformed'], () => toBytes(one))
    }
    return refused.length
  },
  padding(found, { byte, good, too_long, refused }) {
    for (const { length, padded } of good) {
      const data = toUtf8(byte.repeat(length))
      found.same('pad', sealing.pad(data), toBytes(padded))
      found.same('unpad', sealing.unpad(toBytes(padded)), data)
    }
    found.refused('too long', ['too-long'], () => sealing.pad(new Uint8Array(too_long)))
    for (const padded of refused) found.refused('padding', ['malformed'], () => sealing.unpad(toBytes(padded)))
    return good.length + refused.length
  },
  letter(found, one) {
    const pair = sealing.pairOf(toBytes(one.court_secret))
    const { court, target, key } = one.letter
    const sealed = toBytes(one.sealed)
    found.same('court', pair.publicKey, toBytes(one.court_public))
    found.same('plain', fromUtf8(wire.canonical(sealing.unsealObject(sealed, pair))), one.plain)
    const opened = letter.unsealLetter(sealed, pair, { court, target, key })
    const { text, kind, place, when, reply, speak } = one.letter
    const said = [opened.text, opened.kind, opened.more, toText(opened.reply), toText(opened.speak)]
    found.same('letter', said, [text, kind, { place, when }, reply, speak])
    for (const address of [{ court: 'x', target, key }, { court, target: 'x', key }, { court, target, key: key + 1 }]) {
      found.refused('address', ['misdirected'], () => letter.unsealLetter(sealed, pair, address))
    }
    for (let bit = 0; bit < 8 * sealed.length; bit += bit < 1024 ? 1 : 61) {
      found.refused(`bit ${bit}`, ['cannot-open'], () => sealing.unseal(flipped(sealed, bit), pair))
    }
    return 1
  },
  photos(found, { key, byte, cases }) {
    for (const { length, bytes: size, h } of cases) {
      const data = toUtf8(byte.repeat(length))
      const padded = new Uint8Array(size - 16)
      padded.set(data)
      padded[data.length] = 0x80
      const blob = sealing.sodium.crypto_secretbox_easy(padded, new Uint8Array(24), toBytes(key))
      const photo = { key: toBytes(key), hash: toBytes(h) }
      found.same('photo', letter.openPhoto(blob, photo), data)
      found.refused('a bit', ['misdirected'], () => letter.openPhoto(flipped(blob, 9), photo))
      const changed = flipped(blob, 9)
      const named = { key: photo.key, hash: sealing.labelledHash('photo', changed) }
      found.refused('a named bit', ['cannot-open'], () => letter.openPhoto(changed, named))
    }
    return cases.length
  },
  envs(found, cases, { letter: { sealed } }) {
    for (const { photos, env } of cases) {
      found.same('env', letter.envOf(toBytes(sealed), photos.map((one) => toBytes(one))), toBytes(env))
    }
    return cases.length
  },
  row(found, one) {
    const [key, kept] = [toBytes(one.key), toBytes(one.row)]
    const at = ({ court, tip, key_id, part }) => ({ court, tip, keyId: key_id, part })
    const place = at(one.place)
    found.same('aad', fromUtf8(row.associatedData(place)), one.aad)
    const data = row.unwrapRow(kept, place, key)
    found.same('again', row.unwrapRow(row.wrapRow(data, place, key), place, key), data)
    for (const other of one.refused) found.refused('moved', ['cannot-open'], () => row.unwrapRow(kept, at(other), key))
    for (let bit = 0; bit < 8 * kept.length; bit += bit < 512 ? 1 : 61) {
      found.refused(`bit ${bit}`, ['cannot-open'], () => row.unwrapRow(flipped(kept, bit), place, key))
    }
    return one.refused.length
  },
  chain(found, links) {
    order.checkChain(links)
    order.checkChain(links.slice(1), links[0])
    found.refused('gap', ['broken-chain'], () => order.checkChain(links.slice(1)))
    found.refused('order', ['broken-chain'], () => order.checkChain(links.toReversed?.() ?? [...links].reverse()))
    return links.length
  },
  certificate(found, { server_key, court, env, good, refused }) {
    const check = (one) => order.checkCertificate(one, toBytes(server_key), court, toBytes(env))
    check(good)
    for (const { why, certificate } of refused) {
      found.refused(why, ['bad-certificate', 'malformed'], () => check(certificate))
    }
    return refused.length
  },
  statements(found, { root_key, now, path, good, refused }) {
    const check = (list, when = new Date(now)) => statement.checkPath(list, toBytes(root_key), path, when)
    found.same('key', check(good), toBytes(good.at(-1).key))
    for (const { why, statements } of refused) {
      found.refused(why, ['untrusted-key'], () => check(statements))
    }
    found.refused('no root', ['untrusted-key'], () =>
      statement.findKey(good, { court: path[0].court, use: 'box' }, new Date(now), '')
    )
    const asked = { court: path[0].court, use: 'box' }
    found.same('found', statement.findKey(good, asked, new Date(now), root_key).key, toBytes(good.at(-1).key))
    return refused.length
  },
  messages(found, one) {
    const pair = sealing.pairOf(toBytes(one.court_secret))
    const reply = sealing.pairOf(toBytes(one.reply_secret))
    const speak = toBytes(one.speak)
    const { n, text } = one.from_informant.message
    found.same('words', letter.unsealWords(toBytes(one.from_informant.sealed), pair, speak), { n, text })
    for (const { why, sealed } of one.refused_by_court) {
      const reasons = ['misdirected', 'cannot-open', 'malformed']
      found.refused(why, reasons, () => letter.unsealWords(toBytes(sealed), pair, speak))
    }
    for (const { message, boxed } of one.from_court) {
      const nonce = toBytes(boxed).slice(0, 24)
      found.same('answer', letter.boxAnswer(message, reply.publicKey, pair.secretKey, nonce), toBytes(boxed))
      const own = letter.unboxAnswer(toBytes(boxed), reply.publicKey, pair.secretKey)
      found.same('own answer', own, { n: message.n, text: message.text })
    }
    for (const { why, boxed } of one.refused_by_phone) {
      // Whoever holds the reply key can make what the court takes for its own: the phone may fool itself only.
      if (why === 'forged with the reply key itself') continue
      const reasons = ['misdirected', 'cannot-open', 'malformed']
      found.refused(why, reasons, () => letter.unboxAnswer(toBytes(boxed), reply.publicKey, pair.secretKey))
    }
    for (const { numbers, missing, repeated } of one.surveys) {
      found.same('survey', letter.survey(numbers), { missing, repeated })
    }
    return one.refused_by_court.length + one.surveys.length
  },
  claim(found, one) {
    const reward = sealing.pairOf(toBytes(one.reward_secret))
    const award = claim.unboxAward(toBytes(one.award), toBytes(one.court_public), reward.secretKey)
    found.same('tag', award.claimTag, toBytes(one.claim_tag))
    const { name, id, account } = one.claim
    found.same('claimant', claim.unsealClaim(toBytes(one.sealed), reward, award), { name, id, account })
    const other = { ...award, claimTag: flipped(award.claimTag, 0) }
    found.refused('tag', ['misdirected'], () => claim.unsealClaim(toBytes(one.sealed), reward, other))
    return 1
  },
  keeping(found, { officer, recovery }) {
    const wrapped = toBytes(officer.wrapped)
    found.same('officer', kept.unwrapSecret(wrapped, officer.phrase), toBytes(officer.secret))
    found.same('typed', kept.unwrapSecret(wrapped, ` ${officer.phrase.toUpperCase()}\u3000`), toBytes(officer.secret))
    found.refused('phrase', ['cannot-open'], () => kept.unwrapSecret(wrapped, `${officer.phrase}x`))
    const [first, second] = recovery.shares.map((one) => toBytes(one))
    const joined = kept.joinShares(first, second, toBytes(recovery.public))
    found.same('recovery', joined.secretKey, toBytes(recovery.secret))
    found.refused('share', ['cannot-open'], () => kept.joinShares(flipped(first, 3), second, toBytes(recovery.public)))
    return 2
  }
}

/** Findings, and how many cases each part of the vectors had. */
export async function readVectors(vectors) {
  await sealing.ready
  const found = new Findings()
  const counts = Object.entries(vectors).map(([name, cases]) => [name, CHECKS[name](found, cases, vectors)])
  return { found: [...found], counts: Object.fromEntries(counts) }
}

/** What the console makes of what libsodium sealed in Python, and what it boxes for Python to open. */
export async function exchange({ court_secret, reply_public, speak, letters, words, texts, address }) {
  await sealing.ready
  const pair = sealing.pairOf(toBytes(court_secret))
  const boxAll = (text, at) => toText(letter.boxAnswer({ n: at + 1, text }, toBytes(reply_public), pair.secretKey))
  return {
    letters: letters.map((one) => letter.unsealLetter(toBytes(one), pair, address).text),
    words: words.map((one) => letter.unsealWords(toBytes(one), pair, toBytes(speak))),
    boxed: texts.map(boxAll),
    statement: statement.signStatement(
      { court: address.court, use: 'box', number: 1, key: reply_public, not_after: '2031-01-01T00:00:00Z' },
      pair.secretKey
    ),
    fingerprint: sealing.fingerprint(toBytes(reply_public)),
    wrapped: toText(kept.wrapSecret(pair.secretKey, 'Ａ phrase  of\u3000three')),
    shares: kept.splitSecret(pair.secretKey).map(toText)
  }
}
