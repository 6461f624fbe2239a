/** What in a report names a company, a machine or a certificate: from its fields, and from the text that it quotes. */
import type { CertificateSummary, Report } from './types.ts'

export const redactionClasses = ['hosts', 'addresses', 'organisations', 'serials', 'fingerprints'] as const
export type RedactionClass = (typeof redactionClasses)[number]

export interface Identity {
  readonly class: RedactionClass
  readonly value: string
}

/** Ends of file names, which look like host names. */
const fileEnds =
  /\.(?:pem|crt|cer|cert|key|p12|pfx|p7b|p7c|jks|der|csr|crl|txt|log|conf|cnf|cfg|yaml|yml|json|sh|js|mjs|ts|py|java|go|rb|php|md|zip|jar|xml|html?|exe|so|dll|c|h)$/i

const hostName = /(?<![\w.-])(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.){1,20}[a-z][a-z0-9-]{0,61}[a-z0-9](?![\w-])/giu
const address4 = /(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\d.]*\d)/gu
/** All eight groups, or `::` for some of them; a time of day has neither. */
const address6 =
  /(?<![\w:])(?:(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}|(?:[0-9a-f]{1,4}:){1,7}(?::[0-9a-f]{1,4}){1,7}|(?:[0-9a-f]{1,4}:){1,7}:|::(?:[0-9a-f]{1,4}:){0,6}[0-9a-f]{1,4})(?![\w:])/giu
/** Arcs of X.520 and certificate extensions, which look like addresses. */
const objectIdentifier = /^2\.5\.(?:4|29)\./
const digest =
  /(?<![\w:])(?:[0-9a-f]{64}|[0-9a-f]{40}|(?:[0-9a-f]{2}:){31}[0-9a-f]{2}|(?:[0-9a-f]{2}:){19}[0-9a-f]{2})(?![\w:])/giu

/** Every value to hide, in order of appearance; the same may come twice. */
export function identities(report: Report): Identity[] {
  const found: Identity[] = []
  const parents = new Set<string>()
  const open = publicHosts(report)
  const add = (kind: RedactionClass, value: string | undefined | null): void => {
    const trimmed = value?.trim() ?? ''
    if (trimmed.length > 1) found.push({ class: kind, value: trimmed })
  }
  const addHost = (value: string): void => {
    const name = value.replace(/^\*\./, '').toLowerCase()
    if (isAddress(name)) add('addresses', name)
    else if (name.includes('.') && !fileEnds.test(name) && !open.has(name)) {
      add('hosts', name)
      // Explanations name the domain above as well.
      const labels = name.split('.')
      for (let from = 1; from < labels.length - 1; from++) parents.add(labels.slice(from).join('.'))
    }
  }
  const scan = (text: string): void => {
    for (const [value] of text.matchAll(address4)) if (!objectIdentifier.test(value)) add('addresses', value)
    for (const [value] of text.matchAll(address6)) add('addresses', value)
    for (const [value] of text.matchAll(digest)) add('fingerprints', value)
    for (const [value] of text.matchAll(hostName)) addHost(value)
  }
  for (const { host, servername, command } of report.captures) {
    // A name without a dot is one all the same where the tool was told to connect to it.
    for (const value of [host, servername]) {
      if (!value) continue
      if (isAddress(value)) add('addresses', value)
      else {
        add('hosts', value.toLowerCase())
        addHost(value)
      }
    }
    if (command) scan(command)
  }
  const publicNames = publicCas(report)
  for (const certificate of report.certificates) {
    if (!isPublicCa(certificate, publicNames)) {
      for (const { type, value } of certificate.names) {
        if (type === 'DNS') addHost(value)
        else scan(value)
      }
      for (const value of attributesOf(certificate.subject.openssl)) addName(value)
    }
    if (!publicNames.has(certificate.issuer.openssl))
      for (const value of attributesOf(certificate.issuer.openssl)) addName(value)
    if (certificate.stores.length > 0) continue
    // A short one stands for nothing, and is found in everything.
    if (certificate.serial.length >= 8) add('serials', certificate.serial)
    for (const value of [certificate.sha256, certificate.sha1, certificate.spkiSha256, certificate.subjectKeyId])
      add('fingerprints', value)
  }
  for (const capture of report.captures)
    for (const rung of capture.chain)
      if (!publicNames.has(rung.subject)) for (const value of attributesOf(rung.subject)) addName(value)
  for (const finding of report.findings) {
    for (const { quote } of finding.evidence) {
      scan(quote)
      for (const value of attributesOf(quote)) if (!isOfPublicCa(value, publicNames)) addName(value)
    }
    if (finding.nextCommand) scan(finding.nextCommand)
  }
  for (const { name } of report.documents) scan(name)
  for (const parent of parents) if (!open.has(parent)) add('hosts', parent)
  return found

  function addName(value: string): void {
    if (new RegExp(`^${hostName.source}$`, 'iu').test(value.replace(/^\*\./, ''))) addHost(value)
    else add('organisations', value)
  }
}

const isAddress = (value: string): boolean =>
  /^[\d.]+$/.test(value) || (value.includes(':') && /^[\da-f:.]+$/i.test(value))

/** Values of the attributes that name somebody, in a name as OpenSSL and others print it. */
export function attributesOf(text: string): string[] {
  const values: string[] = []
  const attribute =
    /(?:^|[,/+;\s])(?:CN|O|OU|L|ST|street|emailAddress|organizationIdentifier|UID) ?= ?("[^"\n]{1,200}"|[^"\n]{1,200}?)(?=\s*(?:[,/+;] ?[A-Za-z][\w.]{0,40} ?=|["'\n]|$))/g
  for (const match of text.matchAll(attribute)) values.push((match[1] as string).replace(/^"|"$/g, ''))
  return values
}

/** Subjects of CAs that everybody knows: roots of the stores, and the CAs below them that their chains lead through. */
function publicCas(report: Report): ReadonlySet<string> {
  const names = new Set<string>()
  for (const { stores, subject } of report.certificates) if (stores.length > 0) names.add(subject.openssl)
  for (const { chain } of report.captures) {
    const top = chain.findIndex(({ source, subject }) => source === 'store' || source === 'known' || names.has(subject))
    if (top === -1) continue
    for (const rung of chain.slice(1)) names.add(rung.subject)
  }
  return names
}

const isPublicCa = ({ isCa, subject, stores }: CertificateSummary, names: ReadonlySet<string>): boolean =>
  stores.length > 0 || (isCa && names.has(subject.openssl))

const isOfPublicCa = (value: string, names: ReadonlySet<string>): boolean =>
  [...names].some((name) => attributesOf(name).includes(value))

/** Hosts at which public CAs publish: they name the CA, not the company. */
function publicHosts(report: Report): ReadonlySet<string> {
  const names = publicCas(report)
  const hosts = new Set<string>()
  for (const { issuer, subject, stores, caIssuers, ocsp, crls } of report.certificates) {
    if (stores.length === 0 && !names.has(issuer.openssl) && !names.has(subject.openssl)) continue
    for (const url of [...caIssuers, ...ocsp, ...crls]) {
      const host = /^https?:\/\/([^/:]+)/i.exec(url)?.[1]
      if (host) hosts.add(host.toLowerCase())
    }
  }
  return hosts
}
