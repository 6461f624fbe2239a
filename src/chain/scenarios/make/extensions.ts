/** Extensions of certificates in DER (RFC 5280 section 4.2). */
import {
  type Bytes,
  bits,
  boolean,
  explicit,
  implicit,
  integer,
  octets,
  octetsOf,
  oid,
  type Part,
  sequence,
} from './der.ts'
import { type Constraints, constraintsValue } from './names.ts'

/** An Extension; `critical` may be an octet that is no DER boolean. */
export function extension(type: string, value: Part, critical: boolean | number = false): Bytes {
  return sequence(oid(type), critical === false ? [] : boolean(critical), octets(value))
}

/** BasicConstraints of a CA, or of none. */
export function basicConstraints(facts: { ca?: boolean; pathLength?: number; critical?: boolean } = {}): Bytes {
  const { ca = true, pathLength, critical = true } = facts
  const value = sequence(ca ? boolean(true) : [], pathLength === undefined ? [] : integer(pathLength))
  return extension('2.5.29.19', value, critical)
}

const usageBits = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
]

/** KeyUsage of bits by their names, separated by spaces. */
export function keyUsage(names: string, critical: boolean | number = true): Bytes {
  const wanted = names.split(' ').map((one) => usageBits.indexOf(one))
  const octet = wanted.reduce((sum, bit) => (bit < 0 ? sum : sum | (0x80 >> bit)), 0)
  const unused = octet === 0 ? 0 : 31 - Math.clz32(octet & -octet)
  return extension('2.5.29.15', octet === 0 ? bits([]) : bits([octet], unused), critical)
}

const purposes: Readonly<Record<string, string>> = {
  server: '1.3.6.1.5.5.7.3.1',
  client: '1.3.6.1.5.5.7.3.2',
  code: '1.3.6.1.5.5.7.3.3',
  email: '1.3.6.1.5.5.7.3.4',
  ocsp: '1.3.6.1.5.5.7.3.9',
  any: '2.5.29.37.0',
  microsoftGated: '1.3.6.1.4.1.311.10.3.3',
  netscapeGated: '2.16.840.1.113730.4.1',
}

/** ExtendedKeyUsage of purposes by name or in dotted form, separated by spaces. */
export function extendedKeyUsage(names: string, critical = false): Bytes {
  const listed = names.split(' ').filter((one) => one !== '')
  return extension('2.5.29.37', sequence(...listed.map((one) => oid(purposes[one] ?? one))), critical)
}

/** SubjectAltName of encoded general names. */
export const subjectAltName = (names: readonly Part[], critical = false): Bytes =>
  extension('2.5.29.17', sequence(...names), critical)

/** NameConstraints. */
export const nameConstraints = (constraints: Constraints, critical = true): Bytes =>
  extension('2.5.29.30', constraintsValue(constraints), critical)

/** SubjectKeyIdentifier. */
export const subjectKeyId = (id: Part, critical = false): Bytes => extension('2.5.29.14', octets(id), critical)

/** AuthorityKeyIdentifier by key identifier, and by issuer (general names) and serial number where given. */
export function authorityKeyId(
  id: Part | undefined,
  by: { issuer?: Part; serial?: bigint } = {},
  critical = false,
): Bytes {
  const value = sequence(
    id === undefined ? [] : implicit(0, id),
    by.issuer === undefined ? [] : explicit(1, by.issuer),
    by.serial === undefined ? [] : implicit(2, octetsOf(by.serial)),
  )
  return extension('2.5.29.35', value, critical)
}

/** CertificatePolicies without qualifiers, separated by spaces. */
export const policies = (names: string, critical = false): Bytes =>
  extension('2.5.29.32', sequence(...names.split(' ').map((one) => sequence(oid(one)))), critical)

/** PolicyMappings of pairs. */
export const policyMappings = (pairs: readonly (readonly [issuer: string, subject: string])[]): Bytes =>
  extension('2.5.29.33', sequence(...pairs.map(([from, to]) => sequence(oid(from), oid(to)))), true)

/** PolicyConstraints in numbers of certificates to skip. */
export const policyConstraints = (facts: { requireExplicit?: number; inhibitMapping?: number }): Bytes =>
  extension(
    '2.5.29.36',
    sequence(
      facts.requireExplicit === undefined ? [] : implicit(0, [facts.requireExplicit]),
      facts.inhibitMapping === undefined ? [] : implicit(1, [facts.inhibitMapping]),
    ),
    true,
  )

/** InhibitAnyPolicy. */
export const inhibitAnyPolicy = (skip: number): Bytes => extension('2.5.29.54', integer(skip), true)
