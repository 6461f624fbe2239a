/** Limits of opening key stores, each with its unit and reason. */
export const keystoreLimits = {
  /** Bytes of one file. The largest trust stores in use have under one million. */
  bytes: 16_000_000,
  /** Rounds of one key derivation. Programs write 1 to 600,000; a million take some seconds in a browser. */
  iterations: 1_000_000,
  /** Rounds of all derivations of one file: a file can ask for any number of them. */
  iterationsInAll: 4_000_000,
  /** Entries that are read. */
  entries: 5_000,
  /** Levels of bags within bags. */
  depth: 8,
} as const
