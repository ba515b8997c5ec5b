/**
 * Passkeys: a form with `data-passkey` (`create` or `get`) asks the server what is to be signed, lets the browser's
 * authenticator sign it, and sends what it signed as an ordinary form. Binary parts travel as base64url.
 */

/** @param {string} text */
function toBytes(text) {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(binary, (character) => character.charCodeAt(0))
}

/** @param {ArrayBuffer} buffer */
function toText(buffer) {
  const binary = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join('')
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** @param {{ id: string }[] | undefined} known */
function withBytes(known) {
  return (known ?? []).map((one) => ({ ...one, id: toBytes(one.id) }))
}

/** @param {HTMLFormElement} form */
async function askServer(form) {
  const token = /** @type {HTMLInputElement} */ (form.elements.namedItem('csrf')).value
  const answer = await fetch(form.dataset.options ?? '', { method: 'POST', headers: { 'X-CSRF-Token': token } })
  if (!answer.ok || answer.redirected) throw new Error('refused')
  return answer.json()
}

/** @param {any} options */
async function create(options) {
  const publicKey = {
    ...options,
    challenge: toBytes(options.challenge),
    user: { ...options.user, id: toBytes(options.user.id) },
    excludeCredentials: withBytes(options.excludeCredentials)
  }
  const made = /** @type {PublicKeyCredential} */ (await navigator.credentials.create({ publicKey }))
  const response = /** @type {AuthenticatorAttestationResponse} */ (made.response)
  return describe(made, {
    clientDataJSON: toText(response.clientDataJSON),
    attestationObject: toText(response.attestationObject)
  })
}

/** @param {any} options */
async function get(options) {
  const publicKey = {
    ...options,
    challenge: toBytes(options.challenge),
    allowCredentials: withBytes(options.allowCredentials)
  }
  const shown = /** @type {PublicKeyCredential} */ (await navigator.credentials.get({ publicKey }))
  const response = /** @type {AuthenticatorAssertionResponse} */ (shown.response)
  return describe(shown, {
    clientDataJSON: toText(response.clientDataJSON),
    authenticatorData: toText(response.authenticatorData),
    signature: toText(response.signature),
    userHandle: response.userHandle ? toText(response.userHandle) : null
  })
}

/** @param {PublicKeyCredential} credential @param {Record<string, string | null>} response */
function describe(credential, response) {
  return { id: credential.id, rawId: toText(credential.rawId), type: credential.type, response }
}

/** @param {HTMLFormElement} form */
async function sign(form) {
  const options = await askServer(form)
  const credential = form.dataset.passkey === 'create' ? await create(options) : await get(options)
  const field = /** @type {HTMLInputElement} */ (form.elements.namedItem('credential'))
  field.value = JSON.stringify(credential)
  form.submit()
}

for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll('form[data-passkey]'))) {
  form.hidden = !('credentials' in navigator && 'PublicKeyCredential' in window)
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const failed = /** @type {HTMLElement} */ (form.querySelector('[role=alert]'))
    failed.hidden = true
    sign(form).catch(() => {
      failed.hidden = false
    })
  })
}
