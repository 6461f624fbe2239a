/**
 * What RFC 5280 section 4 asks of CAs rather than of clients. Most clients let it pass, so these are notes: the list that
 * strict ones enforce is OpenSSL's (crypto/x509/x509_vfy.c, `check_extensions` under X509_V_FLAG_X509_STRICT), which
 * Python has switched on since 3.13.
 */
import type { Certificate } from '../../x509/model.ts'
import { type Check, called, type FoundPath, isAnchorOf, isSelfSignedEnd, problem } from './check.ts'

interface Rule {
  /** Section of RFC 5280. */
  readonly section: string
  /** Continues a sentence that begins with the certificate's name. */
  readonly text: string
  broken(certificate: Certificate, path: FoundPath, index: number): boolean
}

const isCa = ({ basicConstraints }: Certificate): boolean => basicConstraints?.ca === true
const criticalOf = ({ extensions }: Certificate, type: string): boolean | undefined =>
  extensions.find(({ oid }) => oid === type)?.critical
/** Of no attributes at all; a part without any does not count (`X509_NAME_entry_count`). */
const isEmpty = ({ rdns }: Certificate['subject']): boolean => rdns.flat().length === 0
const hasNames = ({ extensions, subjectAltNames }: Certificate): boolean =>
  subjectAltNames.length > 0 || extensions.some(({ oid }) => oid === '2.5.29.17')
const isTop = (path: FoundPath, index: number): boolean => isAnchorOf(path, index) || isSelfSignedEnd(path, index)

const strictRules: readonly Rule[] = [
  {
    section: '4.2.1.9',
    text: 'has a path length although it is no CA',
    broken: (one) => one.basicConstraints?.pathLength !== undefined && !isCa(one),
  },
  {
    section: '4.2.1.9',
    text: 'has a path length although its key usage leaves out signing certificates',
    broken: (one) => one.basicConstraints?.pathLength !== undefined && one.keyUsage?.includes('keyCertSign') === false,
  },
  {
    section: '4.2.1.9',
    text: 'is a CA whose basic constraints are not critical',
    broken: (one) => isCa(one) && criticalOf(one, '2.5.29.19') === false,
  },
  {
    section: '4.2.1.9',
    text: 'is a root without basic constraints that say so',
    broken: (one, path, index) => index > 0 && isTop(path, index) && !isCa(one),
  },
  {
    section: '4.2.1.3',
    text: 'is a CA without key usage',
    broken: (one) => isCa(one) && one.keyUsage === undefined,
  },
  {
    section: '4.2.1.3',
    text: 'is no CA, but its key usage allows to sign certificates',
    broken: (one) => !isCa(one) && one.keyUsage?.includes('keyCertSign') === true,
  },
  { section: '4.1.2.4', text: 'has an empty issuer name', broken: ({ issuer }) => isEmpty(issuer) },
  {
    section: '4.1.2.6',
    text: 'has an empty subject name although it is a CA, signs CRLs or has no alternative names',
    broken: (one) =>
      isEmpty(one.subject) && (isCa(one) || one.keyUsage?.includes('cRLSign') === true || !hasNames(one)),
  },
  {
    section: '4.2.1.6',
    text: 'has an empty subject name, but its alternative names are not critical',
    broken: (one) => isEmpty(one.subject) && criticalOf(one, '2.5.29.17') === false,
  },
  {
    section: '4.2.1.6',
    text: 'has an empty list of alternative names',
    broken: (one) => hasNames(one) && one.subjectAltNames.length === 0,
  },
  {
    section: '4.2.1.1',
    text: 'has no authority key identifier',
    broken: (one, path, index) => one.version >= 3 && !isTop(path, index) && one.authorityKeyId?.keyId === undefined,
  },
  {
    section: '4.2.1.2',
    text: 'is a CA without subject key identifier',
    broken: (one) => one.version >= 3 && isCa(one) && one.subjectKeyId === undefined,
  },
  {
    section: '4.1.2.1',
    text: 'has extensions, which only version 3 can have',
    broken: (one) => one.version < 3 && one.extensions.length > 0,
  },
]

