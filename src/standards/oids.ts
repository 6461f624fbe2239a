/**
 * Object identifiers as data: what a certificate may carry and the names under which tools print it.
 * Names follow OpenSSL 3.0 (`openssl list -objects`, crypto/objects/objects.txt) unless a table says otherwise,
 * because that is what people compare with.
 */

/** What the engine needs to know of a signature algorithm. */
export interface SignatureAlgorithmFacts {
  readonly name: string
  /** Absent where the parameters (RSASSA-PSS) or the algorithm itself (Ed25519, ML-DSA) fix the digest. */
  readonly hash?: string
  readonly family: 'RSA' | 'RSA-PSS' | 'ECDSA' | 'DSA' | 'Ed25519' | 'Ed448' | 'ML-DSA' | 'SLH-DSA'
}

/** A named elliptic curve and the size of its field. */
export interface CurveFacts {
  readonly name: string
  readonly bits: number
}

/** Name attributes by OID. Source: X.520, RFC 4519, RFC 5280 appendix A, CA/Browser Forum EV guidelines 9.2 (jurisdiction). */
export const nameAttributes: Readonly<Record<string, string>> = Object.freeze({
  '2.5.4.3': 'CN',
  '2.5.4.4': 'SN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.9': 'street',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.12': 'title',
  '2.5.4.13': 'description',
  '2.5.4.14': 'searchGuide',
  '2.5.4.15': 'businessCategory',
  '2.5.4.16': 'postalAddress',
  '2.5.4.17': 'postalCode',
  '2.5.4.18': 'postOfficeBox',
  '2.5.4.19': 'physicalDeliveryOfficeName',
  '2.5.4.20': 'telephoneNumber',
  '2.5.4.23': 'facsimileTelephoneNumber',
  '2.5.4.41': 'name',
  '2.5.4.42': 'GN',
  '2.5.4.43': 'initials',
  '2.5.4.44': 'generationQualifier',
  '2.5.4.45': 'x500UniqueIdentifier',
  '2.5.4.46': 'dnQualifier',
  '2.5.4.49': 'distinguishedName',
  '2.5.4.51': 'houseIdentifier',
  '2.5.4.65': 'pseudonym',
  '2.5.4.72': 'role',
  '2.5.4.97': 'organizationIdentifier',
  '0.9.2342.19200300.100.1.1': 'UID',
  '0.9.2342.19200300.100.1.3': 'mail',
  '0.9.2342.19200300.100.1.25': 'DC',
  '0.9.2342.19200300.100.1.44': 'uid',
  '1.2.840.113549.1.9.1': 'emailAddress',
  '1.2.840.113549.1.9.2': 'unstructuredName',
  '1.2.840.113549.1.9.8': 'unstructuredAddress',
  '1.3.6.1.4.1.311.60.2.1.1': 'jurisdictionL',
  '1.3.6.1.4.1.311.60.2.1.2': 'jurisdictionST',
  '1.3.6.1.4.1.311.60.2.1.3': 'jurisdictionC',
  '1.2.643.3.131.1.1': 'INN',
  '1.2.643.100.1': 'OGRN',
  '1.2.643.100.3': 'SNILS',
})

/** String types by the identifier octets of their encoding (X.680 table 1). */
export interface StringTypes {
  readonly tags: readonly number[]
  /** As a sentence has it. */
  readonly text: string
}

const printableString: StringTypes = { tags: [0x13], text: 'a PrintableString' }
const ia5String: StringTypes = { tags: [0x16], text: 'an IA5String' }
const directoryString: StringTypes = {
  tags: [0x0c, 0x13, 0x14, 0x1c, 0x1e],
  text: 'a UTF8String, PrintableString, BMPString, UniversalString or TeletexString',
}

