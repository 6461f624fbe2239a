/**
 * What keys, digests and extensions a TLS client accepts, as data. Each entry says where it comes from; the checks of
 * `src/chain/checks` hold no numbers of their own.
 */
import { type Oid, oid } from '../core/brand.ts'

/** The least size of a key of one kind, in bits. */
export interface KeyFloor {
  readonly bits: number
  /** Who refuses a smaller one. */
  readonly source: string
}

/**
 * Sizes below which common clients refuse the whole chain.
 * Sources: CA/Browser Forum Baseline Requirements section 6.1.5; SSL_CTX_set_security_level(3): level 2 asks for 112
 * bits of security (RSA and DSA 2048, elliptic curves 224) and is the default since OpenSSL 3.2 and on Debian and Ubuntu.
 */
export const keyFloors: Readonly<Record<'RSA' | 'RSA-PSS' | 'DSA' | 'EC', KeyFloor>> = Object.freeze({
  RSA: { bits: 2048, source: 'OpenSSL security level 2 and the CA/Browser Forum Baseline Requirements, 6.1.5' },
  'RSA-PSS': { bits: 2048, source: 'OpenSSL security level 2 and the CA/Browser Forum Baseline Requirements, 6.1.5' },
  DSA: { bits: 2048, source: 'OpenSSL security level 2' },
  EC: { bits: 224, source: 'OpenSSL security level 2' },
})

/** Least RSA public exponent. With 1, anyone can sign. Source: CA/Browser Forum Baseline Requirements section 6.1.6. */
export const rsaLeastExponent = 3

/** A digest that no longer carries a signature. */
export interface WeakDigest {
  /** Who refuses it. */
  readonly source: string
}

/**
 * Digests refused in signatures of every certificate but a self-signed last one, whose signature proves nothing.
 * Sources: CA/Browser Forum Baseline Requirements section 7.1.3.2 (SHA-2 only, SHA-1 ended in 2017);
 * SSL_CTX_set_security_level(3): since OpenSSL 3.0 level 1, the lowest default, refuses SHA-1 and MD5 signatures.
 */
export const weakDigests: Readonly<Record<string, WeakDigest>> = Object.freeze({
  MD2: { source: 'every TLS client since 2009' },
  MD4: { source: 'every TLS client since 2009' },
  MD5: { source: 'browsers since 2011 and OpenSSL security level 1' },
  'SHA-1': { source: 'browsers since 2017 and OpenSSL 3 at security level 1' },
})

/**
 * Extensions that may be critical because clients act on them; any other critical extension stops the path.
 * The list is OpenSSL's (crypto/x509/v3_purp.c, `X509_supported_extension`). RFC 5280 section 4.2 forbids to mark
 * the key identifiers critical, and OpenSSL refuses them then, so they are not in it.
 */
export const criticalExtensionsHandled: ReadonlySet<string> = new Set([
  '2.5.29.15',
  '2.5.29.17',
  '2.5.29.19',
  '2.5.29.30',
  '2.5.29.31',
  '2.5.29.32',
  '2.5.29.33',
  '2.5.29.36',
  '2.5.29.37',
  '2.5.29.54',
  '1.3.6.1.5.5.7.1.7',
  '1.3.6.1.5.5.7.1.8',
  '1.3.6.1.5.5.7.1.14',
  '1.3.6.1.5.5.7.48.1.5',
  '2.16.840.1.113730.1.1',
])

/**
 * Extensions that decide a path; one that cannot be decoded makes its certificate useless.
 * Source: crypto/x509/v3_purp.c, `ossl_x509v3_cache_extensions` (flag EXFLAG_INVALID).
 */
export const decisiveExtensions: ReadonlySet<string> = new Set([
  '2.5.29.14',
  '2.5.29.15',
  '2.5.29.17',
  '2.5.29.19',
  '2.5.29.30',
  '2.5.29.31',
  '2.5.29.35',
  '2.5.29.37',
  '2.16.840.1.113730.1.1',
])

/** Key purposes that serve for a use, RFC 5280 section 4.2.1.12. */
export interface PurposePolicy {
  readonly name: string
  readonly oid: Oid
  /** Old purposes that OpenSSL and browsers take for the same (Server Gated Cryptography). */
  readonly equivalents: readonly Oid[]
}

/** The purpose `any` has no entry: it skips the check. */
export const purposes: Readonly<Record<'server' | 'client', PurposePolicy>> = Object.freeze({
  server: {
    name: 'TLS server authentication',
    oid: oid('1.3.6.1.5.5.7.3.1'),
    equivalents: [oid('1.3.6.1.4.1.311.10.3.3'), oid('2.16.840.1.113730.4.1')],
  },
  client: { name: 'TLS client authentication', oid: oid('1.3.6.1.5.5.7.3.2'), equivalents: [] },
})

/**
 * anyExtendedKeyUsage. RFC 5280 section 4.2.1.12 lets an application refuse it; OpenSSL (measured with 3.0) and rustls
 * do, Go and Windows do not.
 */
export const anyExtendedKeyUsage: Oid = oid('2.5.29.37.0')
