/** F5 BIG-IP: SSL profiles, by tmsh (from the shell of the BIG-IP) and by the Configuration utility. */
import {
  clientCurlCheck,
  fetchMissing,
  gatewayCheck,
  gatherSteps,
  getMissing,
  missingFile,
  opensslCheck,
  trustFile,
} from '../commands.ts'
import { type Facts, stem } from '../facts.ts'
import { hole } from '../placeholders.ts'
import type { Platform, Source } from '../platform.ts'
import { sh } from '../quote.ts'
import { trustPrepare, trustSteps, trustWarning, trustWord } from '../trust.ts'

const product = 'BIG-IP LTM 14 to 17'
const client: Source = {
  product,
  page: 'https://clouddocs.f5.com/cli/tmsh-reference/latest/modules/ltm/ltm_profile_client-ssl.html',
}
const server: Source = {
  product,
  page: 'https://clouddocs.f5.com/cli/tmsh-reference/latest/modules/ltm/ltm_profile_server-ssl.html',
}
const reload = 'tmsh save sys config'

const clientProfile = sh(hole('CLIENT_SSL_PROFILE'))
const serverProfile = sh(hole('SERVER_SSL_PROFILE'))
const importPath =
  'Configuration utility: System, Certificate Management, Traffic Certificate Management, SSL Certificate List, Import.'
const clientPath = 'Local Traffic, Profiles, SSL, Client, the profile'
const serverPath = 'Local Traffic, Profiles, SSL, Server, the profile'

/** A new object for each certificate: overwriting one that a profile uses can leave certificate and key that do not match. */
const object = (name: string, facts: Facts): string =>
  sh(`${stem(name, 'chain')}-${(facts.capture?.evaluatedAt ?? '').slice(0, 10).replaceAll('-', '') || 'new'}`)

const install = (kind: 'cert' | 'key', name: string, file: string): string =>
  `tmsh install sys crypto ${kind} ${name} from-local-file ${file.startsWith("'") ? file : `/var/tmp/${file}`}`

const chain = (facts: Facts): string => object(facts.missing.name, facts)

