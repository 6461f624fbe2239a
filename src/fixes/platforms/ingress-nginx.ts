/** ingress-nginx, the community's ingress controller for Kubernetes: secrets and annotations. */
import { clientCurlCheck, gatewayCheck, gatherChain, gatherSteps, opensslCheck } from '../commands.ts'
import { type Facts, stem } from '../facts.ts'
import { hole } from '../placeholders.ts'
import type { Platform } from '../platform.ts'
import { sh, yaml } from '../quote.ts'
import { trustPrepare, trustSteps, trustWarning, trustWord } from '../trust.ts'

const docs = 'https://kubernetes.github.io/ingress-nginx/user-guide'
const annotations = `${docs}/nginx-configuration/annotations/`
const product = 'ingress-nginx 1'
const namespace = sh(hole('NAMESPACE'))
const prefix = 'nginx.ingress.kubernetes.io'

const secretOf = ({ host }: Facts, suffix: string): string => `${stem(host, 'site')}-${suffix}`

/** An ingress with annotations; `kubectl patch` merges it into the one that is there. */
const annotated = (entries: readonly (readonly [string, string])[]): string => `metadata:
  annotations:
${entries.map(([key, value]) => `    ${prefix}/${key}: ${yaml(value)}`).join('\n')}`

const apply = `kubectl patch ingress ${sh(hole('INGRESS'))} -n ${namespace} --type merge --patch-file patch.yaml`

const upstream = (facts: Facts): (readonly [string, string])[] => [
  ['backend-protocol', 'HTTPS'],
  ['proxy-ssl-server-name', 'on'],
  ['proxy-ssl-name', facts.host],
]

const verified = (facts: Facts): (readonly [string, string])[] => [
  ...upstream(facts),
  ['proxy-ssl-secret', `${hole('NAMESPACE')}/${secretOf(facts, 'upstream')}`],
  ['proxy-ssl-verify', 'on'],
  ['proxy-ssl-verify-depth', '3'],
]

export const ingressNginx: Platform = {
  slug: 'ingress-nginx',
  name: 'ingress-nginx',
  group: 'servers',
  source: { product, page: `${docs}/tls/` },
  recipes: [
    {
      jobs: ['serve-chain', 'replace-certificate'],
      side: 'server',
      title: (facts) =>
        facts.job === 'serve-chain'
          ? 'Serve the full chain from the Ingress'
          : 'Install the certificate in the Ingress',
      steps: (facts) => [
        ...gatherSteps(facts),
        'Replace the secret that the Ingress names, in the namespace of the Ingress; the controller picks it up by itself.',
        'With cert-manager the secret is written by it: look at the Certificate resource instead.',
      ],
      prepare: gatherChain,
      command: `kubectl create secret tls ${sh(hole('SECRET'))} -n ${namespace} --cert=${sh(hole('FULL_CHAIN_FILE'))} --key=${sh(hole('SERVER_KEY_FILE'))} --dry-run=client -o yaml | kubectl apply -f -`,
      verify: (facts) => opensslCheck(facts),
      evidence: 'documented',
    },
    {
      jobs: ['sni-name'],
      side: 'server',
      title: 'Answer this name with its own certificate',
      steps: [
        'List the name under spec.tls, with the secret of its certificate. The controller answers with its own "Fake Certificate" when name, secret or namespace do not agree.',
        'Save the lines as patch.yaml. They replace the list under spec.tls: add the other names of the Ingress to it.',
      ],
      command: ({ host }) => `spec:
  tls:
    - hosts:
        - ${yaml(host)}
      secretName: ${yaml(hole('SECRET'))}`,
      language: 'yaml',
      reload: apply,
      verify: (facts) => opensslCheck(facts),
      evidence: 'documented',
    },
    {
      jobs: ['trust-ca'],
      side: 'gateway',
      title: 'Let the Ingress verify its backend by this CA',
      steps: (facts) => [
        ...trustSteps(facts),
        'Put the CA into a secret, save the annotations as patch.yaml, and merge them into the Ingress.',
      ],
      prepare: (facts) =>
        `${trustPrepare(facts)}\nkubectl create secret generic ${sh(secretOf(facts, 'upstream'))} -n ${namespace} --from-file=ca.crt=${trustWord(facts)}`,
      command: (facts) => annotated(verified(facts)),
      language: 'yaml',
      reload: apply,
      verify: gatewayCheck,
      warning: trustWarning,
      evidence: 'documented',
      source: { product, page: `${annotations}#backend-certificate-authentication` },
    },
    {
      jobs: ['client-certificate'],
      side: 'gateway',
      title: 'Let the Ingress present a client certificate to its backend',
      steps: [
        'Put certificate (with intermediates), key and the CA of the backend into one secret, save the annotations as patch.yaml, and merge them.',
      ],
      prepare: (facts) =>
        `kubectl create secret generic ${sh(secretOf(facts, 'upstream'))} -n ${namespace} --from-file=tls.crt=${sh(hole('CLIENT_CERT_FILE'))} --from-file=tls.key=${sh(hole('CLIENT_KEY_FILE'))} --from-file=ca.crt=${sh(facts.anchor.file)}`,
      command: (facts) => annotated(verified(facts)),
      language: 'yaml',
      reload: apply,
      verify: gatewayCheck,
      evidence: 'documented',
      source: { product, page: `${annotations}#backend-certificate-authentication` },
    },
    {
      jobs: ['sni-name'],
      side: 'gateway',
      title: 'Let the Ingress send the server name to its backend',
      steps: ['Save the annotations as patch.yaml, and merge them into the Ingress.'],
      command: (facts) => annotated(upstream(facts)),
      language: 'yaml',
      reload: apply,
      verify: gatewayCheck,
      evidence: 'documented',
      source: { product, page: `${annotations}#backend-certificate-authentication` },
    },
    {
      jobs: ['accept-client'],
      side: 'server',
      title: 'Let the Ingress accept these client certificates',
      steps: [
        'Put the CAs of the clients into a secret with the key ca.crt, save the annotations as patch.yaml, and merge them. The default depth is 1.',
      ],
      prepare: (facts) =>
        `kubectl create secret generic ${sh(secretOf(facts, 'clients'))} -n ${namespace} --from-file=ca.crt=${sh(hole('CLIENT_CA_FILE'))}`,
      command: (facts) =>
        annotated([
          ['auth-tls-secret', `${hole('NAMESPACE')}/${secretOf(facts, 'clients')}`],
          ['auth-tls-verify-client', 'on'],
          ['auth-tls-verify-depth', '3'],
        ]),
      language: 'yaml',
      reload: apply,
      verify: clientCurlCheck,
      evidence: 'documented',
      source: { product, page: `${annotations}#client-certificate-authentication` },
    },
    {
      jobs: ['protocol-version'],
      side: 'server',
      title: 'Offer TLS 1.2 and 1.3',
      steps: ['Set it in the ConfigMap of the controller; it holds for all its hosts.'],
      command: `data:\n  ssl-protocols: "TLSv1.2 TLSv1.3"`,
      language: 'yaml',
      verify: (facts) => opensslCheck(facts, ' -tls1_2'),
      evidence: 'documented',
      source: { product, page: `${docs}/nginx-configuration/configmap/#ssl-protocols` },
    },
  ],
}