/** String types that the values of name attributes may have. Sources: RFC 5280 appendix A.1, CA/Browser Forum EV guidelines 9.2.4. */
export const attributeStrings: Readonly<Record<string, StringTypes>> = Object.freeze({
  '2.5.4.3': directoryString,
  '2.5.4.4': directoryString,
  '2.5.4.5': printableString,
  '2.5.4.6': printableString,
  '2.5.4.7': directoryString,
  '2.5.4.8': directoryString,
  '2.5.4.10': directoryString,
  '2.5.4.11': directoryString,
  '2.5.4.12': directoryString,
  '2.5.4.41': directoryString,
  '2.5.4.42': directoryString,
  '2.5.4.43': directoryString,
  '2.5.4.44': directoryString,
  '2.5.4.46': printableString,
  '2.5.4.65': directoryString,
  '0.9.2342.19200300.100.1.25': ia5String,
  '1.2.840.113549.1.9.1': ia5String,
  '1.3.6.1.4.1.311.60.2.1.3': printableString,
})

/**
 * Other spellings of the attributes above, lower case, to the OID.
 * Sources: `openssl -nameopt multiline` long names; Java X500Name (`EMAILADDRESS`, `DNQ`, `S`); Windows CertNameToStr
 * (`E`, `S`, `G`, `T`); GnuTLS (`EMAIL`, `jurisdictionOfIncorporation...`); RFC 4519 (`givenName`, `sn`).
 */
export const nameAttributeAliases: Readonly<Record<string, string>> = Object.freeze({
  commonname: '2.5.4.3',
  surname: '2.5.4.4',
  countryname: '2.5.4.6',
  localityname: '2.5.4.7',
  stateorprovincename: '2.5.4.8',
  s: '2.5.4.8',
  sp: '2.5.4.8',
  streetaddress: '2.5.4.9',
  organizationname: '2.5.4.10',
  organizationalunitname: '2.5.4.11',
  t: '2.5.4.12',
  g: '2.5.4.42',
  givenname: '2.5.4.42',
  i: '2.5.4.43',
  generation: '2.5.4.44',
  dnq: '2.5.4.46',
  userid: '0.9.2342.19200300.100.1.1',
  rfc822mailbox: '0.9.2342.19200300.100.1.3',
  domaincomponent: '0.9.2342.19200300.100.1.25',
  e: '1.2.840.113549.1.9.1',
  email: '1.2.840.113549.1.9.1',
  jurisdictionlocalityname: '1.3.6.1.4.1.311.60.2.1.1',
  jurisdictionofincorporationlocalityname: '1.3.6.1.4.1.311.60.2.1.1',
  jurisdictionstateorprovincename: '1.3.6.1.4.1.311.60.2.1.2',
  jurisdictionofincorporationstateorprovincename: '1.3.6.1.4.1.311.60.2.1.2',
  jurisdictioncountryname: '1.3.6.1.4.1.311.60.2.1.3',
  jurisdictionofincorporationcountryname: '1.3.6.1.4.1.311.60.2.1.3',
})

const rsa = (name: string, hash: string) =>
  Object.freeze({ name, hash, family: 'RSA' }) satisfies SignatureAlgorithmFacts
const ecdsa = (name: string, hash: string) =>
  Object.freeze({ name, hash, family: 'ECDSA' }) satisfies SignatureAlgorithmFacts
const dsa = (name: string, hash: string) =>
  Object.freeze({ name, hash, family: 'DSA' }) satisfies SignatureAlgorithmFacts

const mlDsa = (name: string) => Object.freeze({ name, family: 'ML-DSA' }) satisfies SignatureAlgorithmFacts
const slhDsa = (name: string) => Object.freeze({ name, family: 'SLH-DSA' }) satisfies SignatureAlgorithmFacts

/**
 * Signature algorithms that can be verified here. Sources: RFC 8017 appendix A.2 (RSA), RFC 5758 and X9.62 (ECDSA, DSA),
 * NIST's register of algorithms (2.16.840.1.101.3.4.3, those with SHA-3), RFC 8410 (EdDSA), RFC 9881 (ML-DSA),
 * RFC 9909 (SLH-DSA), OIW (1.3.14, the names Windows used to write). MD2 and MD4 are here for their names.
 */
