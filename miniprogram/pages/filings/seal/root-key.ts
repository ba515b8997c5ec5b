/** Whose word about keys counts: the public half of the root key, which is made offline and kept on paper. */

/** Set by the web build from the environment's ROOT_PUBLIC_KEY; WeChat knows no such name. */
declare const ROOT_PUBLIC_KEY: string | undefined

/** For the mini-program: put the root's public half here before uploading it (docs/operations.md). */
const COMPILED_IN = ''

/** Base64url, 32 bytes; empty where the operator has made no root yet, and then no court's key is trusted. */
export const ROOT_KEY: string = typeof ROOT_PUBLIC_KEY === 'string' ? ROOT_PUBLIC_KEY : COMPILED_IN