const otherRules: readonly Rule[] = [
  { section: '4.1.2.2', text: 'has a negative serial number', broken: ({ serialNegative }) => serialNegative },
  { section: '4.1.2.2', text: 'has the serial number zero', broken: ({ serial }) => /^0*$/.test(serial) },
  {
    section: '4.1.2.2',
    text: 'has a serial number of more than 20 octets',
    broken: ({ serial }) => serial.length > 2 * 20,
  },
  {
    section: '4.1.2.5',
    text: 'has a validity that ends before it begins',
    broken: ({ notBefore, notAfter }) => notAfter < notBefore,
  },
  {
    section: '4.2.1.1',
    text: 'has only one of issuer and serial number in its authority key identifier',
    broken: ({ authorityKeyId }) =>
      authorityKeyId !== undefined && (authorityKeyId.issuer === undefined) !== (authorityKeyId.serial === undefined),
  },
  {
    section: '4.2.1.10',
    text: 'has name constraints although it is no CA',
    broken: (one) => one.nameConstraints !== undefined && !isCa(one),
  },
  {
    section: '4.1.2.8',
    text: 'is of version 1 and has a unique identifier, which only later versions can have',
    broken: ({ problems }) => problems.some((text) => text.includes('unique identifier')),
  },
  {
    section: 'appendix A.1',
    text: 'has values in its names whose string types are not the ones of their attributes',
    broken: ({ problems }) => problems.some((text) => text.includes('stands where RFC 5280 has')),
  },
]

/**
 * Departures from the profile, told once a certificate for strict clients and once for the rest.
 * A certificate that stands alone is let off, as OpenSSL does (RFC 6818 section 2).
 */
export const checkProfile: Check = (path) =>
  path.certificates.flatMap((certificate, index) => {
    const broken = (rules: readonly Rule[]) =>
      rules
        .filter((rule) => rule.broken(certificate, path, index))
        .map(({ text, section }) => `${text} (RFC 5280, ${section})`)
    const strict = path.certificates.length > 1 ? broken(strictRules) : []
    const other = broken(otherRules)
    const name = called(certificate)
    return [
      ...(strict.length === 0
        ? []
        : [
            problem(
              path,
              index,
              'profile',
              `${name} ${strict.join('; it ')}. Strict clients refuse that: Python since 3.13, "openssl verify -x509_strict".`,
              { severity: 'note' },
            ),
          ]),
      ...(other.length === 0
        ? []
        : [
            problem(path, index, 'profile', `${name} ${other.join('; it ')}. Common clients let that pass.`, {
              severity: 'note',
            }),
          ]),
    ]
  })

/** Versions that no standard defines: RFC 5280 section 4.1.2.1. Go and browsers refuse them, OpenSSL does not look. */
export const checkVersion: Check = (path) =>
  path.certificates.flatMap((certificate, index) => {
    const { version } = certificate
    if (version >= 1 && version <= 3) return []
    const message = `${called(certificate)} says that it is of version ${version}; X.509 has versions 1 to 3.`
    return [problem(path, index, 'unsupported-version', message, { actual: String(version), expected: '1 to 3' })]
  })

/** Sentences of `Certificate.problems` on how things are written, rather than on what they say. */
const encodingProblem =
  /not in its shortest form|which is not DER|which DER leaves out|superfluous leading octets|has no digits|not in the form RFC 5280|GeneralizedTime although|is not valid UTF-8|characters that its type does not have|(?:BMP|Universal)String has|of a type that names|The parameters of .* are (?:there|not NULL)|public key has parameters/

/**
 * Those that OpenSSL refuses as well: numbers and strings when it loads the certificate (`c2i_ASN1_INTEGER`,
 * `asn1_ex_c2i`, `X509_NAME` canonicalisation), times when it compares them (`X509_cmp_time`).
 */
const refusedByAll =
  /superfluous leading octets|has no digits|not in the form RFC 5280|is not valid UTF-8|(?:BMP|Universal)String has|of a type that names/

/** Encodings that are not the one of RFC 5280; fatal where hardly any client reads them. */
export const checkEncoding: Check = (path) =>
  path.certificates.flatMap((certificate, index) => {
    const odd = certificate.problems.filter((text) => encodingProblem.test(text))
    if (odd.length === 0) return []
    const refused = odd.some((text) => refusedByAll.test(text))
    const who = refused
      ? 'OpenSSL refuses it, as most other clients do.'
      : 'OpenSSL reads it; readers that take DER alone, such as those of Go and browsers, may refuse it.'
    const message = `${called(certificate)} is not encoded as RFC 5280 asks: ${odd.join('; ')}. ${who}`
    const severity = refused ? 'fatal' : 'note'
    return [problem(path, index, 'encoding', message, { severity, actual: odd.join('; ') })]
  })
