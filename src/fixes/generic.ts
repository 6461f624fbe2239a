/** What to do, whatever the product: steps for each cause, filled in from the report. Platform recipes stand beside this one. */
import type { Finding, Fix, RuleSlug } from '../core/finding.ts'
import type { Report } from '../report/types.ts'
import { buildFix } from './build.ts'
import { clientCurlCheck, curlCheck, gatherChain, gatherSteps, opensslCheck } from './commands.ts'
import { factsOf } from './facts.ts'
import { advice } from './jobs.ts'
import { hole } from './placeholders.ts'
import type { Recipe } from './platform.ts'
import { sh } from './quote.ts'
import { trustPrepare, trustSteps, trustWarning } from './trust.ts'

const rfc = (number: number, section: string, title: string) => ({
  product: `RFC ${number}, ${title}`,
  page: `https://www.rfc-editor.org/rfc/rfc${number}#section-${section}`,
})
const certificates = rfc(8446, '4.4.2', 'TLS 1.3')
const paths = rfc(5280, '6.1', 'PKIX certificates')
const names = rfc(9525, '6', 'service identity in TLS')

type Draft = Omit<Recipe, 'jobs' | 'side' | 'evidence' | 'verify'> & Partial<Pick<Recipe, 'evidence' | 'verify'>>

const serve = (title: string): Draft => ({
  title,
  steps: (facts) => [...gatherSteps(facts), 'Let the server use this file, and reload it.'],
  command: gatherChain,
  source: certificates,
  evidence: 'tested',
})

const renew = (title: string): Draft => ({
  title,
  steps: (facts) => [
    ...gatherSteps(facts),
    'Install it, and reload every server that answers for this name; check each address of a cluster.',
  ],
  command: gatherChain,
  source: certificates,
  evidence: 'tested',
})

