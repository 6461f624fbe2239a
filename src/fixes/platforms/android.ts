/** Android: what an app may decide for itself, and what the owner of a device can. */
import { opensslCheck, trustFile } from '../commands.ts'
import type { Platform } from '../platform.ts'
import { xml } from '../quote.ts'
import { trustPrepare, trustSteps, trustWarning } from '../trust.ts'

const page = 'https://developer.android.com/privacy-and-security/security-config'

export const android: Platform = {
  slug: 'android',
  name: 'Android',
  group: 'stores',
  source: { product: 'Android 7 and later', page },
  recipes: [
    {
      jobs: ['trust-ca'],
      side: 'client',
      title: 'Let one app trust the CA, for this host only',
      steps: (facts) => [
        ...trustSteps(facts),
        `Put it into the app as res/raw/${trustFile(facts).alias.replaceAll('-', '_')}, and name this file in the manifest: android:networkSecurityConfig="@xml/network_security_config".`,
        'A CA that the owner of the device installs counts only for apps that allow it, as browsers do; apps for API level 24 and later do not by default.',
      ],
      prepare: trustPrepare,
      command: (facts) => `<?xml version="1.0" encoding="utf-8"?>
<network-security-config>
  <domain-config>
    <domain includeSubdomains="false">${facts.host.startsWith('<') ? facts.host : xml(facts.host)}</domain>
    <trust-anchors>
      <certificates src="@raw/${trustFile(facts).alias.replaceAll('-', '_')}" />
      <certificates src="system" />
    </trust-anchors>
  </domain-config>
</network-security-config>`,
      language: 'xml',
      verify: (facts) => opensslCheck({ ...facts, isPublic: false }),
      warning: trustWarning,
      evidence: 'documented',
    },
    {
      jobs: ['update-store'],
      side: 'client',
      title: 'Reach old Android versions',
      steps: [
        'The roots come with the system: update it. From Android 14 on they are updated with the Google Play system updates too.',
        'Where the devices cannot be updated, have the server present a chain to a root that they hold, or let the app carry the root as for a private CA.',
      ],
      verify: (facts) => opensslCheck(facts),
      evidence: 'documented',
      source: { product: 'Android 14', page: 'https://source.android.com/docs/core/ota/modular-system/conscrypt' },
    },
  ],
}
