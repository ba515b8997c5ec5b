import type { Callbacks } from './api'

interface RequestOptions {
  url: string
  method?: string
  data?: unknown
  header?: Record<string, string>
  timeout?: number
  dataType?: string
  responseType?: 'text' | 'arraybuffer'
}

interface Answer {
  data: unknown
  statusCode: number
  header: Record<string, string>
  cookies: string[]
  errMsg: string
}

export interface RequestTask {
  abort(): void
  onHeadersReceived(): void
  offHeadersReceived(): void
  onChunkReceived(): void
  offChunkReceived(): void
}

/** WeChat's own limit. */
const DEFAULT_TIMEOUT_MS = 60_000

/** WeChat writes an object into the query of a GET. */
function withQuery(url: string, data: unknown): string {
  if (!data || typeof data !== 'object') return url
  const pairs = Object.entries(data).map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
  if (pairs.length === 0) return url
  return `${url}${url.includes('?') ? '&' : '?'}${pairs.join('&')}`
}

function isForm(header: Record<string, string>): boolean {
  const type = Object.entries(header).find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? ''
  return type.startsWith('application/x-www-form-urlencoded')
}

function bodyOf(data: unknown, header: Record<string, string>): BodyInit | undefined {
  if (data === undefined || data === null) return undefined
  if (typeof data === 'string' || data instanceof ArrayBuffer) return data
  if (isForm(header)) return new URLSearchParams(data as Record<string, string>).toString()
  return JSON.stringify(data)
}

function parse(text: string, dataType: string): unknown {
  if (dataType !== 'json') return text
  try {
    return JSON.parse(text)
  } catch {
    // WeChat hands over what it could not read
    return text
  }
}

async function answerOf(response: Response, options: RequestOptions): Promise<Answer> {
  const { dataType = 'json', responseType = 'text' } = options
  const data = responseType === 'arraybuffer' ? await response.arrayBuffer() : parse(await response.text(), dataType)
  const header = Object.fromEntries(response.headers)
  return { data, statusCode: response.status, header, cookies: [], errMsg: 'request:ok' }
}

async function send(options: RequestOptions, signal: AbortSignal): Promise<Answer> {
  const { url, method = 'GET', data, header = {} } = options
  const isRead = method === 'GET' || method === 'HEAD'
  const headers = isRead ? header : { 'content-type': 'application/json', ...header }
  const response = await fetch(isRead ? withQuery(url, data) : url, {
    method,
    headers,
    body: isRead ? undefined : bodyOf(data, header),
    // WeChat keeps no cookies; here one would tie a tip to what its sender has read
    credentials: 'omit',
    signal
  })
  return answerOf(response, options)
}

function settle(answer: Promise<Answer>, callbacks: Callbacks<Answer>, reason: () => string): void {
  answer.then(
    (result) => {
      callbacks.success?.(result)
      callbacks.complete?.(result)
    },
    (error) => {
      const failure = { errMsg: `request:fail ${reason() || error.message}`, errno: 600000 }
      callbacks.fail?.(failure)
      callbacks.complete?.(failure)
    }
  )
}

/** `wx.request`: callbacks only, as in WeChat, where it gives a task and no promise. Any status is a success. */
export function request(options: RequestOptions & Callbacks<Answer>): RequestTask {
  const controller = new AbortController()
  let reason = ''
  const stop = (why: string) => {
    reason ||= why
    controller.abort()
  }
  const timer = setTimeout(() => stop('timeout'), options.timeout ?? DEFAULT_TIMEOUT_MS)
  const answer = send(options, controller.signal).finally(() => clearTimeout(timer))
  settle(answer, options, () => reason)
  const ignore = () => {}
  return {
    abort: () => stop('abort'),
    onHeadersReceived: ignore,
    offHeadersReceived: ignore,
    onChunkReceived: ignore,
    offChunkReceived: ignore
  }
}
