/** Signatures and the algorithms they name: RFC 5280 sections 4.1.1.2, 4.1.2.3 and 6.1.3 (a) (1). */
import type { AlgorithmId, Certificate } from '../../x509/model.ts'
import { matchKeyId, matchSerial } from '../key-ids.ts'
import { type Check, called, isAnchorOf, problem } from './check.ts'

/** Every signature of the path that fails or could not be verified. An anchor's own signature proves nothing. */
export const checkSignatures: Check = (path) =>
  path.signatures.flatMap((status, index) => {
    const certificate = path.certificates[index]
    if (certificate === undefined || status === 'valid') return []
    const issuer = path.certificates[index + 1]
    if (issuer === undefined) {
      if (path.end !== 'self-signed' || status !== 'invalid') return []
      const message = `${called(certificate)} names itself as its issuer, but its signature does not verify with its own key.`
      return [problem(path, index, 'signature-invalid', message)]
    }
    if (status === 'unverified') {
      const algorithm = certificate.signatureAlgorithm.name
      const message = `The signature of ${called(issuer)} on ${called(certificate)} (${algorithm}) could not be verified here.`
      return [problem(path, index, 'signature-unverified', message, { actual: algorithm })]
    }
    const sure = matchKeyId(certificate, issuer) === 'match'
    const reason = sure
      ? 'although the key identifiers agree: one of the two is damaged or forged'
      : 'and no key identifier tells whether this issuer is the right one of its name'
    const message = `The signature on ${called(certificate)} does not verify with the key of ${called(issuer)}, ${reason}.`
    return [problem(path, index, 'signature-invalid', message)]
  })

/** Certificates whose two algorithm fields differ; OpenSSL refuses them, except on an anchor, which it does not verify. */
export const checkAlgorithms: Check = (path) =>
  path.certificates.flatMap((certificate, index) => {
    const { signatureAlgorithm: outer, tbsSignatureAlgorithm: inner } = certificate
    if (sameAlgorithm(outer, inner)) return []
    const parameters = outer.oid === inner.oid ? ' with other parameters' : ''
    const message = `${called(certificate)} is signed with ${outer.name} but says ${inner.name}${parameters} in its signed part.`
    const severity = isAnchorOf(path, index) ? 'note' : 'fatal'
    return [problem(path, index, 'algorithm-mismatch', message, { severity, actual: outer.name, expected: inner.name })]
  })

function sameAlgorithm(a: AlgorithmId, b: AlgorithmId): boolean {
  return a.der.length === b.der.length && a.der.every((byte, at) => byte === b.der[at])
}

/**
 * Issuers whose signature verifies although the key identifier points elsewhere, and namesakes of a missing issuer.
 * Browsers and Go go by the signature; OpenSSL does not take such an issuer at all (`X509_check_akid`), hence a note.
 */
export const checkKeyIds: Check = (path) =>
  path.certificates.flatMap((certificate, index) => {
    const issuer = path.certificates[index + 1]
    if (issuer === undefined) {
      return path.namesakes.map((namesake) => {
        const message = `A certificate named ${called(namesake)} is at hand, but it has another key than the one that signed ${called(certificate)}.`
        return problem(path, index, 'key-id-mismatch', message, {
          severity: 'note',
          ...keyIdFacts(certificate, namesake),
        })
      })
    }
    if (path.signatures[index] === 'invalid') return []
    if (matchKeyId(certificate, issuer) !== 'mismatch' && matchSerial(certificate, issuer) !== 'mismatch') return []
    const part = matchKeyId(certificate, issuer) === 'mismatch' ? 'key identifier' : 'issuer and serial number'
    const message = `The authority ${part} in ${called(certificate)} does not fit ${called(issuer)}; OpenSSL refuses this issuer for it, browsers go by the signature.`
    return [problem(path, index, 'key-id-mismatch', message, { severity: 'note', ...keyIdFacts(certificate, issuer) })]
  })

function keyIdFacts(subject: Certificate, issuer: Certificate): { actual?: string; expected?: string } {
  const keyId = subject.authorityKeyId?.keyId
  if (keyId !== undefined) return { actual: issuer.subjectKeyId ?? issuer.publicKey.keyId, expected: keyId }
  const serial = subject.authorityKeyId?.serial
  return serial === undefined ? {} : { actual: issuer.serial, expected: serial }
}
