/**
 * The report's shape as a schema: `docs/report.schema.json` is made from it by `node scripts/report-schema.mjs`. The
 * types of {@link ./types.ts} are the source; the last type does not compile when the two part.
 */
import * as v from 'valibot'
import type { Cause, RuleSlug } from '../core/finding.ts'
import type { Report } from './types.ts'

const offset = v.pipe(v.number(), v.integer(), v.minValue(0))
const text = v.string()
const instant = v.pipe(v.string(), v.isoTimestamp())
/** A redacted report has placeholders in their place. */
const sha256 = v.pipe(v.string(), v.regex(/^(?:[0-9a-f]{64}|fingerprint-\d+)$/))
const list = <const S extends v.GenericSchema>(schema: S) => v.pipe(v.array(schema), v.readonly())
const span = { start: offset, end: offset }
const place = { document: offset, ...span }

const causes = [
  'missing-intermediate',
  'wrong-order',
  'extra-certificates',
  'interception-proxy',
  'cloudflare-origin',
  'private-ca',
  'self-signed-leaf',
  'product-default-certificate',
  'acme-staging',
  'hostname-mismatch',
  'missing-or-wrong-sni',
  'expired-leaf',
  'expired-issuer',
  'not-yet-valid',
  'stale-trust-store',
  'client-certificate-missing',
  'client-certificate-rejected',
  'weak-key-or-signature',
  'bad-signature',
  'ca-constraint-violation',
  'revoked',
  'not-tls',
  'connection-failed',
  'proxy-connect-failed',
  'protocol-mismatch',
  'wrong-clock',
  'revocation-unavailable',
  'verification-misused',
  'healthy',
  'undeterminable',
] as const satisfies readonly Cause[]

const slugs = [
  ...causes,
  'incomplete-capture',
  'root-included',
  'duplicate-certificates',
  'no-san',
  'wildcard-scope',
  'expires-soon',
  'long-validity',
  'secret-in-paste',
  'unreadable-input',
  'certificate-request',
  'work-limit-reached',
  'trust-differs-by-client',
  'gateway-answer',
  'client-certificate-requested',
  'client-certificate-fit',
  'unsafe-workaround',
] as const satisfies readonly RuleSlug[]

const severity = v.picklist(['error', 'warning', 'info'])
const confidence = v.picklist(['certain', 'likely', 'hint'])
const owner = v.picklist(['server-operator', 'client', 'proxy-team', 'network-team', 'ca', 'reporter', 'nobody'])
const reason = v.picklist(['option', 'capture', 'now'])

const verdict = v.object({
  status: v.picklist(['broken', 'at-risk', 'healthy', 'inconclusive']),
  cause: v.picklist(causes),
  headline: text,
  owner,
  hop: v.exactOptional(text),
  finding: v.exactOptional(text),
})

const document = v.object({
  index: offset,
  name: text,
  length: offset,
  binary: v.boolean(),
  lines: offset,
  secrets: list(v.object({ ...span, kind: text })),
  skipped: list(v.object({ ...span, reason: text })),
  locked: v.exactOptional(v.object({ kind: v.literal('PKCS#12'), wrongPassword: v.boolean() })),
  container: v.exactOptional(
    v.object({
      kind: v.picklist(['PKCS#12', 'JKS', 'JCEKS']),
      integrity: v.picklist(['verified', 'none', 'unchecked', 'failed']),
      entries: list(
        v.object({
          alias: v.exactOptional(text),
          kind: v.picklist(['key', 'certificate', 'secret']),
          certificates: offset,
        }),
      ),
    }),
  ),
})

const rung = v.object({
  role: v.picklist(['leaf', 'intermediate', 'root']),
  name: text,
  subject: text,
  certificate: v.exactOptional(sha256),
  source: v.picklist(['served', 'supplied', 'store', 'printed', 'known', 'unknown']),
  missing: v.boolean(),
  link: v.picklist(['verified', 'unverified', 'failed', 'missing', 'self-signed', 'none']),
  position: v.exactOptional(offset),
  notes: list(text),
  url: v.exactOptional(text),
})

const capture = v.object({
  index: offset,
  ...place,
  tool: text,
  toolLabel: text,
  command: v.exactOptional(text),
  host: v.exactOptional(text),
  port: v.exactOptional(offset),
  servername: v.exactOptional(v.nullable(text)),
  hop: v.exactOptional(text),
  hopReason: v.exactOptional(text),
  protocol: v.exactOptional(text),
  cipher: v.exactOptional(text),
  evaluatedAt: instant,
  evaluatedAtReason: reason,
  toolVerdict: v.exactOptional(v.object({ code: v.exactOptional(v.number()), text, ok: v.boolean() })),
  served: list(v.nullable(sha256)),
  verdict,
  chain: list(rung),
})

