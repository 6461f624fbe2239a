/** Turns decoded certificates into the plain data of a report. */
import type { UnixMs } from '../core/brand.ts'
import type { CertificateSummary, KeySummary, NameForms } from '../report/types.ts'
import { storesOf } from '../trust/public-cas.ts'
import { storeSnapshots } from '../trust/stores.ts'
import type { Certificate, Name, PublicKey } from '../x509/model.ts'
import { opensslOneLine, rfc4514, shortName } from '../x509/name.ts'
import { toPem } from '../x509/pem.ts'

export const iso = (time: UnixMs): string => {
  const date = new Date(time)
  return Number.isNaN(date.getTime()) ? 'unknown' : date.toISOString()
}

export const nameForms = (name: Name): NameForms => ({
  rfc4514: rfc4514(name),
  openssl: opensslOneLine(name),
  short: shortName(name),
})

/** Labels of the stores that hold this root, or one with the same name and key. */
export const storeLabels = (certificate: Certificate): readonly string[] => {
  const names = new Set(storesOf(certificate))
  return storeSnapshots.filter((store) => names.has(store.name)).map((store) => store.label)
}

function keySummary(key: PublicKey): KeySummary {
  const detail = key.curve ?? (key.bits === undefined ? '' : String(key.bits))
  return {
    algorithm: key.algorithm,
    label: detail === '' ? key.algorithm : `${key.algorithm} ${detail}`,
    ...(key.bits === undefined ? {} : { bits: key.bits }),
    ...(key.curve === undefined ? {} : { curve: key.curve }),
  }
}

/**
 * @param at instant of judgement
 * @param selfSigned its signature verifies with its own key
 */
export function summarise(
  certificate: Certificate,
  at: UnixMs,
  selfSigned: boolean,
  source: CertificateSummary['source'],
  places: CertificateSummary['places'],
): CertificateSummary {
  return {
    sha256: certificate.sha256,
    sha1: certificate.sha1,
    subject: nameForms(certificate.subject),
    issuer: nameForms(certificate.issuer),
    serial: certificate.serial,
    version: certificate.version,
    notBefore: iso(certificate.notBefore),
    notAfter: iso(certificate.notAfter),
    validity: certificate.notAfter < at ? 'expired' : certificate.notBefore > at ? 'not-yet-valid' : 'valid',
    key: keySummary(certificate.publicKey),
    signatureAlgorithm: certificate.signatureAlgorithm.name,
    isCa: certificate.isCa,
    selfIssued: certificate.selfIssued,
    selfSigned,
    names: certificate.subjectAltNames.map(({ type, value }) => ({ type, value })),
    spkiSha256: certificate.publicKey.spkiSha256,
    caIssuers: certificate.caIssuers,
    ocsp: certificate.ocsp,
    crls: certificate.crlUrls,
    sctCount: certificate.scts.length,
    extensions: certificate.extensions.map(({ oid, name, critical, lines }) => ({ oid, name, critical, lines })),
    stores: certificate.selfIssued ? storeLabels(certificate) : [],
    source,
    places,
    pem: toPem(certificate.der),
    problems: certificate.problems,
    ...(certificate.subjectKeyId === undefined ? {} : { subjectKeyId: certificate.subjectKeyId }),
    ...(certificate.authorityKeyId?.keyId === undefined ? {} : { authorityKeyId: certificate.authorityKeyId.keyId }),
  }
}
