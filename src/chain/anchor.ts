/**
 * What of a trust anchor's own certificate counts against a path. RFC 5280 section 6.1.1 (d) takes an anchor for a name and
 * a key; section 6.2 lets an application ask for more, RFC 5937 says how, and each client makes a choice of its own
 * (`clients/anchors.ts` has them).
 */

/** Each is about the anchor alone: a leaf that is itself an anchor is judged as a leaf. */
export interface AnchorChecks {
  /** Its validity period (`expired`, `not-yet-valid`). */
  readonly dates: boolean
  /** Its basic constraints: is it a CA (`not-a-ca`)? */
  readonly basicConstraints: boolean
  /** How many CA certificates it lets stand below it (`path-length-exceeded`). */
  readonly pathLength: boolean
  /** May its key sign certificates (`key-usage-no-cert-sign`)? */
  readonly keyUsage: boolean
  /** Does its extended key usage, if any, include the purpose (`extended-key-usage`)? */
  readonly extendedKeyUsage: boolean
  /** The names that it lets stand below it (`name-constraints`). */
  readonly nameConstraints: boolean
  /** Its critical extensions that clients do not process (`unknown-critical-extension`). */
  readonly criticalExtensions: boolean
}

export type AnchorCheck = keyof AnchorChecks

/** The default: what `openssl verify` does (crypto/x509/x509_vfy.c; measured with OpenSSL 3.0.19 for each). */
export const opensslAnchorChecks: AnchorChecks = Object.freeze({
  dates: true,
  basicConstraints: true,
  pathLength: true,
  keyUsage: true,
  extendedKeyUsage: true,
  nameConstraints: true,
  criticalExtensions: true,
})

/** RFC 5280 section 6.1.1 (d) to the letter: an anchor is a name and a key. */
export const nameAndKeyOnly: AnchorChecks = Object.freeze({
  dates: false,
  basicConstraints: false,
  pathLength: false,
  keyUsage: false,
  extendedKeyUsage: false,
  nameConstraints: false,
  criticalExtensions: false,
})
