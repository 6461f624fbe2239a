/** Limits of reading, each with its unit and reason. Reaching one that hides something is told as a skipped part. */
export const inputLimits = {
  /** Entries of one list of a capture (chain list, depth lines, errors, printed certificates). Real lists have under 100. */
  entries: 5_000,
  /** Lines of one run that no format knows and that are kept for its reader. Application data can be endless. */
  unknownLines: 20_000,
  /** Lines of one run that are kept for its reader at all. A real run has a few hundred. */
  lines: 100_000,
  /** Lines before the first recognised one that may belong to it, as the subject line above an error of `openssl verify`. */
  leadLines: 64,
  /** Lines that one command may be continued over with a backslash. */
  continuations: 40,
  /** Characters of one base64 token that is unpacked in search of PEM in it; a Kubernetes secret holds at most 1 MiB. */
  packedCharacters: 4_000_000,
} as const
