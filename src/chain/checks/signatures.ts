/** Signatures and the algorithms they name: RFC 5280 sections 4.1.1.2, 4.1.2.3 and 6.1.3 (a) (1). */
import type { AlgorithmId, Certificate } from '../../x509/model.ts'
import { matchKeyId, matchSerial } from '../key-ids.ts'
import type { PathProblem } from '../model.ts'
import { type Check, called, type FoundPath, isAnchorOf, problem } from './check.ts'

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

/**
 * Certificates whose two algorithm fields differ. OpenSSL refuses them; an anchor, which it does not verify, only when it
 * is told to be strict (`check_extensions`).
 */
export const checkAlgorithms: Check = (path) =>
  path.certificates.flatMap((certificate, index) => {
    const { signatureAlgorithm: outer, tbsSignatureAlgorithm: inner } = certificate
    if (sameAlgorithm(outer, inner)) return []
    const parameters = outer.oid === inner.oid ? ' with other parameters' : ''
    const anchor = isAnchorOf(path, index)
    const strict = anchor ? ' Strict clients refuse that even of a root: "openssl verify -x509_strict".' : ''
    const message = `${called(certificate)} is signed with ${outer.name} but says ${inner.name}${parameters} in its signed part.${strict}`
    const severity = anchor ? 'note' : 'fatal'
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
    if (issuer === undefined) return [...ownKeyId(path, index, certificate), ...otherKeys(path, index, certificate)]
    if (path.signatures[index] === 'invalid') return []
    const part = unfitting(certificate, issuer)
    if (part === undefined) return looksSelfSigned(path, index, certificate, issuer)
    const message = `The authority ${part} in ${called(certificate)} does not fit ${called(issuer)}; OpenSSL refuses this issuer for it, browsers go by the signature.`
    return [problem(path, index, 'key-id-mismatch', message, { severity: 'note', ...keyIdFacts(certificate, issuer) })]
  })

/** The part of the authority key identifier that does not fit an issuer. */
function unfitting(certificate: Certificate, issuer: Certificate): string | undefined {
  if (matchKeyId(certificate, issuer) === 'mismatch') return 'key identifier'
  return matchSerial(certificate, issuer) === 'mismatch' ? 'issuer and serial number' : undefined
}

/** A root that names another key than its own: OpenSSL does not take it for self-signed (`EXFLAG_SS`) and looks further. */
function ownKeyId(path: FoundPath, index: number, certificate: Certificate): PathProblem[] {
  const part = certificate.selfIssued && isAnchorOf(path, index) ? unfitting(certificate, certificate) : undefined
  if (part === undefined) return []
  const message = `The authority ${part} in the root ${called(certificate)} does not fit itself; OpenSSL looks for an issuer of it and refuses the path unless -partial_chain is given.`
  const facts = keyIdFacts(certificate, certificate)
  return [problem(path, index, 'key-id-mismatch', message, { severity: 'note', ...facts })]
}

/** A certificate with its issuer's name and another key, where no key identifier says so: to OpenSSL it is self-signed. */
function looksSelfSigned(path: FoundPath, index: number, certificate: Certificate, issuer: Certificate): PathProblem[] {
  const sameKey = certificate.publicKey.spkiSha256 === issuer.publicKey.spkiSha256
  if (!certificate.selfIssued || sameKey || unfitting(certificate, certificate) !== undefined) return []
  const message = `${called(certificate)} has the name of its issuer, and no key identifier tells the two apart; OpenSSL takes it for self-signed and refuses the path.`
  return [problem(path, index, 'key-id-mismatch', message, { severity: 'note' })]
}

function otherKeys(path: FoundPath, index: number, certificate: Certificate): PathProblem[] {
  return path.namesakes.map((namesake) => {
    const message = `A certificate named ${called(namesake)} is at hand, but it has another key than the one that signed ${called(certificate)}.`
    const facts = keyIdFacts(certificate, namesake)
    return problem(path, index, 'key-id-mismatch', message, { severity: 'note', ...facts })
  })
}

function keyIdFacts(subject: Certificate, issuer: Certificate): { actual?: string; expected?: string } {
  const keyId = subject.authorityKeyId?.keyId
  if (keyId !== undefined) return { actual: issuer.subjectKeyId ?? issuer.publicKey.keyId, expected: keyId }
  const serial = subject.authorityKeyId?.serial
  return serial === undefined ? {} : { actual: issuer.serial, expected: serial }
}
