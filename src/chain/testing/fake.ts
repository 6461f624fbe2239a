/** Certificates made by hand, without DER or cryptography, for tests of the search and the checks. */
import { oid, type Sha256, unixMs } from '../../core/brand.ts'
import type {
  AlgorithmId,
  Certificate,
  Extension,
  GeneralName,
  Name,
  SignatureStatus,
  SignatureVerifier,
} from '../../x509/model.ts'
import { parseNameText } from '../../x509/name.ts'
import type { PathProblemCode } from '../model.ts'

/** The instant the fakes are valid around. */
export const now = unixMs(Date.UTC(2030, 5, 15))

/** What tests of something else leave out: a fake lacks what only the profile of RFC 5280 asks for, as key identifiers. */
export const besidesProfile: ReadonlySet<PathProblemCode> = new Set(['profile'])

const day = 86_400_000

/** What a fake differs in from a plain certificate that is valid for TLS servers. */
export interface FakeFacts extends Partial<Omit<Certificate, 'subject' | 'issuer' | 'notBefore' | 'notAfter'>> {
  /** A common name, or a whole name such as `O=Lab, CN=x`. */
  readonly subject: string
  readonly issuer?: string
  /** Name of the key; the subject's by default. */
  readonly key?: string
  /** Name of the key that signed; the issuer's name by default. */
  readonly signedBy?: string
  /** Days from {@link now}. */
  readonly from?: number
  readonly to?: number
  /** Tells certificates apart that are the same otherwise. */
  readonly copy?: number
  readonly dns?: readonly string[]
}

const emptyRange = { start: 0, end: 0 }
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
const nameOf = (text: string): Name => parseNameText(text === '' || text.includes('=') ? text : `CN=${text}`)

export const algorithm = (name: string, hash?: string): AlgorithmId => ({
  oid: oid('1.2.3.4'),
  name,
  der: bytesOf(name),
  ...(hash === undefined ? {} : { hash }),
})

/** A general name as the decoder makes it; `bytes` for IP addresses only. */
export const generalName = (
  type: GeneralName['type'],
  value: string,
  bytes: Uint8Array = bytesOf(value),
): GeneralName => ({ type, value, bytes, ...(type === 'directory' ? { name: nameOf(value) } : {}) })

/** A leaf unless told otherwise. */
export function fake(facts: FakeFacts): Certificate {
  const {
    subject,
    issuer = subject,
    key = subject,
    signedBy = issuer,
    from = -30,
    to = 30,
    copy = 0,
    dns,
    ...rest
  } = facts
  const issued = { subject: nameOf(subject), issuer: nameOf(issuer) }
  const selfIssued = issued.subject.key === issued.issuer.key
  const identity = JSON.stringify([subject, issuer, key, signedBy, from, to, copy])
  const signatureAlgorithm = rest.signatureAlgorithm ?? algorithm('ecdsa-with-SHA256', 'SHA-256')
  return {
    der: bytesOf(identity),
    sha256: identity as Sha256,
    sha1: identity,
    version: 3,
    serial: '01',
    serialNegative: false,
    ...issued,
    notBefore: unixMs(now + from * day),
    notAfter: unixMs(now + to * day),
    publicKey: {
      algorithm: 'EC',
      algorithmOid: oid('1.2.840.10045.2.1'),
      bits: 256,
      curve: 'P-256',
      spki: bytesOf(key),
      spkiSha256: `spki ${key}`,
      keyId: `key ${key}`,
    },
    signatureAlgorithm,
    tbsSignatureAlgorithm: signatureAlgorithm,
    signature: bytesOf(signedBy),
    tbs: bytesOf(identity),
    extensions: [],
    subjectAltNames: (dns ?? []).map((name) => generalName('DNS', name)),
    caIssuers: [],
    ocsp: [],
    crlUrls: [],
    policies: [],
    scts: [],
    precertificate: false,
    isCa: rest.basicConstraints?.ca === true,
    selfIssued,
    problems: [],
    ranges: {
      tbs: emptyRange,
      serial: emptyRange,
      issuer: emptyRange,
      validity: emptyRange,
      subject: emptyRange,
      spki: emptyRange,
      signature: emptyRange,
    },
    ...rest,
  }
}

