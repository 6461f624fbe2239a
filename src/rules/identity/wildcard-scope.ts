/** RFC 9525 sections 6.3 and 7.1; Baseline Requirements 3.2.2.6: what a wildcard may look like, and what it must not cover. */
import { checkHost } from '../../chain/hostname.ts'
import { coversLoosely, type WildcardOddity, wildcardOddity } from '../../chain/wildcard.ts'
import type { CaptureContext } from '../context.ts'
import { type CaptureRule, fail, notApplicable, type Outcome, pass, unknown } from '../contract.ts'
import { isClientCertificate, isPublic } from '../signals.ts'
import { quoted, showChainCommand, shown } from '../words.ts'

export const wildcardScope: CaptureRule = {
  scope: 'capture',
  meta: {
    slug: 'wildcard-scope',
    title: 'A wildcard name of the certificate covers too much, or has a form that not all clients take.',
    why: 'Whether it works depends on the client, and a wildcard over a public suffix stands for names of other people.',
    cause: false,
    explains: [],
    sources: [
      'RFC 9525 section 6.3',
      'CA/Browser Forum TLS Baseline Requirements 3.2.2.6',
      'https://publicsuffix.org/',
    ],
  },
  check,
}

function check(context: CaptureContext): Outcome {
  const { leaf } = context
  if (!leaf || context.supplement) return notApplicable('there is no server certificate')
  if (isClientCertificate(context)) return notApplicable('the certificate is for a client')
  if (!leaf.certificate) return unknown('the names of the certificate are not in the paste')
  const names = [
    ...new Set(leaf.certificate.subjectAltNames.flatMap(({ type, value }) => (type === 'DNS' ? value : []))),
  ]
  const odd = names.flatMap((name) => {
    const oddity = wildcardOddity(name)
    if (oddity === undefined || isTheMismatch(context, name)) return []
    // A public CA has asked the company itself.
    return oddity === 'company-suffix' && isPublic(context) ? [] : [{ name, oddity }]
  })
  const first = odd[0]
  if (first === undefined)
    return names.some((name) => name.includes('*')) ? pass : notApplicable('the certificate has no wildcard name')
  const more = odd.length > 1 ? ` (and ${odd.length - 1} more like it)` : ''
  return fail({
    severity: 'info',
    confidence: 'certain',
    owner: 'server-operator',
    title: `The certificate ${quoted(leaf.subject)} has the name ${shown(first.name)}${more}, ${titles[first.oddity]}.`,
    explanation: odd
      .slice(0, toldNames)
      .map(({ name, oddity }) => `${shown(name)}: ${told[oddity]}`)
      .join('\n\n'),
    evidence: [leaf.span],
    certificate: leaf.certificate.sha256,
    nextCommand: `${showChainCommand(context)} | openssl x509 -noout -ext subjectAltName`,
  })
}

/** Names that an explanation goes into. */
const toldNames = 5

/** The wanted host fails by this very name: the mismatch is then told with the name in it. */
function isTheMismatch({ leaf, target }: CaptureContext, name: string): boolean {
  if (!leaf?.certificate || !target) return false
  const { matches, isIp, host } = checkHost(leaf.certificate, target.host)
  return !matches && !isIp && coversLoosely(name.toLowerCase(), host)
}

const titles: Readonly<Record<WildcardOddity, string>> = {
  bare: 'which names nothing',
  'single-label': 'a wildcard over a single label',
  registry: 'which covers everything that a registry hands out',
  'company-suffix': 'which covers every customer of a hosting service',
  partial: 'in which * is only part of a label',
  misplaced: 'in which * is not the leftmost label alone',
}

/** What clients do was measured with OpenSSL 3.0, Node 20, Java 17, Go 1.19, Python 3.11, curl 7.88 and GnuTLS 3.7. */
const told: Readonly<Record<WildcardOddity, string>> = {
  bare: 'no client takes it for a host name with a dot. Name the hosts, or *. and a domain of your own.',
  'single-label':
    'browsers, OpenSSL, curl, Node and Python take no wildcard over a single label; Java and Go do. Name the hosts instead.',
  registry:
    'names under this suffix belong to whoever registers them, so public CAs must not issue it (Baseline Requirements 3.2.2.6). Chrome refuses it; OpenSSL, curl, Node, Java and Go do not know the list of public suffixes and take it.',
  'company-suffix':
    'unrelated customers have names under this domain, by the public suffix list. Clients accept it, but only the company itself should have such a certificate.',
  partial:
    'RFC 9525 allows * only as the whole leftmost label. OpenSSL, Node and Java take this form; browsers, curl, Go and Python do not. Within an internationalised label (xn--) nobody does. Name the hosts, or use *. and the domain.',
  misplaced:
    'RFC 9525 allows one *, as the whole leftmost label. Of the common clients only Java takes this form. Name the hosts instead.',
}
