/** RFC 5280 section 6.1.1 (d): each client brings its own trust anchors, and by section 6 builds the path in its own way. */
import { type ClientJudgement, judgeClients } from '../../chain/clients/judge.ts'
import type { CaptureContext } from '../context.ts'
import { type CaptureRule, fail, notApplicable, type Outcome, pass, unknown } from '../contract.ts'
import { place, showChainCommand } from '../words.ts'

export const trustDiffersByClient: CaptureRule = {
  scope: 'capture',
  meta: {
    slug: 'trust-differs-by-client',
    title: 'Some clients accept the chain, and others refuse it.',
    why: 'It explains "works in my browser": clients have lists of roots of their own, and not all of them fetch what a server leaves out.',
    cause: false,
    explains: [],
    sources: ['RFC 5280 section 6.1.1', 'docs of each client, named in src/chain/clients/profiles.ts'],
  },
  check,
}

function check(context: CaptureContext): Outcome {
  const { leaf } = context
  // A client without any roots differs from all others, whatever the chain.
  const judged = judgeClients(context).filter(({ profile }) => profile.store.kind !== 'empty')
  if (!leaf?.certificate || judged.length === 0) return notApplicable('there is no server certificate to judge')
  const accepting = judged.filter(({ trusted }) => trusted === 'yes')
  const refusing = judged.filter(({ trusted }) => trusted === 'no')
  if (accepting.length === 0 && refusing.length === 0) return unknown('no client can be judged by what is known')
  if (accepting.length === 0 || refusing.length === 0) return pass
  const current = refusing.filter(({ profile }) => profile.old === undefined)
  const named = current.length > 0 ? current : refusing
  const chain = context.servedIs === 'file' ? 'The chain in this file' : `The chain${place(context)}`
  const top = context.order.ladder.at(-1)?.span
  return fail({
    severity: current.length > 0 ? 'warning' : 'info',
    confidence: 'likely',
    owner: current.length > 0 ? 'server-operator' : 'nobody',
    title: `${chain} is accepted by ${some(accepting)} and refused by ${some(named)}.`,
    explanation: [...reasons('Refused', refusing), ...reasons('Accepted', accepting)].join('\n\n'),
    evidence: top === undefined || top.start === leaf.span.start ? [leaf.span] : [leaf.span, top],
    certificate: leaf.certificate.sha256,
    nextCommand: showChainCommand(context),
  })
}

/** Clients that a title names; the explanation has all. */
const namedInTitle = 3

function some(clients: readonly ClientJudgement[]): string {
  const labels = clients.slice(0, namedInTitle).map(({ profile }) => profile.label)
  const more = clients.length - labels.length
  if (more > 0) return `${labels.join(', ')} and ${more} more`
  return labels.length < 2 ? labels.join('') : `${labels.slice(0, -1).join(', ')} and ${labels.at(-1)}`
}

/** Clients with the same reason share a paragraph. */
function reasons(verb: string, clients: readonly ClientJudgement[]): string[] {
  const byReason = new Map<string, string[]>()
  for (const { profile, reason } of clients) byReason.set(reason, [...(byReason.get(reason) ?? []), profile.label])
  return [...byReason].map(([reason, labels]) => `${verb} by ${labels.join(', ')}: ${reason}`)
}