/** A CA; self-issued when no issuer is given. */
export const fakeCa = (facts: FakeFacts): Certificate =>
  fake({ basicConstraints: { ca: true }, keyUsage: ['keyCertSign', 'cRLSign'], isCa: true, ...facts })

/** Subject and authority key identifiers by key name. */
export const keyIds = (own: string, issuer?: string): Pick<Certificate, 'subjectKeyId' | 'authorityKeyId'> => ({
  subjectKeyId: `key ${own}`,
  ...(issuer === undefined ? {} : { authorityKeyId: { keyId: `key ${issuer}` } }),
})

/** An extension nobody decodes. */
export const extension = (type: string, critical: boolean, error?: string): Extension => ({
  oid: oid(type),
  name: type,
  critical,
  value: new Uint8Array(),
  lines: [],
  range: emptyRange,
  ...(error === undefined ? {} : { error }),
})

/** What a fake says of policies; numbers are skipped certificates. */
export interface FakePolicies {
  readonly policies?: readonly string[]
  readonly mappings?: readonly (readonly [issuerDomain: string, subjectDomain: string])[]
  readonly requireExplicit?: number
  readonly inhibitMapping?: number
  readonly inhibitAny?: number
}

/** The policy extensions in DER, and the field that the decoder fills. */
export function withPolicies(facts: FakePolicies): Pick<Certificate, 'extensions' | 'policies'> {
  const { policies, mappings, requireExplicit, inhibitMapping, inhibitAny } = facts
  const constraints = [
    ...(requireExplicit === undefined ? [] : [der(0x80, [requireExplicit])]),
    ...(inhibitMapping === undefined ? [] : [der(0x81, [inhibitMapping])]),
  ]
  const valued = (type: string, value: readonly number[]): Extension => ({
    ...extension(type, true),
    value: Uint8Array.from(value),
  })
  return {
    policies: (policies ?? []).map(oid),
    extensions: [
      ...(policies ? [valued('2.5.29.32', der(0x30, ...policies.map((one) => der(0x30, derOid(one)))))] : []),
      ...(mappings
        ? [valued('2.5.29.33', der(0x30, ...mappings.map(([from, to]) => der(0x30, derOid(from), derOid(to)))))]
        : []),
      ...(constraints.length > 0 ? [valued('2.5.29.36', der(0x30, ...constraints))] : []),
      ...(inhibitAny === undefined ? [] : [valued('2.5.29.54', der(2, [inhibitAny]))]),
    ],
  }
}

function der(tag: number, ...parts: (readonly number[])[]): readonly number[] {
  const content = parts.flat()
  const { length } = content
  const size = length < 0x80 ? [length] : [0x83, length >> 16, (length >> 8) & 255, length & 255]
  return [tag, ...size, ...content]
}

/** An object identifier; every arc but the first two takes up to 14 bits. */
function derOid(dotted: string): readonly number[] {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  const arcs = rest.map((arc) => (arc < 128 ? [arc] : [128 | (arc >> 7), arc & 127]))
  return der(6, [first * 40 + second], ...arcs)
}

/** Takes a signature for valid when it names the issuer's key; counts its work. */
export interface FakeVerifier extends SignatureVerifier {
  readonly calls: number
}

/** @param unverifiable names of algorithms that this verifier cannot run */
export function fakeVerifier(unverifiable: readonly string[] = []): FakeVerifier {
  let calls = 0
  const text = new TextDecoder()
  const status = (subject: Certificate, issuer: Certificate): SignatureStatus => {
    if (unverifiable.includes(subject.signatureAlgorithm.name)) return 'unverified'
    return text.decode(subject.signature) === text.decode(issuer.publicKey.spki) ? 'valid' : 'invalid'
  }
  return {
    get calls() {
      return calls
    },
    verify(subject, issuer) {
      calls++
      return Promise.resolve(status(subject, issuer))
    },
  }
}
