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
  /** Names remembered by their DER; a few kilobytes each at most. A bundle of 10,000 public certificates has about 2,000. */
  rememberedNames: 2_000,
  /** Bytes of a name that is still remembered; real ones have under 300. */
  rememberedNameBytes: 1_000,
  /** Results a verifier remembers; about 200 bytes each. */
  rememberedChecks: 20_000,
} as const
