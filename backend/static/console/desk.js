/** What every script of the console's pages shares: words, elements, and requests that carry the session's token. */
import { Refused } from './refused.js'

const inEnglish = document.documentElement.lang === 'en'

/** The words in the reader's language. @param {string} zh @param {string} en */
export function t(zh, en) {
  return inEnglish ? en : zh
}

/** @param {string} name */
export function meta(name) {
  return document.querySelector(`meta[name="${name}"]`)?.getAttribute('content') ?? ''
}

/** The part of a section that its template names so. @template {HTMLElement} T @param {HTMLElement} section @param {string} name @returns {T} */
export function part(section, name) {
  const found = section.querySelector(`[data-part="${name}"]`)
  if (!found) throw new Error(`the page lacks ${name}`)
  return /** @type {T} */ (found)
}

/** An element with a text, never with markup. @param {string} name @param {string} [text] @param {string} [kind] */
export function element(name, text = '', kind = '') {
  const made = document.createElement(name)
  made.textContent = text
  if (kind) made.className = kind
  return made
}

/** Another tab may have shown a second factor, which renews the session. @param {string} path */
async function renewToken(path) {
  const answer = await fetch(path, { cache: 'no-store', redirect: 'error' })
  if (answer.ok) document.querySelector('meta[name="csrf"]')?.setAttribute('content', (await answer.json()).csrf)
}

/**
 * Does something that carries the token; once more with a new one, where the server did not know it.
 *
 * @template T
 * @param {string} base e.g. `/court/tips`
 * @param {(headers: Record<string, string>) => Promise<T>} act
 * @returns {Promise<T>}
 */
export async function withToken(base, act) {
  const before = meta('csrf')
  try {
    return await act({ 'X-CSRF-Token': before })
  } catch (error) {
    if (!(error instanceof Refused) || error.status !== 403) throw error
    await renewToken(`${base}/token`)
    if (meta('csrf') === before) throw error
    return act({ 'X-CSRF-Token': meta('csrf') })
  }
}

/** @param {string} path @param {object} body @param {Record<string, string>} headers */
async function send(path, body, headers) {
  let answer
  try {
    const options = { method: 'POST', headers: { ...headers, 'Content-Type': 'application/json' } }
    answer = await fetch(path, { ...options, body: JSON.stringify(body), redirect: 'manual', cache: 'no-store' })
  } catch {
    throw new Refused('unreachable')
  }
  // The server leads elsewhere to whoever must sign in, or show a second factor, first.
  if (answer.type === 'opaqueredirect') throw new Refused('answered', 401)
  if (!answer.ok) throw new Refused('answered', answer.status, await findWhy(answer))
  return answer.json()
}

/** What the page of a refusal says of its reason; nothing where it says none. @param {Response} answer */
async function findWhy(answer) {
  const page = new DOMParser().parseFromString(await answer.text().catch(() => ''), 'text/html')
  return [...page.querySelectorAll('[data-why]')]
    .map(({ textContent }) => textContent?.trim())
    .join(' ')
    .trim()
}

/** @param {string} base @param {string} path @param {object} [body] @returns {Promise<any>} */
export function post(base, path, body = {}) {
  return withToken(base, (headers) => send(`${base}${path}`, body, headers))
}

/** @type {Record<number, [string, string]>} */
const ANSWERS = {
  401: ['请再验证一次身份,然后回来重试。', 'Show your second factor again, then come back and try once more.'],
  403: ['不能办理:没有权限,或十分钟内已打开三十件。', 'Not allowed, or thirty were opened within ten minutes.'],
  404: ['没有这一项,或内容已销毁。', 'There is no such thing, or its contents are destroyed.'],
  409: ['情况已变,请重新打开再看。', 'Something has changed meanwhile; open it again.'],
  413: ['内容太大。', 'That is too large.'],
  422: ['填写有误,没有保存。', 'Something is wrong with what was filled in; nothing was kept.'],
  429: [
    '尝试过多,没有办理;请过几分钟再试,写的内容还在。',
    'Too many attempts, so nothing was done. Try again in some minutes; what you wrote is still here.'
  ],
  500: [
    '服务器出错,可能没有保存;请重新打开查看是否已办,写的内容还在。',
    'The server failed, and this may not have been kept. Open it again and see; what you wrote is still here.'
  ],
  503: [
    '服务器正忙,没有保存;请过一会儿再试,写的内容还在。',
    'The service is busy, and nothing was kept. Try again in a moment; what you wrote is still here.'
  ]
}
/** @type {Partial<Record<import('./refused.js').Reason, [string, string]>>} */
const REFUSALS = {
  'cannot-open': [
    '打不开:口令不对,或不是加密给本院的。',
    'It does not open: another phrase, or not sealed to this court.'
  ],
  misdirected: ['内容与登记的对象不符,不予采信。', 'It does not fit what it is filed for, and is not to be trusted.'],
  malformed: ['内容不合格式。', 'Its contents are not as they should be.'],
  'untrusted-key': ['本院的钥匙没有可信的签名。', "No trusted signature vouches for this court's key."],
  'not-a-reader': ['您没有打开它的钥匙。', 'You hold no key that opens it.'],
  'too-long': ['文字太长。', 'The text is too long.'],
  locked: ['请先解锁。', 'Unlock first.'],
  unreachable: [
    '连不上,或登录已失效。写的内容还在。',
    'No connection, or your sign-in is over. What you wrote is still here.'
  ]
}

/** What went wrong, in a sentence. @param {unknown} error */
export function explain(error) {
  if (!(error instanceof Refused)) throw error
  // Of what is not allowed, the server's reason is the whole answer: the words here can only guess.
  if (error.status === 403 && error.why) return error.why
  const said = (error.status && ANSWERS[error.status]) || REFUSALS[error.reason]
  return said
    ? [t(...said), error.why].filter(Boolean).join(' ')
    : t('没有办成,请再试一次。', 'Not done; try once more.')
}
