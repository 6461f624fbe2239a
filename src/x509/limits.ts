/** Limits of decoding and of signature checks, with unit and reason. */
export const x509Limits = {
  /** Lines of hexadecimal shown of one unknown extension: 4 kB, more than the largest real ones. */
  dumpLines: 256,
  /** Sentences kept in `Certificate.problems`; random bytes could otherwise yield thousands. */
  problems: 50,
  /** Bits of an RSA or DSA modulus; OpenSSL refuses more (OPENSSL_RSA_MAX_MODULUS_BITS). */
  modulusBits: 16_384,
  /** Bits of an RSA exponent; OpenSSL's bound for large moduli (OPENSSL_RSA_MAX_PUBEXP_BITS). A larger one takes seconds. */
  exponentBits: 64,
  /** Bits of the DSA subgroup order; FIPS 186-4 section 4.2 has at most 256. */
  subgroupBits: 256,
  /** Results a verifier remembers; about 200 bytes each. */
  rememberedChecks: 20_000,
} as const
