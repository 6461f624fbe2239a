/** Budgets of one judgement of a path's revocation, with unit and reason. */
export const revocationLimits = {
  /** Signatures of CRLs or OCSP responses checked. A path needs one for each issuer; a CRL of 50 MB takes 0.3 s. */
  signatureChecks: 100,
  /** Certificates tried as the signer of one CRL; a CA has a few of the same name. */
  signerCandidates: 16,
  /** Path searches for signers that are not in the path. */
  signerPaths: 32,
  /** Certificates judged, signers of CRLs included; signers that vouch for each other in a mesh would never end. */
  judgements: 200,
  /** Distribution points of one certificate that are looked at; real ones have at most 3. */
  distributionPoints: 64,
  /** Milliseconds by which an OCSP response may be from the future. OpenSSL's `ocsp` allows the same 5 minutes. */
  ocspSkew: 300_000,
} as const

/** The budgets that callers may set. */
export type RevocationLimits = { readonly [Budget in 'signatureChecks' | 'signerPaths' | 'judgements']: number }
