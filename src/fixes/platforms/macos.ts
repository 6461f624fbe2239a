/** macOS: the System keychain. */

import type { Facts } from '../facts.ts'
import { hole } from '../placeholders.ts'
import type { Platform } from '../platform.ts'
import { sh } from '../quote.ts'
import { trustPrepare, trustSteps, trustWarning, trustWord } from '../trust.ts'

/** The curl that comes with macOS uses the store of the system. */
const check = (facts: Facts): string => `/usr/bin/curl -sS -o /dev/null -w ${sh('%{http_code}\\n')} ${sh(facts.url)}`

export const macos: Platform = {
  slug: 'macos',
  name: 'macOS',
  group: 'stores',
  source: { product: 'macOS 11 and later', page: 'https://support.apple.com/guide/keychain-access/welcome/mac' },
  recipes: [
    {
      jobs: ['trust-ca'],
      side: 'client',
      title: 'Trust the CA in the System keychain',
      steps: (facts) => [
        ...trustSteps(facts),
        'An administrator confirms the command in a dialog; for a fleet use a configuration profile.',
        'By hand: Keychain Access, System, open the certificate, Trust, Secure Sockets Layer (SSL): Always Trust.',
      ],
      prepare: trustPrepare,
      command: (facts) =>
        `sudo security add-trusted-cert -d -r trustRoot -k /Library/Keychains/System.keychain ${trustWord(facts)}`,
      verify: check,
      warning: trustWarning,
      evidence: 'documented',
    },
    {
      jobs: ['supply-intermediate'],
      side: 'client',
      title: 'Add the missing intermediate to the keychain',
      steps: (facts) => [
        ...trustSteps(facts),
        'The command stores it without trusting it, which is right for an intermediate.',
      ],
      prepare: trustPrepare,
      command: (facts) => `sudo security add-certificates -k /Library/Keychains/System.keychain ${trustWord(facts)}`,
      verify: check,
      warning: trustWarning,
      evidence: 'documented',
    },
    {
      jobs: ['client-certificate'],
      side: 'client',
      title: 'Put the client certificate into the keychain',
      steps: [
        'Import the PKCS#12 file into the login keychain; Safari and Chrome then ask which certificate to present.',
      ],
      command: `security import ${sh(hole('CLIENT_P12_FILE'))} -k ~/Library/Keychains/login.keychain-db`,
      verify: 'security find-identity -v -p ssl-client',
      evidence: 'documented',
    },
    {
      jobs: ['update-store'],
      side: 'client',
      title: 'Update macOS',
      steps: ['The roots come with the system: install its updates, in System Settings, General, Software Update.'],
      command: 'softwareupdate --list',
      verify: check,
      evidence: 'documented',
      source: { product: 'macOS 11 and later', page: 'https://support.apple.com/HT209143' },
    },
  ],
}
