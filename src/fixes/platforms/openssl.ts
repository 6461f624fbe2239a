/** The openssl command, as a client for tests and as a checker of files. */
import { opensslCheck, trustFile } from '../commands.ts'
import { hole } from '../placeholders.ts'
import type { Platform } from '../platform.ts'
import { sh } from '../quote.ts'
import { trustPrepare, trustSteps, trustWarning } from '../trust.ts'

const client = ` -cert ${sh(hole('CLIENT_CERT_FILE'))} -cert_chain ${sh(hole('CLIENT_CERT_FILE'))} -key ${sh(hole('CLIENT_KEY_FILE'))}`
const right = `openssl verify -show_chain -CAfile ${sh(hole('ROOT_FILE'))} -untrusted ${sh(hole('INTERMEDIATES_FILE'))} ${sh(hole('LEAF_FILE'))}`

export const openssl: Platform = {
  slug: 'openssl',
  name: 'OpenSSL',
  group: 'clients',
  source: { product: 'OpenSSL 3.0', page: 'https://docs.openssl.org/3.0/man1/openssl-s_client/' },
  recipes: [
    {
      jobs: ['trust-ca'],
      side: 'client',
      title: 'Give openssl s_client the CA',
      steps: (facts) => [
        ...trustSteps(facts),
        'Name it with -CAfile; the last line then reads "Verify return code: 0 (ok)".',
      ],
      prepare: trustPrepare,
      command: (facts) =>
        `openssl s_client -connect ${sh(facts.connect)} -servername ${sh(facts.host)} -CAfile ${sh(trustFile(facts).file)} </dev/null`,
      verify: (facts) => opensslCheck({ ...facts, isPublic: false }),
      warning: trustWarning,
      evidence: 'tested',
    },
    {
      jobs: ['client-certificate'],
      side: 'client',
      title: 'Present a client certificate with openssl s_client',
      steps: [
        '-cert reads the first certificate of a file only: name the file again with -cert_chain, so that the intermediates are sent.',
      ],
      command: (facts) =>
        `openssl s_client -connect ${sh(facts.connect)} -servername ${sh(facts.host)}${client} </dev/null`,
      verify: (facts) => opensslCheck(facts, client),
      evidence: 'tested',
    },
    {
      jobs: ['sni-name'],
      side: 'client',
      title: 'Ask for the name, and have it checked',
      steps: ['-servername sends the name; only -verify_hostname checks the certificate for it.'],
      command: (facts) =>
        `openssl s_client -connect ${sh(facts.connect)} -servername ${sh(facts.host)} -verify_hostname ${sh(facts.host)} -showcerts </dev/null`,
      verify: opensslCheck,
      evidence: 'tested',
    },
    {
      jobs: ['verify-right'],
      side: 'client',
      title: 'Verify a chain of files',
      steps: [
        'openssl verify judges the first certificate of the file it is given and trusts what -CAfile holds: give the root with -CAfile, the intermediates with -untrusted, and the leaf last.',
        'To see what a server sends, ask the server: a file on disk need not be what it serves.',
      ],
      command: right,
      verify: right,
      evidence: 'tested',
      source: { product: 'OpenSSL 3.0', page: 'https://docs.openssl.org/3.0/man1/openssl-verify/' },
    },
  ],
}
