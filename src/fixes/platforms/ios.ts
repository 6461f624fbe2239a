/** iOS and iPadOS: two steps by hand, or a profile from device management. */
import { opensslCheck } from '../commands.ts'
import type { Platform } from '../platform.ts'
import { trustPrepare, trustSteps, trustWarning } from '../trust.ts'

export const ios: Platform = {
  slug: 'ios',
  name: 'iOS, iPadOS',
  group: 'stores',
  source: { product: 'iOS 15 and later', page: 'https://support.apple.com/HT204477' },
  recipes: [
    {
      jobs: ['trust-ca'],
      side: 'client',
      title: 'Trust the CA on the device',
      steps: (facts) => [
        ...trustSteps(facts),
        'Send the file to the device and install it: Settings, General, VPN & Device Management, the downloaded profile, Install.',
        'Then switch it on: Settings, General, About, Certificate Trust Settings. Without this second step it is installed and not trusted.',
        'A certificate that device management installs is trusted for TLS without it.',
      ],
      prepare: trustPrepare,
      verify: (facts) => opensslCheck({ ...facts, isPublic: false }),
      warning: trustWarning,
      evidence: 'documented',
    },
    {
      jobs: ['update-store'],
      side: 'client',
      title: 'Update the device',
      steps: ['The roots come with the system: Settings, General, Software Update.'],
      verify: (facts) => opensslCheck(facts),
      evidence: 'documented',
      source: { product: 'iOS 15 and later', page: 'https://support.apple.com/HT209143' },
    },
  ],
}
