/** Keys that are neither PEM nor TLS: they are named as what they are, and the private ones are secrets. */
import type { MappedText } from './mapped-text.ts'
import type { SecretPlace, SkippedPart } from './model.ts'

/** A line of `authorized_keys` or of a `.pub` file (OpenSSH sshd(8), "AUTHORIZED_KEYS FILE FORMAT"). */
const sshLine =
  /(?:ssh-(?:rsa|dss|ed25519|ed448)|ecdsa-sha2-nistp\d{3}|sk-(?:ssh-ed25519|ecdsa-sha2-nistp256)@openssh\.com) AAAA[A-Za-z0-9+/]{20,4000}={0,2}/g

/** PuTTY's own format (PuTTY manual, appendix C) and the shared key of OpenVPN; each up to its last line. */
const privateKeys: readonly RegExp[] = [
  /PuTTY-User-Key-File-\d: [^\n]{1,60}\n(?:[A-Za-z][\w-]{1,30}: [^\n]{0,200}\n|[A-Za-z0-9+/=]{1,80}\n){1,300}(?:Private-MAC: [0-9a-f]{1,80})?/g,
  /-{5}BEGIN OpenVPN Static key V1-{5}\n(?:[0-9a-fA-F]{1,64}\n){1,64}(?:-{5}END OpenVPN Static key V1-{5})?/g,
]

/** Parts of one kind that are named; more say nothing new. */
const maximumNamed = 100

/** Finds them in a normalised text. */
export function findOtherKeys(source: MappedText): {
  readonly skipped: SkippedPart[]
  readonly secrets: SecretPlace[]
} {
  const { text } = source
  const skipped: SkippedPart[] = []
  const secrets: SecretPlace[] = []
  if (text.includes(' AAAA'))
    for (const { index, 0: found } of text.matchAll(sshLine)) {
      if (skipped.length === maximumNamed) break
      const reason = 'A public key of SSH, which has no certificates as TLS uses them.'
      skipped.push({ span: source.span(index, index + found.length), reason })
    }
  for (const pattern of privateKeys)
    for (const { index, 0: found } of text.matchAll(pattern))
      secrets.push({ span: source.span(index, index + found.trimEnd().length), kind: 'private key' })
  return { skipped, secrets }
}
