/** Istio: secrets for gateways, and destination rules for what leaves the mesh. */
import { clientCurlCheck, gatewayCheck, gatherChain, gatherSteps, opensslCheck, trustFile } from '../commands.ts'
import { type Facts, stem } from '../facts.ts'
import { hole } from '../placeholders.ts'
import type { Platform } from '../platform.ts'
import { sh, yaml } from '../quote.ts'
import { trustPrepare, trustSteps, trustWarning, trustWord } from '../trust.ts'

const ingress = 'https://istio.io/latest/docs/tasks/traffic-management/ingress/secure-ingress/'
const egress = 'https://istio.io/latest/docs/tasks/traffic-management/egress/egress-gateway-tls-origination/'
const product = 'Istio 1.22 and later'

const secretName = ({ host }: Facts): string => `${stem(host, 'site')}-tls`
const namespace = sh(hole('GATEWAY_NAMESPACE'))

const gateway = (facts: Facts, mode: 'SIMPLE' | 'MUTUAL'): string => `apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: ${yaml(stem(facts.host, 'site'))}
  namespace: ${yaml(hole('GATEWAY_NAMESPACE'))}
spec:
  selector:
    istio: ingressgateway
  servers:
    - port: { number: ${facts.port}, name: https, protocol: HTTPS }
      tls:
        mode: ${mode}
        credentialName: ${yaml(secretName(facts))}
      hosts:
        - ${yaml(facts.host)}`

const rule = (facts: Facts, mode: 'SIMPLE' | 'MUTUAL'): string => `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: ${yaml(`${stem(facts.host, 'site')}-origination`)}
  namespace: ${yaml(hole('GATEWAY_NAMESPACE'))}
spec:
  host: ${yaml(facts.host)}
  trafficPolicy:
    portLevelSettings:
      - port: { number: ${facts.port} }
        tls:
          mode: ${mode}
          credentialName: ${yaml(secretName(facts))}
          sni: ${yaml(facts.host)}
          subjectAltNames:
            - ${yaml(facts.host)}`

const atGateway =
  'The secret and the rule belong to the namespace of the egress gateway. In a sidecar credentialName works only with a workloadSelector.'

export const istio: Platform = {
  slug: 'istio',
  name: 'Istio',
  group: 'servers',
  source: { product, page: ingress },
  recipes: [
    {
      jobs: ['serve-chain', 'replace-certificate'],
      side: 'server',
      title: (facts) =>
        facts.job === 'serve-chain'
          ? 'Serve the full chain from the ingress gateway'
          : 'Install the certificate in the ingress gateway',
      steps: (facts) => [
        ...gatherSteps(facts),
        'Replace the secret that credentialName of the gateway names; the gateway picks it up without a restart.',
      ],
      prepare: gatherChain,
      command: (facts) =>
        `kubectl create secret tls ${sh(secretName(facts))} -n ${namespace} --cert=${sh(hole('FULL_CHAIN_FILE'))} --key=${sh(hole('SERVER_KEY_FILE'))} --dry-run=client -o yaml | kubectl apply -f -`,
      verify: (facts) => opensslCheck(facts),
      evidence: 'documented',
    },
    {
      jobs: ['sni-name'],
      side: 'server',
      title: 'Answer this name with its own certificate',
      steps: [
        'List the name under hosts, with the secret of its certificate: only names that are listed are answered.',
      ],
      command: (facts) => gateway(facts, 'SIMPLE'),
      language: 'yaml',
      verify: (facts) => opensslCheck(facts),
      evidence: 'documented',
    },
    {
      jobs: ['trust-ca'],
      side: 'gateway',
      title: 'Let the egress gateway verify this server by its CA',
      steps: (facts) => [
        ...trustSteps(facts),
        'Put the CA into a secret and name it in the destination rule.',
        atGateway,
      ],
      prepare: (facts) =>
        `${trustPrepare(facts)}\nkubectl create secret generic ${sh(secretName(facts))} -n ${namespace} --from-file=ca.crt=${trustWord(facts)}`,
      command: (facts) => rule(facts, 'SIMPLE'),
      language: 'yaml',
      verify: gatewayCheck,
      warning: trustWarning,
      evidence: 'documented',
      source: { product, page: egress },
    },
    {
      jobs: ['client-certificate'],
      side: 'gateway',
      title: 'Let the egress gateway present a client certificate',
      steps: [
        'Put key, certificate (with intermediates) and the CA of the server into one secret, and name it in the destination rule.',
        atGateway,
      ],
      prepare: (facts) =>
        `kubectl create secret generic ${sh(secretName(facts))} -n ${namespace} --from-file=tls.crt=${sh(hole('CLIENT_CERT_FILE'))} --from-file=tls.key=${sh(hole('CLIENT_KEY_FILE'))} --from-file=ca.crt=${sh(trustFile(facts).file)}`,
      command: (facts) => rule(facts, 'MUTUAL'),
      language: 'yaml',
      verify: gatewayCheck,
      evidence: 'documented',
      source: { product, page: egress },
    },
    {
      jobs: ['accept-client'],
      side: 'server',
      title: 'Let the ingress gateway accept these client certificates',
      steps: ['Put the CA of the clients into the secret, beside certificate and key, and set the mode to MUTUAL.'],
      prepare: (facts) =>
        `kubectl create secret generic ${sh(secretName(facts))} -n ${namespace} --from-file=tls.crt=${sh(hole('FULL_CHAIN_FILE'))} --from-file=tls.key=${sh(hole('SERVER_KEY_FILE'))} --from-file=ca.crt=${sh(hole('CLIENT_CA_FILE'))} --dry-run=client -o yaml | kubectl apply -f -`,
      command: (facts) => gateway(facts, 'MUTUAL'),
      language: 'yaml',
      verify: clientCurlCheck,
      evidence: 'documented',
    },
  ],
}
