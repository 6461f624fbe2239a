/** What TLS libraries say when they end a handshake by themselves: reasons by number, and in words. */
import type { Failure } from '../input/model.ts'

/** A key or digest at which the library stops: of the certificate that it was given itself, or of the key exchange. */
export type WeakThing = 'weak-own-key' | 'weak-own-digest' | 'weak-ephemeral'

/** What client and server could not agree on. */
export type Disagreement =
  | 'version'
  | 'no-version'
  | 'cipher'
  | 'no-cipher'
  | 'renegotiation'
  | 'signature'
  | 'group'
  | WeakThing

interface SslReason {
  readonly what: Disagreement
  /** Reasons of OpenSSL's SSL library, include/openssl/sslerr.h of 1.1.1 and 3.0. */
  readonly codes: readonly number[]
  /** The same in words, and what other libraries say; underscores are read as spaces. */
  readonly words: RegExp
}

const sslReasons: readonly SslReason[] = [
  {
    what: 'weak-ephemeral',
    codes: [394],
    words:
      /dh key too small|DHPublicKey does not comply|prime sent by the server is not acceptable|weak server ephemeral dh key/i,
  },
  { what: 'weak-own-key', codes: [397, 399], words: /(?:ee|ca) key too small/i },
  { what: 'weak-own-digest', codes: [398], words: /ca md too weak/i },
  { what: 'renegotiation', codes: [338], words: /unsafe legacy renegotiation disabled/i },
  {
    what: 'no-version',
    codes: [191],
    words: /no protocols available|no supported versions satisfy|No appropriate protocol/i,
  },
  {
    what: 'version',
    codes: [258, 266, 396],
    words:
      /unsupported protocol|wrong ssl version|version too low|unsupported protocol version|selected protocol version \S{1,20} is not accepted|illegal or unsupported version|obsolete version|unsupported version|SSL ERROR UNSUPPORTED VERSION/i,
  },
  { what: 'no-cipher', codes: [181, 185], words: /no ciphers available|no cipher match/i },
  {
    what: 'cipher',
    codes: [193, 261],
    words:
      /no shared cipher|no cipher suites? in common|no supported cipher suites|no cypher overlap|version or cipher mismatch/i,
  },
  {
    what: 'signature',
    codes: [118, 333, 370, 376],
    words:
      /wrong signature type|legacy sigalg disallowed|no suitable signature algorithm|no shared signature algorithms/i,
  },
  { what: 'group', codes: [101, 378, 410], words: /no suitable key share|no shared groups|wrong curve/i },
]

const byCode = new Map(sslReasons.flatMap(({ what, codes }) => codes.map((code) => [code, what] as const)))

/**
 * Reads what was not agreed on from an error of the program's own; numbers decide before words.
 * BoringSSL prints numbers of its own, so only its words count.
 */
export function disagreementOf(failure: Failure): Disagreement | undefined {
  const { text } = failure
  const code = /error:([0-9A-Fa-f]{8}):SSL routines/.exec(text)?.[1]
  const reason = code === undefined || /OPENSSL_internal/.test(text) ? undefined : Number.parseInt(code, 16) & 0xfff
  const known = reason === undefined ? undefined : byCode.get(reason)
  if (known) return known
  const plain = text.replaceAll('_', ' ')
  return sslReasons.find(({ words }) => words.test(plain))?.what
}
