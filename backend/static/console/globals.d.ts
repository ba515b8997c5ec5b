/** Put in by the build: URLs of built files, and the root key whose word about courts' keys counts. */
declare const WORKER_URL: string
declare const PHOTO_FRAME_URL: string
declare const ROOT_PUBLIC_KEY: string
