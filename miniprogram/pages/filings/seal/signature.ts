/** Ed25519 over a list whose first item says what is signed, so that no signature can stand for another. */
import nacl from 'tweetnacl'
import { canonical, type Json } from './wire'

/** The order of Ed25519's group, little-endian. */
const ORDER = [
  0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0x10
]

/** tweetnacl takes S and S + order for the same signature; RFC 8032 section 5.1.7 and libsodium take only the first. */
function isReduced(signature: Uint8Array): boolean {
  for (let at = 31; at >= 0; at -= 1) {
    if (signature[32 + at] !== ORDER[at]) return signature[32 + at] < ORDER[at]
  }
  return false
}

export function isSigned(items: readonly Json[], signature: Uint8Array, verifyKey: Uint8Array): boolean {
  if (signature.length !== nacl.sign.signatureLength || verifyKey.length !== nacl.sign.publicKeyLength) return false
  return isReduced(signature) && nacl.sign.detached.verify(canonical(items), signature, verifyKey)
}
