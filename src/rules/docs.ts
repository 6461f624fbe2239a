/** Renders the page of each rule and their index from the catalogue; `scripts/rule-docs.mjs` writes them to docs/rules. */
import { allRules } from './catalog.ts'
import type { Rule } from './contract.ts'

/** File names below docs/rules, with their content. */
export function ruleDocs(): ReadonlyMap<string, string> {
  const pages = allRules.map((rule): [string, string] => [`${rule.meta.slug}.md`, page(rule)])
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

function page({ meta, scope }: Rule): string {
  const codes = meta.explains.map((code) => `- ${code} (${codeNames[code] ?? 'see openssl-verification-options(1)'})`)
  return [
    `# ${meta.slug}`,
    '',
    meta.title,
    '',
    '## Why it matters',
    '',
    meta.why,
    '',
    '## What it looks at',
    '',
    `It judges ${scopes[scope]}. ${
      meta.cause
        ? 'It can lead a verdict; a finding that is only a hint never does.'
        : 'It informs and never leads a verdict.'
    }`,
    '',
    ...(codes.length === 0 ? [] : ['## OpenSSL verification codes it explains', '', ...codes, '']),
    '## Sources',
    '',
    ...meta.sources.map((source) => `- ${source.startsWith('https://') ? `<${source}>` : source}`),
    '',
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
