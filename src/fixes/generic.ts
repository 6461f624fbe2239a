/** What to do, whatever the product: steps for each cause, filled in from the report. Platform recipes stand beside this one. */
import type { Finding, Fix, RuleSlug } from '../core/finding.ts'
import type { CaptureReport, CertificateSummary, Report } from '../report/types.ts'

interface Situation {
  readonly finding: Finding
  readonly capture: CaptureReport | undefined
  readonly certificate: CertificateSummary | undefined
}

type Recipe = (situation: Situation) => Fix | undefined

const fix = (title: string, steps: readonly string[], command?: string): Fix => ({
  platform: 'generic',
  title,
  steps,
  ...(command === undefined ? {} : { command }),
})

/** Only plain http and https URLs without shell characters go into a command. */
const safeUrl = (url: string | undefined): string | undefined =>
  url !== undefined && /^https?:\/\/[\w.~:/?%@+=-]+$/.test(url) ? url : undefined

const recipes: ReadonlyMap<RuleSlug, Recipe> = new Map<RuleSlug, Recipe>([
  [
    'missing-intermediate',
    ({ capture, certificate }) => {
      const rung = capture?.chain.find((candidate) => candidate.missing)
      const url = safeUrl(rung?.url ?? certificate?.caIssuers[0])
      const name = rung?.name ?? 'the missing intermediate'
      const steps = [
        url === undefined
          ? `Get the certificate "${name}" from the CA that issued the server certificate.`
          : `Fetch the certificate "${name}" from the address that the certificate below it names, and check that its subject is that name.`,
        'Append it to the certificate file of the server: leaf first, then each issuer, without the root.',
        'Reload the server, and run the command of this finding again: the chain list has to show it.',
      ]
      const command =
        url === undefined
          ? 'cat server.crt intermediate.pem > fullchain.pem'
          : `curl -fsS -o intermediate.cer ${url}\n(openssl x509 -inform DER -in intermediate.cer 2>/dev/null || openssl x509 -in intermediate.cer) > intermediate.pem\nopenssl x509 -in intermediate.pem -noout -subject -issuer\ncat server.crt intermediate.pem > fullchain.pem`
      return fix('Serve the full chain', steps, command)
    },
  ],
  [
    'wrong-order',
    () =>
      fix(
        'Put the certificates in order',
        [
          'Write the leaf first, then the certificate that issued it, and so on; leave the root out.',
          'Reload the server.',
        ],
        'cat server.crt intermediate.pem > fullchain.pem',
      ),
  ],
  [
    'private-ca',
    () =>
      fix(
        'Trust the private root on the client',
        [
          'Get the root certificate from the owner of the CA, not from this connection.',
          'Compare its SHA-256 fingerprint with one that the owner tells by another way.',
          'Add it to the trust store of the program that fails: Java, Python, Node and containers each have one of their own.',
        ],
        'openssl x509 -in private-root.pem -noout -subject -fingerprint -sha256',
      ),
  ],
  [
    'interception-proxy',
    ({ capture }) => {
      const host = `${capture?.host ?? 'HOST'}:${capture?.port ?? 443}`
      return fix('Ask the proxy team', [
        `Send this: "Exempt ${host} from TLS inspection, or let it pass as a plain CONNECT tunnel. The certificate that our client receives is issued by the proxy, so verification fails and mutual TLS cannot work."`,
        'If inspection has to stay, ask for the root certificate of the proxy and its SHA-256 fingerprint, and add it to the trust store of the failing program. Whoever holds its key can then read and change all traffic of that program.',
      ])
    },
  ],
  [
    'cloudflare-origin',
    () =>
      fix('Choose who the clients are', [
        'If all clients come through Cloudflare: use the proxied name, and let no client reach the origin address.',
        'If some come directly: install a publicly trusted certificate with its full chain on the origin; Cloudflare accepts it too in mode Full (strict).',
      ]),
  ],
  [
    'expired-leaf',
    () =>
      fix('Install a current certificate', [
        'Renew the certificate, and install it with its full chain.',
        'Reload every server that answers for this name, and check each address of a cluster.',
      ]),
  ],
  [
    'hostname-mismatch',
    ({ certificate, capture }) => {
      const names = certificate?.names.filter((name) => name.type === 'DNS').slice(0, 5) ?? []
      const listed = names.length > 0 ? ` (${names.map((name) => name.value).join(', ')})` : ''
      return fix('Bring name and certificate together', [
        `Either let the client use a name that the certificate has${listed},`,
        `or issue a certificate with ${capture?.host ?? 'the name'} among its DNS names,`,
        'or, when another site answered, bind the right certificate to this name on the server.',
      ])
    },
  ],
  [
    'missing-or-wrong-sni',
    () =>
      fix('Send the server name', [
        'Repeat the check with -servername, as in the command above.',
        'Where a proxy or load balancer connects to this server, set the server name there (server SSL profile, upstream or service setting).',
      ]),
  ],
  [
    'stale-trust-store',
    () =>
      fix(
        'Update the trust store of the client',
        [
          'Find which store the failing program uses, and update it or point the program at the current one of the system.',
          'In a container, install the package of CA certificates.',
        ],
        'apt-get install -y ca-certificates   # Debian, Ubuntu\ndnf install -y ca-certificates       # RHEL, Fedora\napk add ca-certificates              # Alpine',
      ),
  ],
  [
    'self-signed-leaf',
    () =>
      fix('Replace the certificate', [
        'Have a certificate issued by a CA that the clients trust, and install it with its full chain.',
        'For a test system only: add this very certificate to the trust store of the client, after its fingerprint was confirmed with the owner of the server.',
      ]),
  ],
  [
    'client-certificate-missing',
    () =>
      fix(
        'Present a client certificate',
        [
          'Give the client its certificate, with the chain up to the CA that the server names, and its key.',
          'If the client has one already: check that no proxy or load balancer ends TLS in between, for it would have no certificate to give.',
        ],
        'curl -v --cert client-fullchain.pem --key client.key https://HOST/',
      ),
  ],
])

/** Recipes for a finding; empty when there is nothing general to say. */
export function genericFixes(finding: Finding, report: Report): readonly Fix[] {
  const capture = finding.capture === undefined ? undefined : report.captures[finding.capture]
  const certificate = report.certificates.find((candidate) => candidate.sha256 === finding.certificate)
  const found = finding.severity === 'info' ? undefined : recipes.get(finding.rule)?.({ finding, capture, certificate })
  return found ? [found] : []
}
