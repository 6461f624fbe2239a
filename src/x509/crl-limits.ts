/** Limits of decoding CRLs and OCSP responses, with unit and reason. */
export const crlLimits = {
  /** Bytes of one CRL. The largest in public use are about 50 MB. */
  crlBytes: 64_000_000,
  /** Bytes of one OCSP response; real ones are under 5 kB, and few have more than one certificate. */
  ocspBytes: 1_000_000,
  /** Octets of a CRL number; RFC 5280 section 5.2.3 allows 20. */
  numberOctets: 128,
  /** Certificates decoded of one OCSP response; a responder needs one. */
  ocspCertificates: 16,
} as const