export const f5: Platform = {
  slug: 'f5',
  name: 'F5 BIG-IP',
  group: 'servers',
  source: client,
  recipes: [
    {
      jobs: ['serve-chain'],
      side: 'server',
      title: 'Put the chain into the Client SSL profile',
      steps: (facts) => [
        facts.rule === 'missing-intermediate'
          ? getMissing(facts)
          : 'Write the intermediates into one file, each once: the issuer of the leaf first, without leaf and root.',
        'Do this in the folder /var/tmp of the BIG-IP, or copy the file there.',
        'Look up the profile of the virtual server, and the names of its certificate and key; then give it the three together. The change is live at once.',
        `${importPath} Then ${clientPath}, Certificate Key Chain: edit the entry, and choose the new certificate under Chain.`,
      ],
      prepare: (facts) =>
        [
          ...fetchMissing(facts),
          `tmsh list ltm profile client-ssl ${clientProfile} cert-key-chain`,
          install('cert', chain(facts), sh(missingFile(facts))),
        ].join('\n'),
      command: (facts) =>
        `tmsh modify ltm profile client-ssl ${clientProfile} cert-key-chain replace-all-with { default { cert ${sh(hole('CERT_OBJECT'))} key ${sh(hole('KEY_OBJECT'))} chain ${chain(facts)} } }`,
      reload,
      verify: (facts) => opensslCheck(facts),
      evidence: 'documented',
    },
    {
      jobs: ['replace-certificate'],
      side: 'server',
      title: 'Install the certificate in the Client SSL profile',
      steps: (facts) => [
        ...gatherSteps(facts).slice(0, -1),
        'Copy the files to the BIG-IP, install them under new names, and give certificate, key and chain to the profile together.',
        `${importPath} Then ${clientPath}, Certificate Key Chain.`,
      ],
      prepare: (facts) =>
        [
          install('cert', object(facts.host, facts), sh(hole('NEW_CERT_FILE'))),
          install('key', object(facts.host, facts), sh(hole('SERVER_KEY_FILE'))),
          install('cert', object(`${facts.host} chain`, facts), sh(hole('INTERMEDIATES_FILE'))),
        ].join('\n'),
      command: (facts) =>
        `tmsh modify ltm profile client-ssl ${clientProfile} cert-key-chain replace-all-with { default { cert ${object(facts.host, facts)} key ${object(facts.host, facts)} chain ${object(`${facts.host} chain`, facts)} } }`,
      reload,
      verify: (facts) => opensslCheck(facts),
      evidence: 'documented',
    },
    {
      jobs: ['sni-name'],
      side: 'server',
      title: 'Choose the Client SSL profile by the name',
      steps: [
        'One profile for each name, all of them on the virtual server; one of them with sni-default answers everybody else.',
        `Configuration utility: ${clientPath}, Server Name.`,
      ],
      command: ({ host }) => `tmsh modify ltm profile client-ssl ${clientProfile} server-name ${sh(host)}`,
      reload,
      verify: (facts) => opensslCheck(facts),
      evidence: 'documented',
    },
    {
      jobs: ['trust-ca'],
      side: 'gateway',
      title: 'Let the Server SSL profile verify the pool member by this CA',
      steps: (facts) => [
        ...trustSteps(facts),
        'Copy the file to /var/tmp on the BIG-IP, install it, and have the profile verify; the default accepts any certificate.',
        'The name is checked only with authenticate-name, and only together with these two.',
        `Configuration utility: ${serverPath}, Server Authentication: Server Certificate require, Trusted Certificate Authorities, Authenticate Name.`,
      ],
      prepare: (facts) =>
        `${trustPrepare(facts)}\n${install('cert', object(trustFile(facts).name, facts), trustWord(facts))}`,
      command: (facts) =>
        `tmsh modify ltm profile server-ssl ${serverProfile} ca-file ${object(trustFile(facts).name, facts)} peer-cert-mode require server-name ${sh(facts.host)} authenticate-name ${sh(facts.host)}`,
      reload,
      verify: gatewayCheck,
      warning: trustWarning,
      evidence: 'documented',
      source: server,
    },
    {
      jobs: ['client-certificate'],
      side: 'gateway',
      title: 'Let the Server SSL profile present a client certificate',
      steps: [
        'Install certificate, key and intermediates, and name them in the profile. The certificate that the client presented to the BIG-IP ends there.',
        `Configuration utility: ${serverPath}, Certificate, Key, Chain.`,
      ],
      command: `tmsh modify ltm profile server-ssl ${serverProfile} cert ${sh(hole('CERT_OBJECT'))} key ${sh(hole('KEY_OBJECT'))} chain ${sh(hole('CHAIN_OBJECT'))}`,
      reload,
      verify: gatewayCheck,
      evidence: 'documented',
      source: server,
    },
    {
      jobs: ['sni-name'],
      side: 'gateway',
      title: 'Let the Server SSL profile send the server name',
      steps: [
        'The name is what Kong or another server behind the BIG-IP chooses its certificate by.',
        `Configuration utility: ${serverPath}, Server Name.`,
      ],
      command: ({ host }) => `tmsh modify ltm profile server-ssl ${serverProfile} server-name ${sh(host)}`,
      reload,
      verify: gatewayCheck,
      evidence: 'documented',
      source: server,
    },
    {
      jobs: ['accept-client'],
      side: 'server',
      title: 'Let the Client SSL profile accept these client certificates',
      steps: [
        'ca-file is what is trusted, client-cert-ca what is advertised to clients that choose by issuer; peer-cert-mode require refuses all others.',
        `Configuration utility: ${clientPath}, Client Authentication.`,
      ],
      prepare: install('cert', 'client-ca', sh(hole('CLIENT_CA_FILE'))),
      command: `tmsh modify ltm profile client-ssl ${clientProfile} ca-file client-ca client-cert-ca client-ca peer-cert-mode require authenticate-depth 9`,
      reload,
      verify: clientCurlCheck,
      evidence: 'documented',
    },
  ],
}
