/** Limits of unpacking archives, each with its unit and reason. Reaching one is told for each file that is left out. */
export const archiveLimits = {
  /** Files of one archive. A folder of certificates has some hundreds. */
  entries: 1_000,
  /** Bytes of one file after unpacking. */
  entryBytes: 32_000_000,
  /** Bytes of one archive after unpacking. Above, a browser tab runs out of memory. */
  bytes: 64_000_000,
  /** Times that a file may grow when it is unpacked. Logs grow twenty times, the most repetitive text about a thousand times. */
  ratio: 200,
  /** Bytes after unpacking up to which the ratio does not count: small files of one line repeated are no attack. */
  ratioFrom: 1_000_000,
  /** Packed bytes that are unpacked in one step; a step makes about a thousand times as many at most. */
  step: 16_384,
} as const