export const signatureAlgorithms: Readonly<Record<string, SignatureAlgorithmFacts>> = Object.freeze({
  '1.2.840.113549.1.1.2': rsa('md2WithRSAEncryption', 'MD2'),
  '1.2.840.113549.1.1.3': rsa('md4WithRSAEncryption', 'MD4'),
  '1.2.840.113549.1.1.4': rsa('md5WithRSAEncryption', 'MD5'),
  '1.2.840.113549.1.1.5': rsa('sha1WithRSAEncryption', 'SHA-1'),
  '1.2.840.113549.1.1.14': rsa('sha224WithRSAEncryption', 'SHA-224'),
  '1.2.840.113549.1.1.11': rsa('sha256WithRSAEncryption', 'SHA-256'),
  '1.2.840.113549.1.1.12': rsa('sha384WithRSAEncryption', 'SHA-384'),
  '1.2.840.113549.1.1.13': rsa('sha512WithRSAEncryption', 'SHA-512'),
  '1.2.840.113549.1.1.15': rsa('sha512-224WithRSAEncryption', 'SHA-512/224'),
  '1.2.840.113549.1.1.16': rsa('sha512-256WithRSAEncryption', 'SHA-512/256'),
  '2.16.840.1.101.3.4.3.13': rsa('RSA-SHA3-224', 'SHA3-224'),
  '2.16.840.1.101.3.4.3.14': rsa('RSA-SHA3-256', 'SHA3-256'),
  '2.16.840.1.101.3.4.3.15': rsa('RSA-SHA3-384', 'SHA3-384'),
  '2.16.840.1.101.3.4.3.16': rsa('RSA-SHA3-512', 'SHA3-512'),
  '1.3.14.3.2.3': rsa('md5WithRSA', 'MD5'),
  '1.3.14.3.2.29': rsa('sha1WithRSA', 'SHA-1'),
  '1.2.840.113549.1.1.10': Object.freeze({ name: 'RSASSA-PSS', family: 'RSA-PSS' }),
  '1.2.840.10045.4.1': ecdsa('ecdsa-with-SHA1', 'SHA-1'),
  '1.2.840.10045.4.3.1': ecdsa('ecdsa-with-SHA224', 'SHA-224'),
  '1.2.840.10045.4.3.2': ecdsa('ecdsa-with-SHA256', 'SHA-256'),
  '1.2.840.10045.4.3.3': ecdsa('ecdsa-with-SHA384', 'SHA-384'),
  '1.2.840.10045.4.3.4': ecdsa('ecdsa-with-SHA512', 'SHA-512'),
  '2.16.840.1.101.3.4.3.9': ecdsa('ecdsa_with_SHA3-224', 'SHA3-224'),
  '2.16.840.1.101.3.4.3.10': ecdsa('ecdsa_with_SHA3-256', 'SHA3-256'),
  '2.16.840.1.101.3.4.3.11': ecdsa('ecdsa_with_SHA3-384', 'SHA3-384'),
  '2.16.840.1.101.3.4.3.12': ecdsa('ecdsa_with_SHA3-512', 'SHA3-512'),
  '1.2.840.10040.4.3': dsa('dsaWithSHA1', 'SHA-1'),
  '1.3.14.3.2.27': dsa('dsaWithSHA1-old', 'SHA-1'),
  '2.16.840.1.101.3.4.3.1': dsa('dsa_with_SHA224', 'SHA-224'),
  '2.16.840.1.101.3.4.3.2': dsa('dsa_with_SHA256', 'SHA-256'),
  '2.16.840.1.101.3.4.3.3': dsa('dsa_with_SHA384', 'SHA-384'),
  '2.16.840.1.101.3.4.3.4': dsa('dsa_with_SHA512', 'SHA-512'),
  '2.16.840.1.101.3.4.3.5': dsa('dsa_with_SHA3-224', 'SHA3-224'),
  '2.16.840.1.101.3.4.3.6': dsa('dsa_with_SHA3-256', 'SHA3-256'),
  '2.16.840.1.101.3.4.3.7': dsa('dsa_with_SHA3-384', 'SHA3-384'),
  '2.16.840.1.101.3.4.3.8': dsa('dsa_with_SHA3-512', 'SHA3-512'),
  '1.3.101.112': Object.freeze({ name: 'Ed25519', family: 'Ed25519' }),
  '1.3.101.113': Object.freeze({ name: 'Ed448', family: 'Ed448' }),
  '2.16.840.1.101.3.4.3.17': mlDsa('ML-DSA-44'),
  '2.16.840.1.101.3.4.3.18': mlDsa('ML-DSA-65'),
  '2.16.840.1.101.3.4.3.19': mlDsa('ML-DSA-87'),
  '2.16.840.1.101.3.4.3.20': slhDsa('SLH-DSA-SHA2-128s'),
  '2.16.840.1.101.3.4.3.21': slhDsa('SLH-DSA-SHA2-128f'),
  '2.16.840.1.101.3.4.3.22': slhDsa('SLH-DSA-SHA2-192s'),
  '2.16.840.1.101.3.4.3.23': slhDsa('SLH-DSA-SHA2-192f'),
  '2.16.840.1.101.3.4.3.24': slhDsa('SLH-DSA-SHA2-256s'),
  '2.16.840.1.101.3.4.3.25': slhDsa('SLH-DSA-SHA2-256f'),
  '2.16.840.1.101.3.4.3.26': slhDsa('SLH-DSA-SHAKE-128s'),
  '2.16.840.1.101.3.4.3.27': slhDsa('SLH-DSA-SHAKE-128f'),
  '2.16.840.1.101.3.4.3.28': slhDsa('SLH-DSA-SHAKE-192s'),
  '2.16.840.1.101.3.4.3.29': slhDsa('SLH-DSA-SHAKE-192f'),
  '2.16.840.1.101.3.4.3.30': slhDsa('SLH-DSA-SHAKE-256s'),
  '2.16.840.1.101.3.4.3.31': slhDsa('SLH-DSA-SHAKE-256f'),
})

