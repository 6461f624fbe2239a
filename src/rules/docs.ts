/** Renders the page of each rule and their index from the catalogue; `scripts/rule-docs.mjs` writes them to docs/rules, and as data for the app. */
import type { FixJob, FixSide, RuleSlug } from '../core/finding.ts'
import { allRules } from './catalog.ts'
import type { Rule } from './contract.ts'
import { tells, usualExample } from './tells.ts'

/** File names below docs/rules, with their content. */
export function ruleDocs(remedies: Remedies): ReadonlyMap<string, string> {
  const pages = allRules.map((rule): [string, string] => [`${rule.meta.slug}.md`, markdown(pageOf(rule, remedies))])
  return new Map([['README.md', index()], ...pages])
}

/** Names of X509_V_ERR codes that causes explain, as OpenSSL 3.0 prints them (include/openssl/x509_vfy.h, crypto/x509/x509_txt.c). */
const codeNames: Readonly<Record<number, string>> = {
  2: 'unable to get issuer certificate',
  3: 'unable to get certificate CRL',
  7: 'certificate signature failure',
  9: 'certificate is not yet valid',
  10: 'certificate has expired',
  11: 'CRL is not yet valid',
  12: 'CRL has expired',
  18: 'self-signed certificate',
  19: 'self-signed certificate in certificate chain',
  20: 'unable to get local issuer certificate',
  21: 'unable to verify the first certificate',
  23: 'certificate revoked',
  24: 'invalid CA certificate (to 1.1.1), issuer certificate without a public key (from 3.0)',
  25: 'path length constraint exceeded',
  26: 'unsuitable certificate purpose',
  27: 'certificate not trusted',
  32: 'key usage does not include certificate signing',
  33: 'unable to get CRL issuer certificate',
  34: 'unhandled critical extension',
  39: 'key usage does not include digital signature',
  44: 'different CRL scope',
  47: 'permitted subtree violation',
  48: 'excluded subtree violation',
  49: 'name constraints minimum and maximum not supported',
  51: 'unsupported name constraint type',
  52: 'unsupported or invalid name constraint syntax',
  53: 'unsupported or invalid name syntax',
  54: 'CRL path validation error',
  62: 'hostname mismatch',
  64: 'IP address mismatch',
  66: 'EE certificate key too weak',
  67: 'CA certificate key too weak',
  68: 'CA signature digest algorithm too weak',
  73: 'OCSP verification needed',
  79: 'invalid CA certificate (from 3.0)',
  80: 'Path length invalid for non-CA cert',
  81: 'Path length given without key usage keyCertSign',
  82: 'Key usage keyCertSign invalid for non-CA cert',
  83: 'Issuer name empty',
  84: 'Subject name empty',
  85: 'Missing Authority Key Identifier',
  86: 'Missing Subject Key Identifier',
  87: 'Empty Subject Alternative Name extension',
  88: 'Subject empty and Subject Alt Name extension not critical',
  89: 'Basic Constraints of CA cert not marked critical',
  90: 'Authority Key Identifier marked critical',
  91: 'Subject Key Identifier marked critical',
  92: 'CA cert does not include key usage extension',
  93: 'Using cert extension requires at least X509v3',
  94: 'Certificate public key has explicit ECC parameters',
  100: 'no OCSP response available for certificate',
}

const scopes: Readonly<Record<Rule['scope'], string>> = {
  capture: 'each capture by itself',
  input: 'the input as a whole',
  conclusion: 'what the other rules found in a capture',
}

const jobs: Readonly<Record<FixJob, string>> = {
  'serve-chain': 'Serve the leaf, then each intermediate, in that order and without the root.',
  'replace-certificate': 'Issue the certificate anew, install it, and reload.',
  'trust-ca': 'Trust the root of the private CA, once its fingerprint is confirmed by another way.',
  'supply-intermediate': 'Give the missing intermediate to the program that verifies.',
  'client-certificate': 'Present a client certificate that the server accepts, with its chain and key.',
  'accept-client': 'Let the server accept the CA of the client certificate.',
  'sni-name': 'Use the right name: as server name of the client, and for the certificate that the server binds to it.',
  'update-store': 'Bring the trust store up to date, or point the program at the right one.',
  'protocol-version': 'Allow a protocol version and cipher suite that both ends have.',
  'use-proxy': 'Use the proxy as it demands, with its credentials.',
  'keep-proxied': 'Keep the host behind Cloudflare, which trusts this certificate.',
  'set-clock': 'Set the clock, and keep it set.',
  'verify-right': 'Repeat the check with the right arguments.',
  advise: 'Follow the steps of the finding.',
}

