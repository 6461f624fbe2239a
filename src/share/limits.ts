/** Limits of links, each with its unit and reason. A link comes from a stranger until proven otherwise. */
export const shareLimits = {
  /** Characters of a fragment that are looked at. Browsers hand on about 2 million in an address. */
  fragmentCharacters: 2_000_000,
  /** Bytes that the findings of a link may inflate to. A crowded report of 20 captures has about 100 kB. */
  findingsBytes: 1_000_000,
  /** Bytes that a shared input may inflate to; the most that a fragment of honest text can hold, with room. */
  inputBytes: 16_000_000,
  /** Characters of one text in the findings; the longest explanations have about 2,000. */
  textCharacters: 20_000,
  /** Entries of one list in the findings. */
  entries: 2_000,
  /** Quoted places kept for the finding that leads, for each other one, and characters of each. */
  leadingQuotes: 3,
  quotes: 1,
  quoteCharacters: 120,
  /** Names of one certificate that travel; hosting platforms have hundreds. */
  names: 12,
} as const

/** Lengths, in characters of the whole link, from which some programs cut or refuse it. */
export const knownLengths: readonly { readonly characters: number; readonly where: string }[] = [
  { characters: 2_000, where: 'Some chat and ticket systems cut links of more than about 2,000 characters.' },
  { characters: 8_000, where: 'Microsoft Teams and Outlook cut links of more than about 8,000 characters.' },
  {
    characters: 30_000,
    where:
      'Windows passes at most about 32,000 characters to a program, so a click may not open it; paste it into the page instead.',
  },
]