/**
 * Names of signature algorithms that are not verified here: next to no TLS server uses them. Sources: RFC 8692 (SHAKE),
 * RFC 9802 (HSS, XMSS), RFC 9909 (pre-hash SLH-DSA), NIST's register (pre-hash ML-DSA, which RFC 9881 keeps out of
 * certificates), draft-ietf-lamps-pq-composite-sigs and IANA's id-alg register (composites), RFC 9215 (GOST),
 * GM/T 0006 (SM2), BSI TR-03111 (plain ECDSA), RFC 9925 (unsigned certificates), Teletrust (RIPEMD-160).
 */
export const unverifiedAlgorithms: Readonly<Record<string, string>> = Object.freeze({
  '1.3.6.1.5.5.7.6.30': 'id-RSASSA-PSS-SHAKE128',
  '1.3.6.1.5.5.7.6.31': 'id-RSASSA-PSS-SHAKE256',
  '1.3.6.1.5.5.7.6.32': 'id-ecdsa-with-shake128',
  '1.3.6.1.5.5.7.6.33': 'id-ecdsa-with-shake256',
  '1.3.6.1.5.5.7.6.34': 'id-alg-xmss-hashsig',
  '1.3.6.1.5.5.7.6.35': 'id-alg-xmssmt-hashsig',
  '1.3.6.1.5.5.7.6.36': 'id-alg-unsigned',
  '1.3.6.1.5.5.7.6.37': 'id-MLDSA44-RSA2048-PSS-SHA256',
  '1.3.6.1.5.5.7.6.38': 'id-MLDSA44-RSA2048-PKCS15-SHA256',
  '1.3.6.1.5.5.7.6.39': 'id-MLDSA44-Ed25519-SHA512',
  '1.3.6.1.5.5.7.6.40': 'id-MLDSA44-ECDSA-P256-SHA256',
  '1.3.6.1.5.5.7.6.41': 'id-MLDSA65-RSA3072-PSS-SHA512',
  '1.3.6.1.5.5.7.6.42': 'id-MLDSA65-RSA3072-PKCS15-SHA512',
  '1.3.6.1.5.5.7.6.43': 'id-MLDSA65-RSA4096-PSS-SHA512',
  '1.3.6.1.5.5.7.6.44': 'id-MLDSA65-RSA4096-PKCS15-SHA512',
  '1.3.6.1.5.5.7.6.45': 'id-MLDSA65-ECDSA-P256-SHA512',
  '1.3.6.1.5.5.7.6.46': 'id-MLDSA65-ECDSA-P384-SHA512',
  '1.3.6.1.5.5.7.6.47': 'id-MLDSA65-ECDSA-brainpoolP256r1-SHA512',
  '1.3.6.1.5.5.7.6.48': 'id-MLDSA65-Ed25519-SHA512',
  '1.3.6.1.5.5.7.6.49': 'id-MLDSA87-ECDSA-P384-SHA512',
  '1.3.6.1.5.5.7.6.50': 'id-MLDSA87-ECDSA-brainpoolP384r1-SHA512',
  '1.3.6.1.5.5.7.6.51': 'id-MLDSA87-Ed448-SHAKE256',
  '1.3.6.1.5.5.7.6.52': 'id-MLDSA87-RSA3072-PSS-SHA512',
  '1.3.6.1.5.5.7.6.53': 'id-MLDSA87-RSA4096-PSS-SHA512',
  '1.3.6.1.5.5.7.6.54': 'id-MLDSA87-ECDSA-P521-SHA512',
  '1.2.840.113549.1.9.16.3.17': 'id-alg-hss-lms-hashsig',
  '2.16.840.1.101.3.4.3.32': 'id-hash-ml-dsa-44-with-sha512',
  '2.16.840.1.101.3.4.3.33': 'id-hash-ml-dsa-65-with-sha512',
  '2.16.840.1.101.3.4.3.34': 'id-hash-ml-dsa-87-with-sha512',
  '2.16.840.1.101.3.4.3.35': 'id-hash-slh-dsa-sha2-128s-with-sha256',
  '2.16.840.1.101.3.4.3.36': 'id-hash-slh-dsa-sha2-128f-with-sha256',
  '2.16.840.1.101.3.4.3.37': 'id-hash-slh-dsa-sha2-192s-with-sha512',
  '2.16.840.1.101.3.4.3.38': 'id-hash-slh-dsa-sha2-192f-with-sha512',
  '2.16.840.1.101.3.4.3.39': 'id-hash-slh-dsa-sha2-256s-with-sha512',
  '2.16.840.1.101.3.4.3.40': 'id-hash-slh-dsa-sha2-256f-with-sha512',
  '2.16.840.1.101.3.4.3.41': 'id-hash-slh-dsa-shake-128s-with-shake128',
  '2.16.840.1.101.3.4.3.42': 'id-hash-slh-dsa-shake-128f-with-shake128',
  '2.16.840.1.101.3.4.3.43': 'id-hash-slh-dsa-shake-192s-with-shake256',
  '2.16.840.1.101.3.4.3.44': 'id-hash-slh-dsa-shake-192f-with-shake256',
  '2.16.840.1.101.3.4.3.45': 'id-hash-slh-dsa-shake-256s-with-shake256',
  '2.16.840.1.101.3.4.3.46': 'id-hash-slh-dsa-shake-256f-with-shake256',
  '1.2.643.2.2.3': 'id-GostR3411-94-with-GostR3410-2001',
  '1.2.643.7.1.1.3.2': 'id-tc26-signwithdigest-gost3410-12-256',
  '1.2.643.7.1.1.3.3': 'id-tc26-signwithdigest-gost3410-12-512',
  '1.2.156.10197.1.501': 'SM2-with-SM3',
  '0.4.0.127.0.7.1.1.4.1.1': 'ecdsa-plain-SHA1',
  '0.4.0.127.0.7.1.1.4.1.2': 'ecdsa-plain-SHA224',
  '0.4.0.127.0.7.1.1.4.1.3': 'ecdsa-plain-SHA256',
  '0.4.0.127.0.7.1.1.4.1.4': 'ecdsa-plain-SHA384',
  '0.4.0.127.0.7.1.1.4.1.5': 'ecdsa-plain-SHA512',
  '1.3.36.3.3.1.2': 'ripemd160WithRSA',
})

