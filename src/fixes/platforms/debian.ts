/** Debian and Ubuntu: the store of the system. */
import { curlCheck, trustFile } from '../commands.ts'
import type { Platform } from '../platform.ts'
import { sh } from '../quote.ts'
import { trustPrepare, trustSteps, trustWarning, trustWord } from '../trust.ts'

/** The bundle that update-ca-certificates writes. */
const bundle = ['--cacert', '/etc/ssl/certs/ca-certificates.crt']

export const debian: Platform = {
  slug: 'debian',
  name: 'Debian, Ubuntu',
  group: 'stores',
  source: {
    product: 'Debian 12, ca-certificates 20230311',
    page: 'https://manpages.debian.org/bookworm/ca-certificates/update-ca-certificates.8.en.html',
  },
  recipes: [
    {
      jobs: ['trust-ca', 'supply-intermediate'],
      side: 'client',
      title: (facts) =>
        facts.job === 'trust-ca'
          ? 'Add the CA to the store of the system'
          : 'Add the missing intermediate to the store of the system',
      steps: (facts) => [
        ...trustSteps(facts),
        'Copy it with a name that ends in .crt, one certificate per file, and rebuild the store. Running programs have to be restarted.',
        'Java, Node.js, Firefox and the requests library of Python do not use this store by themselves.',
        'To take it back: delete the file and run "update-ca-certificates --fresh".',
      ],
      prepare: trustPrepare,
      command: (facts) =>
        `install -m 644 ${trustWord(facts)} /usr/local/share/ca-certificates/${trustFile(facts).alias}.crt\nupdate-ca-certificates`,
      verify: (facts) => curlCheck(facts, bundle),
      warning: trustWarning,
      evidence: 'tested',
    },
    {
      jobs: ['update-store'],
      side: 'client',
      title: 'Update the store of the system',
      steps: ['Install the current package of CA certificates; a bare container image has none at all.'],
      command: 'apt-get update && apt-get install -y ca-certificates',
      verify: (facts) => curlCheck({ ...facts, isPublic: true }, bundle),
      evidence: 'tested',
      source: { product: 'Debian 12', page: 'https://packages.debian.org/bookworm/ca-certificates' },
    },
    {
      jobs: ['set-clock'],
      side: 'client',
      title: 'Set the clock',
      steps: [
        'Switch time synchronisation on; a container takes its clock from the host, a virtual machine often too.',
      ],
      command: 'timedatectl set-ntp true\ntimedatectl',
      verify: `test "$(timedatectl show -p NTPSynchronized --value)" = yes && date -u`,
      evidence: 'documented',
      source: { product: 'systemd 252', page: 'https://manpages.debian.org/bookworm/systemd/timedatectl.1.en.html' },
    },
    {
      jobs: ['use-proxy'],
      side: 'client',
      title: 'Name the proxy in the environment',
      steps: ['Most programs, but not Java, read these variables; lower case is what curl expects for http.'],
      command: ({ host }) =>
        `export https_proxy=${sh('http://<PROXY_HOST>:<PROXY_PORT>')} HTTPS_PROXY=${sh('http://<PROXY_HOST>:<PROXY_PORT>')}\nexport no_proxy="\${no_proxy:+$no_proxy,}localhost,127.0.0.1" # add ,${sh(host)} when it is reachable directly`,
      verify: (facts) => curlCheck(facts),
      evidence: 'documented',
      source: { product: 'curl 7.88', page: 'https://curl.se/docs/manpage.html#ENVIRONMENT' },
    },
  ],
}