const sides: Readonly<Record<FixSide, string>> = {
  server: 'On the server, where the connection ends',
  gateway: 'On the gateway that connects to the server',
  client: 'On the client',
}

/** What src/fixes/jobs.ts has for a rule: rules do not know of fixes, so whoever renders the pages hands it in. */
export interface Remedy {
  readonly tasks: readonly { readonly job: FixJob; readonly side: FixSide; readonly workaround?: true }[]
  readonly reason?: string
}
export type Remedies = Readonly<Partial<Record<RuleSlug, Remedy>>>

/** A rule's page as data; the page of the app shows it as it is. */
export interface RulePage {
  readonly slug: string
  readonly title: string
  readonly why: string
  readonly cause: boolean
  readonly scope: string
  readonly fails: string
  readonly passes: string
  /** Empty: it can always tell. */
  readonly unknown: string
  /** Verification codes of OpenSSL, with their names. */
  readonly codes: readonly string[]
  readonly fixes: readonly { readonly where: string; readonly what: string }[]
  /** Why no single product is at fault; empty where there are fixes. */
  readonly remark: string
  readonly example: string
  readonly sources: readonly string[]
}

const pageOf = ({ meta, scope }: Rule, remedies: Remedies): RulePage => {
  const remedy = remedies[meta.slug]
  const { fails, passes, unknown = '', example = usualExample } = tells[meta.slug]
  return {
    slug: meta.slug,
    title: meta.title,
    why: meta.why,
    cause: meta.cause,
    scope: `It judges ${scopes[scope]}. ${
      meta.cause
        ? 'It can lead a verdict; a finding that is only a hint never does.'
        : 'It informs and never leads a verdict.'
    }`,
    fails,
    passes,
    unknown,
    codes: meta.explains.map((code) => `${code} (${codeNames[code] ?? 'see openssl-verification-options(1)'})`),
    fixes: (remedy?.tasks ?? []).map(({ job, side, workaround }) => ({
      where: `${sides[side]}${workaround ? ', as a workaround' : ''}`,
      what: jobs[job],
    })),
    remark:
      remedy === undefined
        ? 'What is to be done, if anything, is said in the finding.'
        : remedy.reason === undefined
          ? ''
          : `No product has a setting for it: ${remedy.reason}.`,
    example,
    sources: meta.sources,
  }
}

/** The pages as JSON, for the app: src/ui/help/rule-pages.json. */
export const rulePagesJson = (remedies: Remedies): string =>
  `${JSON.stringify(
    allRules.map((rule) => pageOf(rule, remedies)),
    null,
    2,
  )}\n`

function markdown(page: RulePage): string {
  const section = (title: string, ...lines: readonly string[]) =>
    lines.length === 0 ? [] : [`## ${title}`, '', ...lines, '']
  return [
    `# ${page.slug}`,
    '',
    page.title,
    '',
    ...section('Why it matters', page.why),
    ...section(
      'How Weaklink tells',
      page.scope,
      '',
      `- **It is a finding:** ${page.fails}`,
      `- **It is none:** ${page.passes}`,
      ...(page.unknown === '' ? [] : [`- **It cannot tell:** ${page.unknown}`]),
    ),
    ...section('OpenSSL verification codes it explains', ...page.codes.map((code) => `- ${code}`)),
    ...section(
      'How to fix it',
      ...page.fixes.map(({ where, what }) => `- ${where}: ${what}`),
      ...(page.remark === '' ? [] : [page.remark]),
    ),
    ...section('To try it', '```', page.example, '```'),
    ...section(
      'Sources',
      ...page.sources.map((source) => `- ${source.startsWith('https://') ? `<${source}>` : source}`),
    ),
    note,
    '',
  ].join('\n')
}

const note = '_Generated from the rule by `node scripts/rule-docs.mjs`._'

function index(): string {
  const row = ({ meta }: Rule) => `| [${meta.slug}](${meta.slug}.md) | ${meta.title} |`
  const table = (rules: readonly Rule[]) => ['| rule | finds |', '|---|---|', ...rules.map(row), '']
  return [
    '# Rules',
    '',
    'Every finding of a report names its rule; each rule has a page here.',
    '',
    '## Causes: can lead a verdict',
    '',
    ...table(allRules.filter(({ meta }) => meta.cause)),
    '## Further findings',
    '',
    ...table(allRules.filter(({ meta }) => !meta.cause)),
    note,
    '',
  ].join('\n')
}
