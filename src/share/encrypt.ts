/**
 * Encryption with a passphrase: scrypt (RFC 7914) and AES-256-GCM, in TypeScript, so that it is the same with and
 * without a secure context.
 */
import { gcm } from '@noble/ciphers/aes.js'
import { scryptAsync } from '@noble/hashes/scrypt.js'
import { err, ok, type Result } from '../core/result.ts'

/** Cost of one guess: 64 MB and about a second in a browser. OWASP's password storage guide names N = 2^16, r = 8, p = 2. */
const cost = { N: 2 ** 16, r: 8, p: 2, dkLen: 32, maxmem: 2 ** 27 } as const
const saltBytes = 16
const nonceBytes = 12
const tagBytes = 16

const keyOf = (passphrase: string, salt: Uint8Array) => scryptAsync(passphrase.normalize('NFC'), salt, cost)

/** @param random cryptographically secure bytes, as many as asked for */
export async function encrypt(
  plain: Uint8Array,
  passphrase: string,
  random: (length: number) => Uint8Array,
): Promise<Uint8Array> {
  const salt = random(saltBytes)
  const nonce = random(nonceBytes)
  const sealed = gcm(await keyOf(passphrase, salt), nonce).encrypt(plain)
  const content = new Uint8Array(saltBytes + nonceBytes + sealed.length)
  content.set(salt)
  content.set(nonce, saltBytes)
  content.set(sealed, saltBytes + nonceBytes)
  return content
}

export async function decrypt(
  content: Uint8Array,
  passphrase: string,
): Promise<Result<Uint8Array, 'damaged' | 'wrong-passphrase'>> {
  if (content.length < saltBytes + nonceBytes + tagBytes) return err('damaged')
  const salt = content.subarray(0, saltBytes)
  const nonce = content.subarray(saltBytes, saltBytes + nonceBytes)
  try {
    return ok(gcm(await keyOf(passphrase, salt), nonce).decrypt(content.subarray(saltBytes + nonceBytes)))
  } catch {
    return err('wrong-passphrase')
  }
}