/** Digests as named in RSASSA-PSS parameters and OCSP. Sources: RFC 8017 appendix B.1, NIST's register (SHA-3). */
export const hashAlgorithms: Readonly<Record<string, string>> = Object.freeze({
  '1.2.840.113549.2.2': 'MD2',
  '1.2.840.113549.2.5': 'MD5',
  '1.3.14.3.2.26': 'SHA-1',
  '2.16.840.1.101.3.4.2.4': 'SHA-224',
  '2.16.840.1.101.3.4.2.1': 'SHA-256',
  '2.16.840.1.101.3.4.2.2': 'SHA-384',
  '2.16.840.1.101.3.4.2.3': 'SHA-512',
  '2.16.840.1.101.3.4.2.5': 'SHA-512/224',
  '2.16.840.1.101.3.4.2.6': 'SHA-512/256',
  '2.16.840.1.101.3.4.2.7': 'SHA3-224',
  '2.16.840.1.101.3.4.2.8': 'SHA3-256',
  '2.16.840.1.101.3.4.2.9': 'SHA3-384',
  '2.16.840.1.101.3.4.2.10': 'SHA3-512',
})

/**
 * Public key algorithms, in the words of the certificate model. Sources: RFC 3279, RFC 4055, RFC 5480, RFC 8410;
 * RFC 9881 and RFC 9909, in which key and signature have the same identifier.
 */
