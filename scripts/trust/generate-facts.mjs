// @ts-check
/**
 * Writes `src/trust/data/public-roots.ts` and `src/trust/data/public-intermediates.ts` from tables of public CA facts.
 *
 *   node scripts/trust/generate-facts.mjs DIR [--date YYYY-MM-DD]
 *
 * DIR holds three files, one JSON array each, of certificates described by these fields (others are ignored):
 *
 * - `roots.json`: `sha256` (hex), `cn`, `o`, `ou` (last value of each, null or absent when there is none), `ski` (hex of the
 *   subject key id) or else `keyId` (SHA-1 of the key bits), `spkiSha256` (base64), `notAfter` (ISO 8601), `keyType`,
 *   `stores` (object: store name to boolean), and where they apply `nssDistrustAfter` (ISO 8601), `microsoftNotTrusted`.
 * - `other-roots.json`: the same without `stores`, for roots that are in none of those stores; `status: "pending"` marks roots not admitted yet.
 * - `intermediates.json`: `sha256`, `cn`, `o`, `ou`, `ski`, `akiOfIssuer`, `rootSha256`, `notAfter`, `tls`, `aiaUrl`
 *   (where the issuer of this certificate can be fetched), `crossOf` (it is a copy of that root, signed by another), `revoked`.
 *
 * `--date` is the day of the tables (default: today). Kept are all of `roots.json`; from `other-roots.json` what had not
 * expired on that day; intermediates usable for TLS that lead to one of `roots.json` and expired at most 15 months before it.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const MONTHS_EXPIRED = 15
const DAY = 86_400_000

/** Order of the bits in the store column. */
export const STORES = [
  'mozilla',
  'apple',
  'android',
  'microsoft',
  'openjdk',
  'oracleJava',
  'node20',
  'debian12',
  'openjdk17_0_2',
  'debian12_20230311',
]

/** One letter per key type, to be read back by `public-ca-tables.ts`. */
const KEY_LETTERS = /** @type {Record<string, string>} */ ({
  'RSA 1024': 'a',
  'RSA 2048': 'b',
  'RSA 3072': 'c',
  'RSA 4096': 'd',
  'EC P-256': 'p',
  'EC P-384': 'q',
  'EC P-521': 'r',
})

/** @typedef {{ sha256: string, cn: string | null, o: string | null, ou?: string | null, ski: string | null, keyId?: string,
 *   spkiSha256: string, notAfter: string, keyType: string, stores?: Record<string, boolean>, nssDistrustAfter?: string,
 *   microsoftNotTrusted?: boolean, status?: string }} RootRecord */
/** @typedef {{ sha256: string, cn: string | null, o: string | null, ou?: string | null, ski: string | null,
 *   akiOfIssuer: string | null, rootSha256: string | null, notAfter: string, tls: boolean, aiaUrl?: string,
 *   crossOf?: string, revoked?: boolean }} IntermediateRecord */

/** @param {string} iso */
const dayOf = (iso) => Math.floor(Date.parse(iso) / DAY).toString(36)

/** First 8 bytes as hexadecimal. @param {string | null | undefined} hex */
const prefix = (hex) => (hex ?? '').toLowerCase().slice(0, 16)

/** @param {string} base64 */
const prefixOfBase64 = (base64) => Buffer.from(base64, 'base64').subarray(0, 8).toString('hex')

/** @param {string} a @param {string} b */
const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0)

/** By organisation, name, expiry. @param {RootRecord | IntermediateRecord} a @param {RootRecord | IntermediateRecord} b */
const byName = (a, b) =>
  compare(a.o ?? '', b.o ?? '') ||
  compare(labelOf(a), labelOf(b)) ||
  compare(a.notAfter, b.notAfter) ||
  compare(a.sha256, b.sha256)

/** @param {RootRecord | IntermediateRecord} record */
const labelOf = (record) => record.cn ?? record.ou ?? record.o ?? ''

