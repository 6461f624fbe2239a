import type { Segment } from '../format.ts'
import type { Line } from '../lines.ts'
import type { StapledStatus } from '../model.ts'
import { lineSpan, printedDate } from '../printed.ts'

type Mutable = { -readonly [K in keyof StapledStatus]: StapledStatus[K] }

/** What `s_client -status` prints of one SingleResponse (RFC 6960 section 4.2.1), each beginning with its serial number. */
export function readStapled(segment: Segment, inResponse: (line: Line) => boolean): StapledStatus[] {
  const found: Mutable[] = []
  let serial: string | undefined
  for (const line of segment.lines) {
    if (!inResponse(line)) continue
    const { text } = line
    // The certificate of the responder is printed below with a "Serial Number:" of its own, which no status follows.
    const number = /^\s*Serial Number: ([0-9A-Fa-f]{1,64})\s*$/.exec(text)
    if (number) serial = (number[1] as string).toUpperCase()
    const status = /^\s*Cert Status: (good|revoked|unknown)\s*$/.exec(text)
    if (status) {
      const span = lineSpan(segment.source, line)
      found.push({ status: status[1] as StapledStatus['status'], span, ...(serial === undefined ? {} : { serial }) })
      continue
    }
    const last = found.at(-1)
    if (last) readDetail(segment, last, line)
  }
  return found
}

function readDetail(segment: Segment, last: Mutable, line: Line): void {
  const date = (label: RegExp) => {
    const match = label.exec(line.text)
    return match ? printedDate(segment.source, line, match[0].length) : undefined
  }
  const revokedAt = date(/^\s*Revocation Time: /)
  const thisUpdate = date(/^\s*This Update: /)
  const nextUpdate = date(/^\s*Next Update: /)
  if (revokedAt) last.revokedAt ??= revokedAt
  if (thisUpdate) last.thisUpdate ??= thisUpdate
  if (nextUpdate) last.nextUpdate ??= nextUpdate
  const reason = /^\s*Revocation Reason: ([A-Za-z]{1,40})/.exec(line.text)
  if (reason) last.reason ??= reason[1] as string
}