export const keyAlgorithms: Readonly<
  Record<string, 'RSA' | 'RSA-PSS' | 'EC' | 'Ed25519' | 'Ed448' | 'DSA' | 'ML-DSA' | 'SLH-DSA'>
> = Object.freeze({
  '1.2.840.113549.1.1.1': 'RSA',
  '2.5.8.1.1': 'RSA',
  '1.2.840.113549.1.1.10': 'RSA-PSS',
  '1.2.840.10045.2.1': 'EC',
  '1.3.101.112': 'Ed25519',
  '1.3.101.113': 'Ed448',
  '1.2.840.10040.4.1': 'DSA',
  ...Object.fromEntries(
    Object.entries(signatureAlgorithms).flatMap(([oid, { family }]) =>
      family === 'ML-DSA' || family === 'SLH-DSA' ? [[oid, family]] : [],
    ),
  ),
})

/** Named curves. Sources: SEC 2 version 2 (names of FIPS 186-5 where it has one), RFC 5639 (brainpool). */
export const curves: Readonly<Record<string, CurveFacts>> = Object.freeze({
  '1.2.840.10045.3.1.1': { name: 'P-192', bits: 192 },
  '1.3.132.0.33': { name: 'P-224', bits: 224 },
  '1.2.840.10045.3.1.7': { name: 'P-256', bits: 256 },
  '1.3.132.0.34': { name: 'P-384', bits: 384 },
  '1.3.132.0.35': { name: 'P-521', bits: 521 },
  '1.3.132.0.10': { name: 'secp256k1', bits: 256 },
  '1.3.36.3.3.2.8.1.1.7': { name: 'brainpoolP256r1', bits: 256 },
  '1.3.36.3.3.2.8.1.1.11': { name: 'brainpoolP384r1', bits: 384 },
  '1.3.36.3.3.2.8.1.1.13': { name: 'brainpoolP512r1', bits: 512 },
})

