/**
 * Makes `src/share/data/dictionary-1.ts`: what DEFLATE may refer back to in links of version 1. It is frozen: links made
 * with it can be opened with it alone. Another dictionary is another version of links.
 *
 * The words of findings come from the rules' own texts and from reports of this repository's fixtures; the input's from
 * what tools print, and from names, addresses and extensions that public CAs put into certificates.
 *
 * Usage: npx tsx scripts/share-dictionary.mts
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { sClientRun } from '../src/input/testing/s-client.ts'
import { inspect } from '../src/inspect.ts'
import { alertLine, bundle, noIssuer, sClient, toShop } from '../src/rules/testing/helpers/capture.ts'
import { toCompact } from '../src/share/compact.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
/** DEFLATE looks back 32 kB; what is written needs a part of that. */
const findingsBytes = 29_000
const inputBytes = 12_000

/** Fixed parts of the strings and templates of a source file. */
function literals(source: string): string[] {
  const found: string[] = []
  for (const match of source.matchAll(/'((?:[^'\\\n]|\\.){6,400})'|`((?:[^`\\]|\\.){6,2000})`/g))
    for (const part of (match[1] ?? match[2] ?? '').split(/\$\{[^}]*\}/)) found.push(part)
  return found.filter((part) => part.length > 7 && part.includes(' '))
}

function sources(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.includes('testing'))
    .map((file) => readFileSync(path.join(root, folder, file), 'utf8'))
}

const chain = { command: toShop, sent: ['shop', 'issuing'], path: ['shop', 'issuing', 'root'] } as const
const pastes = [
  sClient({ command: toShop, sent: ['shop'], errors: noIssuer, asks: true }),
  sClient({ ...chain, sent: ['shop', 'root', 'issuing'] }),
  bundle('shop', 'issuing', 'root'),
  sClient({ command: toShop, sent: ['selfIssued'], errors: [[18, 0]] }),
  sClient({ ...chain, sent: ['otherSite', 'issuing'] }),
  sClient({ command: toShop, sent: ['publicShop'], errors: noIssuer }),
  sClient({ ...chain, lines: [alertLine(116)], asks: true }),
  sClient({ command: toShop, sent: ['shop', 'issuing'], errors: [[10, 0]] }),
  sClient(chain),
]
const now = Date.parse('2026-12-01T12:00:00Z')
/** After the end of the fixtures' leaves. */
const later = Date.parse('2027-12-01T12:00:00Z')

async function compactTexts(): Promise<string[]> {
  const texts: string[] = []
  for (const text of pastes) {
    for (const at of [later, now]) {
      const report = await inspect({ documents: [{ name: 'paste', text }] }, { now: at })
      texts.push(JSON.stringify(toCompact(report, '0.1.0')))
    }
  }
  return texts
}

/** Cut where a value of somebody's own begins or ends. */
const fragments = (text: string): string[] =>
  text
    .split(/\\"[^"\\]{1,80}\\"|shop\.example|Example Retail[\w ]*|\d{4}-\d\d-\d\d[T\d:. UTCZ]*|[0-9a-f]{16,}|\d{3,}/)
    .filter((part) => part.length > 5)

function findings(texts: readonly string[]): string {
  const seen = new Set<string>()
  const weight = new Map<string, number>()
  for (const text of texts) for (const part of new Set(fragments(text))) weight.set(part, (weight.get(part) ?? 0) + 1)
  const rules = [...sources('src/rules'), ...sources('src/chain/clients'), ...sources('src/assemble')].flatMap(literals)
  const common = [...weight].sort((a, b) => a[1] - b[1]).map(([part]) => part)
  const kept: string[] = []
  // The nearest is the cheapest to refer to, so the most common come last.
  for (const part of [...common.reverse(), ...rules.sort((a, b) => b.length - a.length)]) {
    if (seen.has(part) || kept.some((other) => other.includes(part))) continue
    seen.add(part)
    kept.push(part)
  }
  let size = 0
  const taken = kept.filter((part) => {
    size += new TextEncoder().encode(part).length
    return size <= findingsBytes
  })
  return taken.reverse().join('')
}

