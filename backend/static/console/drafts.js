/**
 * Half-written reasons that outlive a sign-out: the text lies encrypted in the tab's session storage, its key, which
 * cannot be exported, in IndexedDB. Each draft has a key of its own; once it is sent, what a browser may have kept of
 * the session on disk opens no more. An answer that clears site data (`Clear-Site-Data: "storage"`) would lose drafts.
 */

const DATABASE = 'drafts'
const STORE = 'keys'
/** A tab that was closed leaves its keys behind; they are forgotten after this. */
const KEPT_MS = 30 * 24 * 3600 * 1000
const IV_BYTES = 12

/** @param {string} officer @param {string} field */
function slotOf(officer, field) {
  return `draft/${officer}/${field}`
}

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

/**
 * @template T
 * @param {IDBTransactionMode} mode
 * @param {(store: IDBObjectStore) => IDBRequest<T>} ask
 * @returns {Promise<T>}
 */
async function withKeys(mode, ask) {
  const opening = indexedDB.open(DATABASE, 1)
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE)
  const database = await done(opening)
  try {
    return await done(ask(database.transaction(STORE, mode).objectStore(STORE)))
  } finally {
    database.close()
  }
}

/**
 * Keep what is written so far; nothing, if it is empty.
 *
 * @param {string} officer id, so that another officer in this tab meets no draft
 * @param {string} field which form and field
 * @param {string} text
 */
export async function keepDraft(officer, field, text) {
  if (text === '') return clearDraft(officer, field)
  const slot = slotOf(officer, field)
  const held = read(slot)
  const found = held && (await withKeys('readonly', (store) => store.get(held.id)))
  const { id, key } = found ? { id: held.id, key: found.key } : await makeKey()
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
  const plain = new TextEncoder().encode(text)
  const data = new Uint8Array(await crypto.subtle.encrypt(parameters(iv, slot), key, plain))
  sessionStorage.setItem(slot, JSON.stringify({ id, iv: [...iv], data: [...data] }))
}

/**
 * What was written and not sent; null where there is nothing, or nothing that can be opened.
 *
 * @param {string} officer
 * @param {string} field
 * @returns {Promise<string | null>}
 */
export async function findDraft(officer, field) {
  const slot = slotOf(officer, field)
  const held = read(slot)
  const found = held && (await withKeys('readonly', (store) => store.get(held.id)))
  if (!found) return null
  try {
    const plain = await crypto.subtle.decrypt(
      parameters(Uint8Array.from(held.iv), slot),
      found.key,
      Uint8Array.from(held.data)
    )
    return new TextDecoder().decode(plain)
  } catch {
    return null
  }
}

/** It is sent, or given up. @param {string} officer @param {string} field */
export async function clearDraft(officer, field) {
  const slot = slotOf(officer, field)
  const held = read(slot)
  sessionStorage.removeItem(slot)
  if (held) await withKeys('readwrite', (store) => store.delete(held.id))
}

/** Forget keys whose tabs are long gone; once for each sign-in is often enough. */
export async function forgetOldDrafts(now = Date.now()) {
  const ids = await withKeys('readonly', (store) => store.getAllKeys())
  for (const id of ids) {
    const found = await withKeys('readonly', (store) => store.get(id))
    if (now - found.made > KEPT_MS) await withKeys('readwrite', (store) => store.delete(id))
  }
}

async function makeKey() {
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
  const id = crypto.randomUUID()
  await withKeys('readwrite', (store) => store.put({ key, made: Date.now() }, id))
  return { id, key }
}

/** A draft opens in its own field only. @param {Uint8Array<ArrayBuffer>} iv @param {string} slot */
function parameters(iv, slot) {
  return { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(slot) }
}

/** @param {string} slot @returns {{ id: string, iv: number[], data: number[] } | null} */
function read(slot) {
  try {
    return JSON.parse(sessionStorage.getItem(slot) ?? 'null')
  } catch {
    return null
  }
}
