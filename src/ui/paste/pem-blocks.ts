/** Finds PEM blocks in text, for folding: also behind quote marks or log prefixes. */

export interface PemBlock {
  readonly from: number
  readonly to: number
  /** As `certificate`, `private key`. */
  readonly kind: string
  readonly lines: number
}

/** Lines after which a block without an end is given up; a certificate of 20 kB has about 420. */
const maximumBlockLines = 2000

const begin = /-----BEGIN ([A-Z0-9 ]{1,40})-----/

const kinds: Record<string, string> = {
  'X509 CRL': 'revocation list',
  'X509 CERTIFICATE': 'certificate',
  'TRUSTED CERTIFICATE': 'certificate',
  'CERTIFICATE REQUEST': 'certificate request',
  'NEW CERTIFICATE REQUEST': 'certificate request',
  PKCS7: 'PKCS#7 bundle',
}

/** @param lines the lines of the text, @param start offset of the first of them. */
export function pemBlocks(lines: Iterable<string>, start = 0): PemBlock[] {
  const blocks: PemBlock[] = []
  let open: { from: number; label: string; lines: number } | null = null
  let offset = start
  for (const line of lines) {
    const match = line.includes('-----') ? begin.exec(line) : null
    if (match) open = { from: offset + match.index, label: match[1] ?? '', lines: 0 }
    if (open) {
      open.lines += 1
      const endMark = `-----END ${open.label}-----`
      const end = line.indexOf(endMark)
      if (end !== -1 && open.lines > 1) {
        blocks.push({
          from: open.from,
          to: offset + end + endMark.length,
          kind: kinds[open.label] ?? open.label.toLowerCase(),
          lines: open.lines,
        })
        open = null
      } else if (open.lines > maximumBlockLines) open = null
    }
    offset += line.length + 1
  }
  return blocks
}
