/** The chain as the server should send it, and the CA file for a client that has to trust a private root. */
import type { CertificateSummary, ChainRung, Report } from '../report/types.ts'
import { sh } from './quote.ts'

/** A certificate that belongs into the chain and is nowhere in the input. */
export interface MissingCertificate {
  readonly name: string
  readonly subject: string
  /** Key id that the certificate below names, hexadecimal. */
  readonly keyId?: string
  readonly url?: string
  /** Fetches it, turns it into PEM and appends it to the chain file. */
  readonly command?: string
}

export interface RepairedChain {
  readonly capture: number
  /** Leaf first, each followed by its issuer; roots are left out. */
  readonly certificates: readonly CertificateSummary[]
  /** PEM of them, ready to be served. */
  readonly pem: string
  readonly missing: readonly MissingCertificate[]
  /** What was served already is this chain: nothing has to be repaired. */
  readonly asServed: boolean
  /** Names of certificates that were sent and do not belong into it. */
  readonly leftOut: readonly string[]
}

/** Name of the file that the chain is saved as. */
export const chainFile = 'fullchain.pem'

/**
 * Puts the chain of a capture in order, from everything in the input.
 *
 * @returns undefined when the leaf is not in the input, a signature in the chain does not verify, or a certificate
 * that was sent is in the paste by name only
 */
export function repairedChain(report: Report, capture: number): RepairedChain | undefined {
  const found = report.captures[capture]
  const leaf = found?.chain[0]
  if (!found || leaf === undefined || certificateOf(report, leaf) === undefined) return undefined
  const certificates: CertificateSummary[] = []
  const missing: MissingCertificate[] = []
  for (const [index, rung] of found.chain.entries()) {
    const certificate = certificateOf(report, rung)
    if (index > 0 && (rung.role === 'root' || certificate?.selfIssued)) break
    const below = found.chain[index - 1]
    if (below?.link === 'failed' || (certificate === undefined && rung.position !== undefined)) return undefined
    if (certificate === undefined) missing.push(missingOf(rung, certificates.at(-1)))
    // What only names tie to the chain is not known to belong there.
    else if (index === 0 || below?.link === 'verified') certificates.push(certificate)
  }
  const kept = new Set(certificates.map(({ sha256 }) => sha256))
  const served = found.served.filter((sha256) => sha256 !== null)
  const strangers = served.filter((sha256) => !kept.has(sha256))
  return {
    capture,
    certificates,
    pem: certificates.map(({ pem }) => pem).join(''),
    missing,
    asServed: missing.length === 0 && served.join() === [...kept].join(),
    leftOut: [...new Set(strangers)].flatMap((sha256) => nameOf(report, sha256)),
  }
}

/** The capture whose chain `--repair` prints: the first that can be put together, that of the verdict before others. */
export function chainToRepair(report: Report): RepairedChain | undefined {
  const leading = report.findings.find(({ id }) => id === report.verdict.finding)?.capture
  const order = [...(leading === undefined ? [] : [leading]), ...report.captures.map(({ index }) => index)]
  for (const capture of order) {
    const chain = repairedChain(report, capture)
    if (chain) return chain
  }
  return undefined
}

const certificateOf = (report: Report, rung: ChainRung): CertificateSummary | undefined =>
  rung.certificate === undefined
    ? undefined
    : report.certificates.find(({ sha256, pem }) => sha256 === rung.certificate && pem !== '')

const nameOf = (report: Report, sha256: string): string[] =>
  report.certificates.filter((certificate) => certificate.sha256 === sha256).map(({ subject }) => subject.short)

function missingOf(rung: ChainRung, below: CertificateSummary | undefined): MissingCertificate {
  const url = rung.url ?? below?.caIssuers.find((address) => /^https?:\/\//i.test(address))
  return {
    name: rung.name,
    subject: rung.subject,
    ...(below?.authorityKeyId === undefined ? {} : { keyId: below.authorityKeyId }),
    ...(url === undefined ? {} : { url, command: fetchCommand(url) }),
  }
}

/** CAs publish single certificates as DER (RFC 5280 section 4.2.2.1), some as PEM or PKCS#7 all the same. */
function fetchCommand(url: string): string {
  return [
    `curl -fsSL -o issuer.bin ${sh(url)}`,
    `{ openssl x509 -inform DER -in issuer.bin 2>/dev/null || openssl x509 -in issuer.bin 2>/dev/null || openssl pkcs7 -inform DER -in issuer.bin -print_certs; } >> ${chainFile}`,
  ].join('\n')
}

/** A root of the user's own that chains of the input end at. */
export interface CaBundle {
  readonly certificates: readonly CertificateSummary[]
  readonly pem: string
  /** Puts it into a key store, once its fingerprint is confirmed. */
  readonly commands: readonly { readonly title: string; readonly command: string }[]
}

export const caFile = 'private-ca.pem'

/** The self-signed CA certificates of the input that no public store holds: what a client would have to trust. */
export function caBundle(report: Report): CaBundle | undefined {
  const certificates = report.certificates.filter(
    ({ isCa, selfSigned, stores, source, pem }) =>
      isCa && selfSigned && stores.length === 0 && source === 'input' && pem !== '',
  )
  if (certificates.length === 0) return undefined
  return {
    certificates,
    pem: certificates.map(({ pem }) => pem).join(''),
    commands: [
      {
        title: 'Java key store (PKCS#12)',
        command: `keytool -importcert -noprompt -alias private-ca -file ${caFile} -storetype PKCS12 -keystore truststore.p12 -storepass changeit`,
      },
      {
        title: 'Java key store (JKS)',
        command: `keytool -importcert -noprompt -alias private-ca -file ${caFile} -storetype JKS -keystore truststore.jks -storepass changeit`,
      },
    ],
  }
}
