/** The only module that calls `wx.request`. Every answer, good or bad, comes back as a typed `Result`. */
import { apiBaseUrl } from './base-url'
import { learnTime } from './clock'
import { heldToken } from './visitor-token'

export type Failure =
  | { kind: 'offline' }
  | { kind: 'timeout' }
  | { kind: 'cancelled' }
  | { kind: 'gone' }
  | { kind: 'invalid' }
  | { kind: 'conflict' }
  | { kind: 'limited'; seconds: number }
  | { kind: 'busy'; seconds: number }
  | { kind: 'failed' }

export type Result<T> = { ok: true; value: T } | { ok: false; failure: Failure }

/** A request under way. `cancel` settles `result` at once with `cancelled`. */
export interface Pending<T> {
  result: Promise<Result<T>>
  cancel(): void
}

export type QueryValue = string | number | boolean | null | undefined
export type Query = Record<string, QueryValue | readonly QueryValue[]>

/** List answers of the API, except the complete short ones. `next` is the next value of `cursor`. */
export interface Page<T> {
  items: T[]
  next: string | null
  as_of: string | null
}

/** Nobody waits longer for an answer, and the screen offers "Cancel" from 3 s on. */
const TIMEOUT_MS = 20000
/** Photos take their time to be sent, from a slow phone too; WeChat cuts a request at 60 s whatever is asked for. */
const SENT_BYTES_A_MS = 8
const LONGEST_MS = 60000
/** Used when a 429 or 503 does not say when to come back. */
const DEFAULT_RETRY_SECONDS = 30

/** `URLSearchParams` does not exist in WeChat. Empty values are left out; an array repeats its key. */
export function toQueryString(query: Query): string {
  const pairs: string[] = []
  for (const [key, value] of Object.entries(query)) {
    const values = Array.isArray(value) ? value : [value]
    for (const one of values) {
      if (one === null || one === undefined || one === '') continue
      pairs.push(`${encodeURIComponent(key)}=${encodeURIComponent(String(one))}`)
    }
  }
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`
}

export function timeoutOf(body?: object): number {
  const bytes = body === undefined ? 0 : JSON.stringify(body).length
  return Math.min(LONGEST_MS, TIMEOUT_MS + Math.round(bytes / SENT_BYTES_A_MS))
}

type Headers = Record<string, unknown>

/** Header names come in any case, depending on the phone. */
function headerOf(headers: Headers, name: string): string | undefined {
  const key = Object.keys(headers).find((candidate) => candidate.toLowerCase() === name)
  return key === undefined ? undefined : String(headers[key])
}

function retrySeconds(headers: Headers): number {
  const seconds = Number(headerOf(headers, 'retry-after'))
  return Number.isFinite(seconds) && seconds > 0 ? Math.ceil(seconds) : DEFAULT_RETRY_SECONDS
}

export function failureOfStatus(status: number, headers: Headers): Failure {
  if (status === 404 || status === 410) return { kind: 'gone' }
  if (status === 400 || status === 422) return { kind: 'invalid' }
  if (status === 408) return { kind: 'timeout' }
  if (status === 409) return { kind: 'conflict' }
  if (status === 429) return { kind: 'limited', seconds: retrySeconds(headers) }
  if (status === 503) return { kind: 'busy', seconds: retrySeconds(headers) }
  return { kind: 'failed' }
}

function failureOfError(message: string): Failure {
  if (/abort/i.test(message)) return { kind: 'cancelled' }
  if (/time.?out/i.test(message)) return { kind: 'timeout' }
  return { kind: 'offline' }
}

/** A visitor's token counts names, which these paths alone give. It must never go elsewhere, least of all with a tip. */
const NAMES_PEOPLE = /^\/v1\/entities(\/[0-9A-Za-z_-]+)?$/

function headerFor(path: string): Record<string, string> {
  const held = NAMES_PEOPLE.test(path) ? heldToken() : null
  return held ? { 'X-Visitor': held.visitor } : {}
}

/** An answer with its tag, by which it can be asked for again. */
export interface Tagged<T> {
  /** Null: what the tag was given for is still right. */
  value: T | null
  /** Empty where the server gave none. */
  etag: string
}

interface Asked<T> {
  method: 'GET' | 'POST'
  path: string
  query?: Query
  body?: object
  /** Of what is held already: 304 then is an answer. */
  etag?: string
  read(data: unknown, headers: Headers, status: number): T
}

const GOOD = new Set([200, 201])

function isGood(status: number, etag: string | undefined): boolean {
  return GOOD.has(status) || (status === 304 && Boolean(etag))
}

function send<T>({ method, path, query = {}, body, etag, read }: Asked<T>): Pending<T> {
  let cancel = () => {}
  const result = new Promise<Result<T>>((resolve) => {
    const task = wx.request({
      url: `${apiBaseUrl()}${path}${toQueryString(query)}`,
      method,
      data: body,
      header: { ...headerFor(path), ...(etag ? { 'If-None-Match': etag } : {}) },
      dataType: 'json',
      timeout: timeoutOf(body),
      success: ({ statusCode, data, header }) => {
        const headers = (header ?? {}) as Headers
        learnTime(headerOf(headers, 'date'))
        if (isGood(statusCode, etag)) resolve({ ok: true, value: read(data, headers, statusCode) })
        else resolve({ ok: false, failure: failureOfStatus(statusCode, headers) })
      },
      fail: ({ errMsg }) => resolve({ ok: false, failure: failureOfError(errMsg ?? '') })
    })
    cancel = () => {
      resolve({ ok: false, failure: { kind: 'cancelled' } })
      task?.abort()
    }
  })
  return { result, cancel: () => cancel() }
}

export function get<T>(path: string, query: Query = {}, read = (data: unknown) => data as T): Pending<T> {
  return send({ method: 'GET', path, query, read })
}

/** `etag` is that of what is held, or empty. Phones keep no answers by themselves, so the tag is kept with the value. */
export function getTagged<T>(path: string, query: Query, etag: string): Pending<Tagged<T>> {
  return send({
    method: 'GET',
    path,
    query,
    etag,
    read: (data, headers, status) => ({
      value: status === 304 ? null : (data as T),
      etag: headerOf(headers, 'etag') ?? etag
    })
  })
}

export function post<T>(path: string, body: object): Pending<T> {
  return send({ method: 'POST', path, body, read: (data) => data as T })
}
