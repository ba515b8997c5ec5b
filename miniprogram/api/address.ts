/** What a page shows as a browser's address, so that it can be reloaded and passed on; WeChat has no addresses. */
interface Host {
  keepInAddress?(page: string, query: string): void
}

/** The address of `page` from now on, as far as it is in front. No step of the history is made. */
export function keepInAddress(page: string, query: string): void {
  ;(globalThis as Host).keepInAddress?.(page, query)
}