const hex = (text: string): string =>
  [...new TextEncoder().encode(text)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
const der = (tag: string, content: string): string => {
  const length = content.length / 2
  return `${tag}${length < 128 ? '' : '81'}${length.toString(16).padStart(2, '0')}${content}`
}
const attribute = (oid: string, value: string, tag = '0c'): string =>
  der('31', der('30', `${oid}${der(tag, hex(value))}`))
const named = (country: string, organisation: string, name: string): string =>
  der(
    '30',
    attribute('0603550406', country, '13') + attribute('060355040a', organisation) + attribute('0603550403', name),
  )

/** Issuers of most public certificates of 2026, by what they call themselves. */
const issuers: readonly (readonly [country: string, organisation: string, name: string])[] = [
  ['GB', 'Sectigo Limited', 'Sectigo Public Server Authentication CA DV R36'],
  ['US', 'Microsoft Corporation', 'Microsoft Azure RSA TLS Issuing CA 08'],
  ['BE', 'GlobalSign nv-sa', 'GlobalSign GCC R6 AlphaSSL CA 2023'],
  ['US', 'GoDaddy.com, Inc.', 'Go Daddy Secure Certificate Authority - G2'],
  ['US', 'SSL Corporation', 'Cloudflare TLS Issuing ECC CA 1'],
  ['US', 'Amazon', 'Amazon RSA 2048 M02'],
  ['US', 'DigiCert Inc', 'DigiCert Global G2 TLS RSA SHA256 2020 CA1'],
  ['US', 'DigiCert Inc', 'DigiCert Global G3 TLS ECC SHA384 2020 CA1'],
  ['US', 'Google Trust Services', 'WE1'],
  ['US', 'Google Trust Services', 'WR2'],
  ['US', "Let's Encrypt", 'R12'],
  ['US', "Let's Encrypt", 'E7'],
]
const addresses = [
  'http://crt.sectigo.com/',
  'http://ocsp.sectigo.com',
  'http://secure.globalsign.com/cacert/',
  'http://crl.globalsign.com/',
  'http://crl.r2m02.amazontrust.com/r2m02.crl',
  'http://crt.r2m02.amazontrust.com/r2m02.cer',
  'http://cacerts.digicert.com/DigiCertGlobalG2TLSRSASHA2562020CA1-1.crt',
  'http://crl3.digicert.com/DigiCertGlobalG2TLSRSASHA2562020CA1-1.crl',
  'http://crl4.digicert.com/',
  'http://ocsp.digicert.com',
  'http://i.pki.goog/wr2.crt',
  'http://c.pki.goog/wr2/',
  'http://o.pki.goog/s/wr2/',
  'http://x1.c.lencr.org/',
  'http://x1.i.lencr.org/',
  'http://r12.c.lencr.org/',
  'http://r12.i.lencr.org/',
]
/** Extensions and keys as most certificates have them, without what is their own. */
const shapes = [
  '30819b301006072a8648ce3d020106052b81040023',
  '30820122300d06092a864886f70d01010105000382010f003082010a0282010100',
  '0203010001',
  '3076301006072a8648ce3d020106052b8104002203620004',
  '3059301306072a8648ce3d020106082a8648ce3d030107034200042',
  '300d06092a864886f70d01010b05000382010100',
  '300a06082a8648ce3d0403020348003045022100',
  '300a06082a8648ce3d04030303680030650231',
  '300a06082a8648ce3d04030203470030440220',
  '30820304a0030201020212',
  'a003020102021100',
  '301e170d3236303930313030303030305a170d3236313133303233353935395a',
  '30120603551d130101ff040830060101ff020100',
  '300e0603551d0f0101ff0404030201863013',
  '301d0603551d250416301406082b0601050507030206082b06010505070301',
  '30130603551d20040c300a3008060667810c010201',
  '30130603551d20040c300a3008060667810c010202',
  '82010406092b0601040111d7902020481f50481f200f000760',
  '300e0603551d0f0101ff040403020780',
  '300e0603551d0f0101ff0404030205a0',
  '30130603551d25040c300a06082b06010505070301',
  '301d0603551d250416301406082b0601050507030106082b06010505070302',
  '300c0603551d130101ff04023000',
  '301d0603551d0e04160414',
  '301f0603551d23041830168014',
  '303206082b0601050507010104263024302206082b060105050730028616',
  '301b0603551d1104143012820d',
  '302d0603551d1f042630243022a020a01e861c',
  '30820103060a2b06010401d6790204020481f40481f100ef007600',
  '0000019b2c0000040300473045022100',
]

/** What surrounds certificates in the output of tools, by this repository's printers. */
function toolText(): string {
  const runs = [
    sClientRun({ generation: '1.1.1', command: '$ openssl s_client -connect ', chain: [] }),
    sClientRun({ generation: '3.5', command: '', chain: [], clientCertificate: 'asked' }),
    sClientRun({
      generation: '3.0',
      command: '$ openssl s_client -connect api.example.com:443 -servername api.example.com -showcerts </dev/null',
      showcerts: true,
    }),
  ]
  const escaped = (text: string): string => JSON.stringify(text).slice(1, -1)
  const words = [
    'unable to get local issuer certificate',
    'unable to verify the first certificate',
    'self-signed certificate in certificate chain',
    'certificate has expired',
    'verify return:1\nverify error:num=',
    '* TLSv1.3 (IN), TLS handshake, Certificate (11):\n* SSL certificate problem: ',
    'PKIX path building failed: sun.security.provider.certpath.SunCertPathBuilderException: unable to find valid certification path to requested target',
    '[removed]',
  ]
  return [...words, ...runs]
    .map((text) => escaped(text.replace(/-----BEGIN[\s\S]*?END CERTIFICATE-----/g, '"],[0,"')))
    .join('')
}

const binary = (text: string): string => Buffer.from(text, 'hex').toString('base64')

const texts = await compactTexts()
const forFindings = findings(texts)
const forInput = Buffer.concat([
  Buffer.from(toolText().slice(-inputBytes), 'utf8'),
  Buffer.from('[[["paste",["$ openssl s_client -connect ",0,[["broken","missing-intermediate","The server '),
  ...addresses.map((address) => Buffer.from(address)),
  ...issuers.map((issuer) => Buffer.from(named(...issuer), 'hex')),
  ...shapes.map((shape) => Buffer.from(binary(shape.length % 2 ? shape.slice(0, -1) : shape), 'base64')),
])
writeFileSync(
  path.join(root, 'src/share/data/dictionary-1.ts'),
  `// Made by scripts/share-dictionary.mts. Frozen: links of version 1 need these very bytes. Do not edit, do not make anew.\n\nexport const findingsText = ${JSON.stringify(forFindings)}\n\nexport const inputBase64 =\n  '${forInput.toString('base64')}'\n`,
)
console.log(`findings ${Buffer.byteLength(forFindings)} bytes, input ${forInput.length} bytes`)
