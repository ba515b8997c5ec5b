export interface Callbacks<Result> {
  success?(result: Result & { errMsg: string }): void
  fail?(error: { errMsg: string }): void
  complete?(result: { errMsg: string }): void
}

type Api<Options, Result> = (options?: Options & Callbacks<Result>) => Promise<Result & { errMsg: string }> | undefined

function hasCallback(options: Callbacks<unknown> | undefined): boolean {
  return Boolean(options?.success || options?.fail || options?.complete)
}

/**
 * Make a `wx` function of `run`: with callbacks it answers through them, without it gives a promise.
 *
 * An error that `run` throws becomes `{errMsg: '<name>:fail <message>'}`.
 */
export function api<Options, Result extends object | undefined>(
  name: string,
  run: (options: Options) => Result | Promise<Result>
): Api<Options, Result> {
  return (options) => {
    const given = options ?? ({} as Options & Callbacks<Result>)
    const promise = Promise.resolve()
      .then(() => run(given))
      .then((result) => ({ ...(result as Result & object), errMsg: `${name}:ok` }))
      .catch((error) => {
        throw { errMsg: `${name}:fail ${error.message ?? error.errMsg ?? error}` }
      })
    if (!hasCallback(options)) return promise as ReturnType<Api<Options, Result>>
    settle(promise as Promise<Result & { errMsg: string }>, given)
    return undefined
  }
}

/** An error inside a page's callback is the page's: it must not reach `fail`. */
function settle<Result>(promise: Promise<Result & { errMsg: string }>, callbacks: Callbacks<Result>): void {
  promise.then(
    (result) => {
      callbacks.success?.(result)
      callbacks.complete?.(result)
    },
    (error) => {
      callbacks.fail?.(error)
      callbacks.complete?.(error)
    }
  )
}

/** For functions that do nothing in a browser but that pages may call. */
export function doNothing(name: string) {
  return api(name, () => undefined)
}