/** A template literal without escapes. @param {readonly string[]} lines */
function block(lines) {
  const text = lines.join('\n')
  if (/[`\\\r]|\$\{/.test(text))
    throw new Error('the tables hold a character that a plain template literal cannot carry')
  return `\`${text}\``
}

/**
 * Lines with a heading `=organisation` wherever it changes.
 * @template {RootRecord | IntermediateRecord} T
 * @param {readonly T[]} records @param {(record: T) => readonly string[]} columns
 */
function grouped(records, columns) {
  const lines = []
  let organisation = null
  for (const record of records) {
    const o = record.o ?? ''
    if (/[\t\n]/.test(o + labelOf(record))) throw new Error(`tab or line break in the name of ${record.sha256}`)
    if (!/^[0-9a-f]{16}$/.test(columns(record)[0] ?? ''))
      throw new Error(`the key id of ${record.sha256} is too short to be filed`)
    if (o !== organisation) lines.push(`=${o}`)
    organisation = o
    lines.push([...columns(record), labelOf(record)].join('\t'))
  }
  return lines
}

/** Columns before the name; without certificate hash and stores for a root that is in none. @param {RootRecord} root */
function rootColumns(root) {
  const mask = STORES.reduce((bits, store, index) => (root.stores?.[store] ? bits + 2 ** index : bits), 0)
  const letter = KEY_LETTERS[root.keyType]
  if (letter === undefined) throw new Error(`no letter for the key type ${root.keyType}`)
  const flags = [
    root.microsoftNotTrusted ? 'm' : '',
    root.status === 'pending' ? 'p' : '',
    root.nssDistrustAfter ? `d${dayOf(root.nssDistrustAfter)}` : '',
  ].join('')
  const ofStores = root.stores === undefined ? [] : [prefix(root.sha256), mask.toString(36)]
  return [
    prefix(root.ski ?? root.keyId),
    prefixOfBase64(root.spkiSha256),
    ...ofStores,
    dayOf(root.notAfter),
    letter + flags,
  ]
}

/**
 * @param {RootRecord[]} allRoots @param {RootRecord[]} otherRoots @param {IntermediateRecord[]} allIntermediates
 * @param {string} date
 * @returns {{ roots: string, intermediates: string }} the two modules
 */
export function generate(allRoots, otherRoots, allIntermediates, date) {
  const roots = [...allRoots].sort(byName)
  const others = otherRoots
    .filter((root) => root.notAfter.slice(0, 10) >= date && KEY_LETTERS[root.keyType])
    .sort(byName)
  const limit = new Date(Date.parse(date))
  limit.setUTCMonth(limit.getUTCMonth() - MONTHS_EXPIRED)
  const oldest = limit.toISOString()
  const rootIndex = new Map(roots.map((root, index) => [root.sha256, index]))
  const intermediates = allIntermediates
    .filter((ca) => ca.tls && ca.ski && rootIndex.has(ca.rootSha256 ?? '') && ca.notAfter >= oldest)
    .sort(byName)
  const byKeyId = new Map([...intermediates.entries()].reverse().map(([index, ca]) => [prefix(ca.ski), index]))
  const urls = [...new Set(intermediates.flatMap((ca) => ca.aiaUrl ?? []))].sort(compare)
  const urlIndex = new Map(urls.map((url, index) => [url, index]))

  /** @param {IntermediateRecord} ca */
  const intermediateColumns = (ca) => {
    const root = rootIndex.get(ca.rootSha256 ?? '') ?? 0
    const record = roots[root]
    const aki = prefix(ca.akiOfIssuer)
    const issuer = byKeyId.get(aki)
    const issuerColumn =
      aki === prefix(record?.ski ?? record?.keyId) ? '' : issuer === undefined ? `x${aki}` : issuer.toString(36)
    const url = ca.aiaUrl === undefined ? '' : (urlIndex.get(ca.aiaUrl) ?? 0).toString(36)
    return [
      prefix(ca.ski),
      dayOf(ca.notAfter),
      root.toString(36),
      issuerColumn,
      url,
      (ca.crossOf ? 'c' : '') + (ca.revoked ? 'r' : ''),
    ]
  }

  const header = (/** @type {string} */ what) =>
    `// Generated by scripts/trust/generate-facts.mjs from tables of ${date}. Do not edit.\n// ${what}\n`
  return {
    roots: [
      header(
        'Facts about roots, read by public-ca-tables.ts. Lines: "=organisation", or tab-separated key id, SHA-256 of the key,',
      ),
      '// SHA-256 of the certificate (first 8 bytes each, hex), stores (bits, base 36), last day (since 1970, base 36),\n',
      '// key type and flags (m: on the not-trusted list of Microsoft, p: admission pending, d: last day for new leaves), name.\n\n',
      `export const publicFactsDate = '${date}'\n\n`,
      `export const publicRootStores = ${JSON.stringify(STORES).replaceAll('"', "'").replaceAll(',', ', ')} as const\n\n`,
      `export const publicRootLines = ${block(grouped(roots, rootColumns))}\n\n`,
      '// Roots in none of the stores above: dropped or pending. The same columns without SHA-256 of the certificate and stores.\n',
      `export const otherRootLines = ${block(grouped(others, rootColumns))}\n`,
    ].join(''),
    intermediates: [
      header(
        'Facts about TLS intermediates, read by public-ca-tables.ts. Lines: "=organisation", or tab-separated key id (8 bytes, hex),',
      ),
      '// last day (since 1970, base 36), root (line of public-roots.ts without headings, base 36), issuer (empty: the root;\n',
      '// base 36: line of this table; x and hex: key id), URL of the issuer (index, base 36), flags (c: cross-signed root,\n',
      '// r: revoked), name.\n\n',
      `export const publicIntermediateLines = ${block(grouped(intermediates, intermediateColumns))}\n\n`,
      `export const issuerUrlLines = ${block(urls)}\n`,
    ].join(''),
  }
}

function main() {
  const [directory, flag, value] = process.argv.slice(2)
  const date = flag === '--date' ? (value ?? '') : new Date().toISOString().slice(0, 10)
  if (directory === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(date)) {
    process.stderr.write('usage: node scripts/trust/generate-facts.mjs DIR [--date YYYY-MM-DD]\n')
    process.exit(2)
  }
  const read = (/** @type {string} */ name) => JSON.parse(readFileSync(join(directory, name), 'utf8'))
  const { roots, intermediates } = generate(
    read('roots.json'),
    read('other-roots.json'),
    read('intermediates.json'),
    date,
  )
  const target = fileURLToPath(new URL('../../src/trust/data/', import.meta.url))
  writeFileSync(join(target, 'public-roots.ts'), roots)
  writeFileSync(join(target, 'public-intermediates.ts'), intermediates)
}

if (import.meta.url === pathToFileURL(resolve(process.argv[1] ?? '')).href) main()
