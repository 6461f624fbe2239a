/** RFC 8446 section 4.4.2: what is sent should be the chain; certificates that no path uses only cost bytes and confuse strict clients. */
import type { ServedEntry } from '../context.ts'
import { type CaptureRule, fail, notApplicable, pass } from '../contract.ts'
import { quoted, sends, server } from '../words.ts'

export const extraCertificates: CaptureRule = {
  scope: 'capture',
  meta: {
    slug: 'extra-certificates',
    title: 'Certificates are sent that belong to no path of the leaf.',
    why: 'They cost a round trip on every handshake and often betray that the wrong chain file is installed.',
    cause: true,
    explains: [],
    sources: ['RFC 8446 section 4.4.2'],
  },
  check(context) {
    if (context.supplement || context.served.length < 2) return notApplicable('fewer than two certificates')
    const used = new Set(
      (context.build?.paths ?? []).flatMap((path) =>
        path.certificates.map((certificate): string => certificate.sha256),
      ),
    )
    const open = context.end.kind !== 'anchored' && context.end.kind !== 'self-signed'
    const extras = context.order.strangers.filter(
      (entry) => !used.has(entry.certificate?.sha256 ?? '') && !(open && mayBeAbove(entry)),
    )
    if (extras.length === 0) return pass
    const names = extras.map((entry) => quoted(entry.subject)).join(', ')
    const count = extras.length === 1 ? 'a certificate that does' : `${extras.length} certificates that do`
    return fail({
      severity: 'warning',
      confidence: 'certain',
      owner: 'server-operator',
      title: `${server(context)} ${sends(context)} ${count} not belong to the chain: ${names}.`,
      explanation: `No path from the leaf leads over ${extras.length === 1 ? 'it' : 'them'}. Clients ignore such certificates as a rule; when the chain fails as well, the wrong chain file is probably installed.`,
      evidence: extras.map((entry) => entry.span),
    })
  },
}

/** While a link is missing, a CA may be one that stands above the missing one. */
const mayBeAbove = (entry: ServedEntry): boolean => entry.certificate === undefined || entry.certificate.isCa