/** Extensions. Sources: RFC 5280 section 4.2, RFC 6962 section 3.3, RFC 7633, RFC 3739, Microsoft MS-WCCE 2.2.2.7.7. */
export const extensionNames: Readonly<Record<string, string>> = Object.freeze({
  '2.5.29.9': 'X509v3 Subject Directory Attributes',
  '2.5.29.14': 'X509v3 Subject Key Identifier',
  '2.5.29.15': 'X509v3 Key Usage',
  '2.5.29.16': 'X509v3 Private Key Usage Period',
  '2.5.29.17': 'X509v3 Subject Alternative Name',
  '2.5.29.18': 'X509v3 Issuer Alternative Name',
  '2.5.29.19': 'X509v3 Basic Constraints',
  '2.5.29.20': 'X509v3 CRL Number',
  '2.5.29.21': 'X509v3 CRL Reason Code',
  '2.5.29.23': 'Hold Instruction Code',
  '2.5.29.24': 'Invalidity Date',
  '2.5.29.27': 'X509v3 Delta CRL Indicator',
  '2.5.29.28': 'X509v3 Issuing Distribution Point',
  '2.5.29.29': 'X509v3 Certificate Issuer',
  '2.5.29.30': 'X509v3 Name Constraints',
  '2.5.29.31': 'X509v3 CRL Distribution Points',
  '2.5.29.32': 'X509v3 Certificate Policies',
  '2.5.29.33': 'X509v3 Policy Mappings',
  '2.5.29.35': 'X509v3 Authority Key Identifier',
  '2.5.29.36': 'X509v3 Policy Constraints',
  '2.5.29.37': 'X509v3 Extended Key Usage',
  '2.5.29.46': 'X509v3 Freshest CRL',
  '2.5.29.54': 'X509v3 Inhibit Any Policy',
  '2.5.29.55': 'X509v3 AC Targeting',
  '2.5.29.56': 'X509v3 No Revocation Available',
  '1.3.6.1.5.5.7.1.1': 'Authority Information Access',
  '1.3.6.1.5.5.7.1.2': 'Biometric Info',
  '1.3.6.1.5.5.7.1.3': 'qcStatements',
  '1.3.6.1.5.5.7.1.7': 'sbgp-ipAddrBlock',
  '1.3.6.1.5.5.7.1.8': 'sbgp-autonomousSysNum',
  '1.3.6.1.5.5.7.1.11': 'Subject Information Access',
  '1.3.6.1.5.5.7.1.14': 'Proxy Certificate Information',
  '1.3.6.1.5.5.7.1.24': 'TLS Feature',
  '1.3.6.1.5.5.7.48.1.5': 'OCSP No Check',
  '1.3.6.1.4.1.11129.2.4.2': 'CT Precertificate SCTs',
  '1.3.6.1.4.1.11129.2.4.3': 'CT Precertificate Poison',
  '2.16.840.1.113730.1.1': 'Netscape Cert Type',
  '2.16.840.1.113730.1.2': 'Netscape Base Url',
  '2.16.840.1.113730.1.3': 'Netscape Revocation Url',
  '2.16.840.1.113730.1.4': 'Netscape CA Revocation Url',
  '2.16.840.1.113730.1.7': 'Netscape Renewal Url',
  '2.16.840.1.113730.1.8': 'Netscape CA Policy Url',
  '2.16.840.1.113730.1.12': 'Netscape SSL Server Name',
  '2.16.840.1.113730.1.13': 'Netscape Comment',
  '1.3.6.1.4.1.311.20.2': 'Microsoft certificate template name',
  '1.3.6.1.4.1.311.21.1': 'Microsoft CA version',
  '1.3.6.1.4.1.311.21.2': 'Microsoft previous CA certificate hash',
  '1.3.6.1.4.1.311.21.7': 'Microsoft certificate template',
  '1.3.6.1.4.1.311.21.10': 'Microsoft application policies',
  '1.3.6.1.4.1.311.25.2': 'Microsoft NTDS CA extension',
  '1.2.840.113533.7.65.0': 'Entrust version',
  '1.2.840.113549.1.9.15': 'S/MIME Capabilities',
})

