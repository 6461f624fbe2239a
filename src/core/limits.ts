/** Every limit of the engine, with its unit and its reason. Reaching one yields a finding, never silence. */
export const limits = {
  /** Characters of one document that are read; 64 million. Above, a browser tab runs out of memory. */
  documentCharacters: 64_000_000,
  /** Bytes of one certificate. The largest public ones are under 100 kB. */
  certificateBytes: 1_000_000,
  /** Certificates decoded from one input. A full CCADB export has about 10,000. */
  certificates: 20_000,
  /** Captures judged in one input. */
  captures: 2_000,
  /** Certificates in one path; public chains have at most 6. */
  pathLength: 20,
  /** Paths kept for one leaf. */
  paths: 32,
  /** Steps (edges tried) of one path search. Reached only by meshes of cross-signs made to explode. */
  searchSteps: 4_000,
  /** Signature checks of one path search; each costs up to about 1 ms. */
  signatureChecks: 400,
  /** Characters quoted as evidence. */
  quoteCharacters: 240,
} as const