const names = v.object({ rfc4514: text, openssl: text, short: text })

const certificate = v.object({
  sha256,
  sha1: v.pipe(v.string(), v.regex(/^(?:[0-9a-f]{40}|fingerprint-\d+)$/)),
  subject: names,
  issuer: names,
  serial: text,
  version: v.number(),
  notBefore: instant,
  notAfter: instant,
  validity: v.picklist(['valid', 'expired', 'not-yet-valid']),
  key: v.object({
    algorithm: text,
    bits: v.exactOptional(v.number()),
    curve: v.exactOptional(text),
    label: text,
  }),
  signatureAlgorithm: text,
  isCa: v.boolean(),
  selfIssued: v.boolean(),
  selfSigned: v.boolean(),
  names: list(v.object({ type: text, value: text })),
  subjectKeyId: v.exactOptional(text),
  authorityKeyId: v.exactOptional(text),
  spkiSha256: text,
  caIssuers: list(text),
  ocsp: list(text),
  crls: list(text),
  sctCount: offset,
  extensions: list(v.object({ oid: text, name: text, critical: v.boolean(), lines: list(text) })),
  stores: list(text),
  source: v.picklist(['input', 'store']),
  places: list(v.object(place)),
  pem: text,
  problems: list(text),
})

const fix = v.object({
  platform: text,
  title: text,
  steps: list(text),
  command: v.exactOptional(text),
  language: v.exactOptional(
    v.picklist([
      ...(['shell', 'powershell', 'nginx', 'haproxy', 'apache', 'xml', 'yaml'] as const),
      ...(['json', 'ini', 'java', 'javascript', 'python', 'go', 'csharp'] as const),
    ]),
  ),
  console: v.exactOptional(v.literal('powershell')),
  prepare: v.exactOptional(text),
  reload: v.exactOptional(text),
  verify: v.exactOptional(text),
  warning: v.exactOptional(text),
  workaround: v.exactOptional(v.literal(true)),
  job: v.exactOptional(
    v.picklist([
      ...(['serve-chain', 'replace-certificate', 'trust-ca', 'supply-intermediate', 'client-certificate'] as const),
      ...(['accept-client', 'sni-name', 'update-store', 'protocol-version', 'use-proxy', 'keep-proxied'] as const),
      ...(['set-clock', 'verify-right', 'advise'] as const),
    ]),
  ),
  side: v.exactOptional(v.picklist(['server', 'gateway', 'client'])),
  placeholders: v.exactOptional(list(v.object({ name: text, meaning: text }))),
  source: v.exactOptional(v.object({ product: text, page: text })),
  evidence: v.exactOptional(v.picklist(['tested', 'documented'])),
})

const finding = v.object({
  id: text,
  rule: v.picklist(slugs),
  severity,
  confidence,
  title: text,
  explanation: text,
  owner,
  capture: v.exactOptional(offset),
  certificate: v.exactOptional(sha256),
  evidence: list(v.object({ ...place, quote: text })),
  nextCommand: v.exactOptional(text),
  fixes: list(fix),
  references: list(text),
})

/** What `--json` prints and the page exports. */
export const reportSchema = v.object({
  schema: v.literal('weaklink.report/1'),
  evaluatedAt: instant,
  evaluatedAtReason: reason,
  verdict,
  documents: list(document),
  captures: list(capture),
  certificates: list(certificate),
  paths: list(
    v.object({
      capture: offset,
      certificates: list(sha256),
      anchored: v.boolean(),
      valid: v.boolean(),
      problems: list(v.object({ code: text, certificate: text, message: text })),
    }),
  ),
  clients: list(
    v.object({
      capture: offset,
      client: text,
      trusted: v.picklist(['yes', 'no', 'unknown']),
      reason: text,
      asOf: v.exactOptional(text),
    }),
  ),
  findings: list(finding),
  trustData: text,
})

/** Everything in it required, so that a key which is optional here and absent there is missed. */
type Whole<T> = T extends readonly (infer E)[]
  ? readonly Whole<E>[]
  : T extends object
    ? { readonly [K in keyof T]-?: Whole<T[K]> }
    : T
type Fits<A extends B, B> = A
type Described = v.InferOutput<typeof reportSchema>
/** Fails to compile when the schema and the types of the report part. */
export type DescribedReport = Fits<Whole<Described>, Whole<Report>> & Fits<Whole<Report>, Whole<Described>>
