/** Reports for the tests of fixes: one capture of a server with leaf, intermediate and root, and one finding. */
import type { Finding, Owner, RuleSlug } from '../../core/finding.ts'
import type { CaptureReport, CertificateSummary, ChainRung, Report } from '../../report/types.ts'

export interface Story {
  readonly rule?: RuleSlug
  readonly owner?: Owner
  readonly severity?: Finding['severity']
  readonly host?: string
  readonly port?: number
  readonly hop?: string
  readonly tool?: string
  readonly command?: string
  /** Common name of the root and of the intermediate. */
  readonly root?: string
  readonly intermediate?: string
  readonly url?: string
  readonly rootSource?: ChainRung['source']
  /** DNS names of the leaf. */
  readonly names?: readonly string[]
  readonly title?: string
  readonly quote?: string
}

const hash = (digit: string): string => digit.repeat(64)
export const rootHash = hash('c')

function certificate(sha256: string, name: string, more: Partial<CertificateSummary> = {}): CertificateSummary {
  const forms = { rfc4514: `CN=${name}`, openssl: `O=Shop, CN=${name}`, short: name }
  return {
    sha256,
    sha1: 'a'.repeat(40),
    subject: forms,
    issuer: forms,
    serial: '01',
    version: 3,
    notBefore: '2026-01-01T00:00:00Z',
    notAfter: '2027-01-01T00:00:00Z',
    validity: 'valid',
    key: { algorithm: 'RSA', bits: 1024, label: 'RSA 1024' },
    signatureAlgorithm: 'sha1WithRSAEncryption',
    isCa: false,
    selfIssued: false,
    selfSigned: false,
    names: [],
    spkiSha256: hash('d'),
    caIssuers: [],
    ocsp: [],
    crls: [],
    sctCount: 0,
    extensions: [],
    stores: [],
    source: 'input',
    places: [],
    pem: '',
    problems: [],
    ...more,
  }
}

/** A report with a finding of the given rule; everything has a default. */
export function reportOf(story: Story = {}): { readonly report: Report; readonly finding: Finding } {
  const {
    rule = 'missing-intermediate',
    host = 'api.shop.example',
    port = 443,
    root = 'Shop Root CA',
    intermediate = 'Shop Issuing CA 1',
    url = 'http://pki.shop.example/issuing-1.cer',
    rootSource = 'supplied',
    names = [host, 'www.shop.example'],
  } = story
  const rung = (role: ChainRung['role'], name: string, more: Partial<ChainRung>): ChainRung => ({
    role,
    name,
    subject: `O=Shop, CN=${name}`,
    source: 'served',
    missing: false,
    link: 'verified',
    notes: [],
    ...more,
  })
  const capture: CaptureReport = {
    index: 0,
    document: 0,
    start: 0,
    end: 1,
    tool: story.tool ?? 's_client',
    toolLabel: story.tool ?? 'openssl s_client',
    host,
    port,
    evaluatedAt: '2026-11-24T12:00:00.000Z',
    evaluatedAtReason: 'capture',
    served: [hash('a')],
    verdict: { status: 'broken', cause: 'missing-intermediate', headline: '', owner: 'server-operator' },
    chain: [
      rung('leaf', host, { certificate: hash('a'), position: 0 }),
      rung('intermediate', intermediate, { source: 'unknown', missing: true, url }),
      rung('root', root, { certificate: rootHash, source: rootSource, link: 'self-signed' }),
    ],
    ...(story.hop === undefined ? {} : { hop: story.hop }),
    ...(story.command === undefined ? {} : { command: story.command }),
  }
  const finding: Finding = {
    id: `c0-${rule}`,
    rule,
    severity: story.severity ?? 'error',
    confidence: 'certain',
    title: story.title ?? 'Something is wrong.',
    explanation: 'It is shown by the evidence.',
    owner: story.owner ?? 'server-operator',
    capture: 0,
    certificate: hash('a'),
    evidence: [
      {
        document: 0,
        start: 0,
        end: 1,
        quote: story.quote ?? 'verify error:num=20:unable to get local issuer certificate',
      },
    ],
    fixes: [],
    references: [],
  }
  const report: Report = {
    schema: 'weaklink.report/1',
    evaluatedAt: '2026-11-24T12:00:00.000Z',
    evaluatedAtReason: 'capture',
    verdict: capture.verdict,
    documents: [],
    captures: [capture],
    certificates: [
      certificate(hash('a'), host, { names: names.map((value) => ({ type: 'DNS', value })), caIssuers: [url] }),
      certificate(rootHash, root, { isCa: true, selfIssued: true, selfSigned: true }),
    ],
    paths: [],
    clients: [],
    findings: [finding],
    trustData: 'test',
  }
  return { report, finding }
}

/** Names that try to leave their place in every language. */
export const hostileNames = [
  '$(id)',
  '`id`',
  "x'; id; '",
  'x"; id; "',
  'x\nid',
  'x\r\nid\r\n',
  '%PATH%',
  '%{PATH}',
  `$\{IFS}id`,
  '$PATH',
  '-rf',
  '--output=/tmp/x',
  '|id',
  '&& id',
  '<script>',
  '*',
  '~root',
  '\\',
  'a\\',
  '\u2018; id; \u2019',
  '\u202egnp.exe',
  '\u2028id',
  'id }; ssl_verify_client off;',
  '"]; exec "id',
  '\\u0022; id();//',
  '{{7*7}}',
  '!!python/object',
  ': [',
  '#',
  '',
] as const
