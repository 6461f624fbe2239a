/** NIST SP 800-57 part 1 section 8: a private key that has been shown is compromised. */

import type { SecretPlace } from '../../input/model.ts'
import { type InputRule, pass } from '../contract.ts'

const advice: Readonly<Record<SecretPlace['kind'], string>> = {
  'private key':
    'Anybody who saw it can pose as its owner. If this text has been anywhere but here, make a new key and have the certificate issued anew and the old one revoked.',
  'TLS session key': 'It decrypts this one connection. Remove the line before passing the text on.',
  'session ticket': 'It may resume this connection. Remove the lines before passing the text on.',
  credential: 'It gives access for as long as it is valid. Revoke it if this text has been anywhere but here.',
  token: 'It gives access for as long as it is valid. Revoke it if this text has been anywhere but here.',
  password: 'Change it if this text has been anywhere but here.',
}

export const secretInPaste: InputRule = {
  scope: 'input',
  meta: {
    slug: 'secret-in-paste',
    title: 'The input holds a secret.',
    why: 'It is not needed for any verdict, and must not travel with one.',
    cause: false,
    explains: [],
    sources: ['NIST SP 800-57 part 1 section 8'],
  },
  check(context) {
    const places = context.documents.flatMap((document) => document.secrets)
    if (places.length === 0) return pass
    const kinds = [...new Set(places.map((place) => place.kind))]
    return {
      kind: 'fail',
      drafts: kinds.map((kind) => {
        const own = places.filter((place) => place.kind === kind)
        const grave = kind === 'private key' || kind === 'credential' || kind === 'token' || kind === 'password'
        return {
          severity: grave ? 'warning' : 'info',
          confidence: 'certain',
          owner: 'reporter',
          title: `The input holds ${own.length === 1 ? `a ${kind}` : `${own.length} secrets (${kind})`}.`,
          explanation: `${advice[kind]} It stays on this machine, is shown masked, and is left out of everything that can be shared.`,
          evidence: own.slice(0, 20).map((place) => place.span),
        }
      }),
    }
  },
}