const drafts: Readonly<Partial<Record<RuleSlug, Draft>>> = {
  'missing-intermediate': serve('Serve the full chain'),
  'wrong-order': serve('Put the certificates in order'),
  'extra-certificates': serve('Send only what belongs to the chain'),
  'duplicate-certificates': serve('Send each certificate once'),
  'expired-issuer': {
    title: 'Replace the expired CA certificate',
    steps: [
      'Get the current chain from the CA, and serve it in place of the old one: a newer certificate of the same CA, or another path to a newer root.',
      'If the expired one is a root in the store of the client: update that store.',
    ],
    command: gatherChain,
    source: paths,
  },
  'bad-signature': {
    title: 'Install the chain afresh',
    steps: [
      'Get leaf and intermediates from the CA again: a file was damaged, or a certificate stands in for another one of the same name.',
      'Compare the SHA-256 fingerprints of what is served with those that the CA shows, and reload the server.',
    ],
    command: gatherChain,
    source: paths,
  },
  'private-ca': {
    title: 'Trust the private root on the client',
    steps: (facts) => [
      ...trustSteps(facts),
      'Add it to the trust store of the program that fails: Java, Python, Node.js and containers each have one of their own.',
    ],
    command: trustPrepare,
    warning: trustWarning,
    source: paths,
  },
  'interception-proxy': {
    title: 'Ask the proxy team',
    steps: (facts) => [
      `Send this: "Exempt ${facts.authority} from TLS inspection, or let it pass as a plain CONNECT tunnel. The certificate that our client receives is issued by the proxy, so verification fails and mutual TLS cannot work."`,
      'If inspection has to stay, the root of the proxy has to be trusted by the failing program, after these steps.',
      ...trustSteps(facts),
    ],
    warning: trustWarning,
    verify: (facts) => opensslCheck({ ...facts, isPublic: true }),
    source: { product: 'RFC 9110, HTTP semantics', page: 'https://www.rfc-editor.org/rfc/rfc9110#section-9.3.6' },
  },
  'cloudflare-origin': {
    title: 'Choose who the clients are',
    steps: [
      'If all clients come through Cloudflare: use the proxied name, and let no client reach the origin address.',
      'If some come directly: install a publicly trusted certificate with its full chain on the origin; Cloudflare accepts it too in mode Full (strict).',
    ],
    verify: (facts) => curlCheck({ ...facts, isPublic: true, connect: facts.authority }),
    source: {
      product: 'Cloudflare, 2026',
      page: 'https://developers.cloudflare.com/ssl/origin-configuration/origin-ca/',
    },
  },
  'self-signed-leaf': renew('Replace the certificate'),
  'product-default-certificate': {
    title: 'Bind the certificate of this site',
    steps: [
      'The server answers with the certificate that its product comes with: either none was installed, or none has the name that the client asks for.',
      'Install one with this name and its full chain, bind it to the name, and reload.',
    ],
    command: gatherChain,
    source: certificates,
  },
  'acme-staging': renew('Have the certificate issued by the production CA'),
  'hostname-mismatch': {
    title: 'Bring name and certificate together',
    steps: ({ names: listed, host }) => [
      `Either let the client use a name that the certificate has${listed.length > 0 ? ` (${listed.slice(0, 5).join(', ')})` : ''},`,
      `or issue a certificate with ${host} among its DNS names,`,
      'or, when another site answered, bind the right certificate to this name on the server.',
    ],
    source: names,
  },
  'missing-or-wrong-sni': {
    title: 'Send the server name',
    steps: [
      'Call the server by its name, and let the client send it.',
      'Where a proxy or load balancer connects to this server, set the server name there (server SSL profile, upstream or service setting).',
    ],
    source: rfc(6066, '3', 'TLS extensions'),
  },
  'no-san': renew('Have the certificate issued with its names'),
  'expired-leaf': renew('Install a current certificate'),
  'expires-soon': renew('Renew the certificate in time'),
  'weak-key-or-signature': renew('Replace key and certificate'),
  revoked: renew('Replace key and certificate'),
  'ca-constraint-violation': renew('Have the certificate issued for its use'),
  'not-yet-valid': {
    title: 'Set the clock, or wait',
    steps: [
      'Compare the clock of the client with a trusted one: if it is slow, set it.',
      'If the clock is right, the certificate was installed too early: put the former one back until it becomes valid.',
    ],
    command: 'date -u',
    source: paths,
  },
  'wrong-clock': {
    title: 'Set the clock',
    steps: ['Compare the clock of the client with a trusted one, set it, and switch time synchronisation on.'],
    command: 'date -u',
    source: paths,
  },
  'stale-trust-store': {
    title: 'Update the trust store of the client',
    steps: [
      'Find which store the failing program uses, and update it or point the program at the current one of the system.',
      'In a container, install the package of CA certificates.',
    ],
    verify: (facts) => curlCheck({ ...facts, isPublic: true }),
    source: paths,
  },
  'client-certificate-missing': {
    title: 'Present a client certificate',
    steps: [
      'Give the client its certificate, with the chain up to the CA that the server names, and its key.',
      'If the client has one already: check that no proxy or load balancer ends TLS in between, for it would have no certificate to give.',
    ],
    command: clientCurlCheck,
    verify: clientCurlCheck,
    source: certificates,
  },
  'client-certificate-rejected': {
    title: 'Present a client certificate that the server accepts',
    steps: [
      'Send the intermediates along with the client certificate, check that it is in date and allowed for client authentication, and that its CA is one that the server accepts.',
      'If all of that holds, the server has to be given the CA of the client certificates.',
    ],
    command: `openssl x509 -in ${sh(hole('CLIENT_CERT_FILE'))} -noout -subject -issuer -dates -ext extendedKeyUsage`,
    verify: clientCurlCheck,
    source: certificates,
  },
  'protocol-mismatch': {
    title: 'Let both sides share a version and a cipher suite',
    steps: [
      'Offer TLS 1.2 and 1.3 on the server; update a client that has neither.',
      'Leave the cipher suites at the defaults of a current product, unless a policy demands otherwise.',
    ],
    verify: (facts) => opensslCheck(facts),
    source: rfc(9325, '3.1.1', 'recommendations for TLS'),
  },
  'not-tls': {
    title: 'Call the port that speaks TLS',
    steps: [
      'Check host and port: the answer came from something that does not speak TLS, as a plain HTTP port.',
      'For a protocol that begins in plain text (SMTP, IMAP, PostgreSQL and others) use STARTTLS, with the option -starttls of s_client.',
      'On the server: switch TLS on for this port.',
    ],
    source: certificates,
  },
  'connection-failed': {
    title: 'Let the connection come about',
    steps: [
      'Check from the machine of the client that the name resolves to the right address, and that a firewall lets this port through.',
      'On the server: check that it runs and listens on this address and port.',
    ],
    command: ({ host, connect }) =>
      `getent hosts ${sh(host)}\nopenssl s_client -connect ${sh(connect)} </dev/null 2>&1 | head -5`,
    source: certificates,
  },
  'proxy-connect-failed': {
    title: 'Let the proxy open the tunnel',
    steps: ({ authority }) => [
      'Status 407: give the proxy the credentials that it asks for.',
      `Status 403 or another refusal: ask the proxy team to allow CONNECT to ${authority}.`,
      'No answer: check name and port of the proxy; if this host is reachable directly, leave the proxy out for it.',
    ],
    verify: (facts) =>
      `curl -sS -o /dev/null -w ${sh('%{http_connect}\\n')} --proxy ${sh(`http://${facts.proxy ?? `${hole('PROXY_HOST')}:${hole('PROXY_PORT')}`}`)} ${sh(facts.url)}`,
    source: { product: 'RFC 9110, HTTP semantics', page: 'https://www.rfc-editor.org/rfc/rfc9110#section-9.3.6' },
  },
  'revocation-unavailable': {
    title: 'Let the client ask for the revocation status',
    steps: ({ leaf }) => [
      `Let the client reach the addresses that the certificate names${leaf ? `: ${[...leaf.ocsp, ...leaf.crls].slice(0, 4).join(', ') || 'it names none'}` : ''}.`,
      'Or let the server staple the OCSP response, so that the client has nothing to ask.',
    ],
    source: rfc(6960, '2', 'OCSP'),
  },
  'verification-misused': {
    title: 'Verify with root, intermediates and leaf apart',
    steps: ['Give the root with -CAfile, the intermediates with -untrusted, and the leaf last.'],
    command: `openssl verify -show_chain -CAfile ${sh(hole('ROOT_FILE'))} -untrusted ${sh(hole('INTERMEDIATES_FILE'))} ${sh(hole('LEAF_FILE'))}`,
    verify: `openssl verify -show_chain -CAfile ${sh(hole('ROOT_FILE'))} -untrusted ${sh(hole('INTERMEDIATES_FILE'))} ${sh(hole('LEAF_FILE'))}`,
    source: { product: 'OpenSSL 3.0', page: 'https://docs.openssl.org/3.0/man1/openssl-verify/' },
  },
}

/** Advice for a finding; empty when there is nothing general to say. */
export function genericFixes(finding: Finding, report: Report): readonly Fix[] {
  const draft = finding.severity === 'info' ? undefined : drafts[finding.rule]
  if (!draft) return []
  const task = advice[finding.rule]?.tasks[0] ?? { job: 'advise', side: 'client' }
  const facts = factsOf(finding, report, task.job, task.side)
  const recipe: Recipe = {
    verify: (given) => opensslCheck(given),
    evidence: 'documented',
    ...draft,
    jobs: [task.job],
    side: task.side,
  }
  return [buildFix({ slug: 'generic', source: certificates }, recipe, facts, false)]
}