/** Extended key usages. Sources: RFC 5280 section 4.2.1.12, the IANA SMI numbers for PKIX, OpenSSL's names for the rest. */
export const keyPurposes: Readonly<Record<string, string>> = Object.freeze({
  '2.5.29.37.0': 'Any Extended Key Usage',
  '1.3.6.1.5.5.7.3.1': 'TLS Web Server Authentication',
  '1.3.6.1.5.5.7.3.2': 'TLS Web Client Authentication',
  '1.3.6.1.5.5.7.3.3': 'Code Signing',
  '1.3.6.1.5.5.7.3.4': 'E-mail Protection',
  '1.3.6.1.5.5.7.3.5': 'IPSec End System',
  '1.3.6.1.5.5.7.3.6': 'IPSec Tunnel',
  '1.3.6.1.5.5.7.3.7': 'IPSec User',
  '1.3.6.1.5.5.7.3.8': 'Time Stamping',
  '1.3.6.1.5.5.7.3.9': 'OCSP Signing',
  '1.3.6.1.5.5.7.3.10': 'dvcs',
  '1.3.6.1.5.5.7.3.17': 'ipsec Internet Key Exchange',
  '1.3.6.1.5.5.7.3.21': 'SSH Client',
  '1.3.6.1.5.5.7.3.22': 'SSH Server',
  '1.3.6.1.5.5.7.3.31': 'Brand Indicator for Message Identification',
  '1.3.6.1.5.5.8.2.2': 'iKEIntermediate',
  '1.3.6.1.5.2.3.4': 'PKINIT Client Auth',
  '1.3.6.1.5.2.3.5': 'Signing KDC Response',
  '1.3.6.1.4.1.311.2.1.21': 'Microsoft Individual Code Signing',
  '1.3.6.1.4.1.311.2.1.22': 'Microsoft Commercial Code Signing',
  '1.3.6.1.4.1.311.10.3.1': 'Microsoft Trust List Signing',
  '1.3.6.1.4.1.311.10.3.3': 'Microsoft Server Gated Crypto',
  '1.3.6.1.4.1.311.10.3.4': 'Microsoft Encrypted File System',
  '1.3.6.1.4.1.311.20.2.2': 'Microsoft Smartcard Login',
  '2.16.840.1.113730.4.1': 'Netscape Server Gated Crypto',
  '1.3.6.1.4.1.11129.2.4.4': 'CT Precertificate Signer',
})

/** Access methods of Authority and Subject Information Access. Source: RFC 5280 sections 4.2.2.1 and 4.2.2.2. */
export const accessMethods: Readonly<Record<string, string>> = Object.freeze({
  '1.3.6.1.5.5.7.48.1': 'OCSP',
  '1.3.6.1.5.5.7.48.2': 'CA Issuers',
  '1.3.6.1.5.5.7.48.3': 'AD Time Stamping',
  '1.3.6.1.5.5.7.48.5': 'CA Repository',
})

/** Types of otherName whose value is one string. Sources: RFC 8398, RFC 6120, RFC 4985, RFC 7585, Microsoft KB 258605 (UPN). */
export const otherNameTypes: Readonly<Record<string, string>> = Object.freeze({
  '1.3.6.1.4.1.311.20.2.3': 'UPN',
  '1.3.6.1.5.5.7.8.5': 'XmppAddr',
  '1.3.6.1.5.5.7.8.7': 'SRVName',
  '1.3.6.1.5.5.7.8.8': 'NAIRealm',
  '1.3.6.1.5.5.7.8.9': 'SmtpUTF8Mailbox',
})

/** Certificate policies worth a name. Sources: CA/Browser Forum Baseline Requirements 7.1.6.1, RFC 5280 section 4.2.1.4. */
export const policyNames: Readonly<Record<string, string>> = Object.freeze({
  '2.5.29.32.0': 'X509v3 Any Policy',
  '2.23.140.1.1': 'CA/Browser Forum extended validation',
  '2.23.140.1.2.1': 'CA/Browser Forum domain validated',
  '2.23.140.1.2.2': 'CA/Browser Forum organization validated',
  '2.23.140.1.2.3': 'CA/Browser Forum individual validated',
})
