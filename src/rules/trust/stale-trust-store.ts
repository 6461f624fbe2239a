/** RFC 5280 section 6.1.1 (d): the same chain is trusted or not, depending on the anchors that a client has. */
import { javaAdditionOf } from '../../trust/milestones.ts'
import { issuerIsPublic } from '../../trust/public-cas.ts'
import type { Certificate } from '../../x509/model.ts'
import type { CaptureContext } from '../context.ts'
import { type CaptureRule, fail, notApplicable, type Outcome, pass, unknown } from '../contract.ts'
import { connectionBeside, endOfClientPath, failureSpans, trustCodes, trustOf } from '../signals.ts'
import { isTold, toldNoStore } from '../told.ts'
import { place, quoted, showChainCommand, shown } from '../words.ts'

export const staleTrustStore: CaptureRule = {
  scope: 'capture',
  meta: {
    slug: 'stale-trust-store',
    title: 'The chain is publicly trusted, but this client does not have the root.',
    why: 'The server is right; the trust store of the client is empty, old, or not the one that was meant.',
    cause: true,
    explains: [2, 19, 20, 21, 27],
    sources: ['RFC 5280 section 6.1.1', 'OpenSSL openssl-verification-options(1)'],
  },
  check,
}

function check(context: CaptureContext): Outcome {
  const { end, leaf } = context
  if (context.supplement) return notApplicable('there is no server certificate')
  const unread = isTold(context) && context.capture.failures.find(({ kind }) => kind === 'trust-store')
  if (unread) return fail(toldNoStore(context, unread))
  if (context.toolOk === undefined) return notApplicable('no client verified the chain')
  if (trustOf(context) !== 'untrusted') return pass
  if (!leaf) return fromBeside(context) ?? fromClientPath(context) ?? notApplicable('there is no server certificate')
  if (end.kind === 'anchored' && end.by === 'store') {
    const root = context.servedBuild?.paths.find((candidate) => candidate.valid)?.certificates.at(-1)
    if (!root) return unknown('the path to the public root has other problems')
    return failing(context, `the public root ${quoted(root.subject)}, which`, 'certain', sinceWhen(context, root))
  }
  if (end.kind === 'public' && end.issuer.kind === 'root') {
    const { entry } = end.issuer
    const name = end.below.issuer ? quoted(end.below.issuer) : `"${entry.cn}"`
    if (entry.status === 'former') return removed(context, name)
    return failing(context, `the public root ${name}, which`, 'likely')
  }
  return end.kind === 'nothing' ? (fromClientPath(context) ?? pass) : pass
}

/** What the server sends is in another capture, where it leads to a public root; only the store of this client is left. */
function fromBeside(context: CaptureContext): Outcome | undefined {
  const beside = connectionBeside(context)
  const path = beside?.servedBuild?.paths.find((candidate) => candidate.valid)
  const root = path?.certificates.at(-1)
  if (!beside || !root || beside.end.kind !== 'anchored' || beside.end.by !== 'store') return undefined
  const text = ` Another capture of this input shows what the server sends.${sinceWhen(context, root)}`
  return failing(context, `the public root ${quoted(root.subject)}, which`, 'likely', text)
}

/** Java brings its own list of roots, and an old one lacks the newer of them. */
function sinceWhen({ capture }: CaptureContext, root: Certificate): string {
  const added = capture.tool === 'java' ? javaAdditionOf(root) : undefined
  return added ? ` Java has ${added.root} since ${added.java}.` : ''
}

/** The client's own account: it got as far as a public CA, so only what is above it is missing on its side. */
function fromClientPath(context: CaptureContext): Outcome | undefined {
  const at = endOfClientPath(context)
  if (!at) return undefined
  const known = issuerIsPublic(at.name)
  if (!known) return undefined
  if (at.isRoot || known.kind === 'root') return failing(context, `the public root ${quoted(at.name)}, which`, 'likely')
  return failing(context, `the public CA ${quoted(at.name)}, whose root`, 'likely')
}

function failing(context: CaptureContext, reach: string, confidence: 'certain' | 'likely', more = ''): Outcome {
  const files = (context.capture.command?.caFiles ?? []).map(shown).join(', ')
  const given =
    files === ''
      ? ''
      : ` The command names its own trust file (${files}) in place of the usual store, and it lacks this root.`
  const top = context.order.ladder.at(-1)?.span
  return fail({
    severity: 'error',
    confidence,
    owner: 'client',
    title: `The chain${place(context)} is complete up to ${reach} this client does not trust.`,
    explanation: `What was sent leads to a root of the public stores; nothing is missing on the server.${given}${more} Typical reasons: a container without the package of CA certificates, a trust store from before the root was added, or a tool built with another store than that of the system. Clients with a current store succeed.`,
    evidence: [...(top ? [top] : []), ...failureSpans(context, trustCodes)],
    nextCommand: `openssl version -d; ${showChainCommand(context, '-CAfile /etc/ssl/certs/ca-certificates.crt')}`,
  })
}

/** A root that the public stores have removed: the client is right, the server needs another CA. */
function removed(context: CaptureContext, root: string): Outcome {
  const top = context.order.ladder.at(-1)?.span
  return fail({
    severity: 'error',
    confidence: 'likely',
    owner: 'server-operator',
    title: `The chain${place(context)} leads to ${root}, a root that the public stores have removed.`,
    explanation:
      'Only clients with an old trust store still have this root; current ones refuse the chain. The server needs a certificate of a CA that is still trusted.',
    evidence: [...(top ? [top] : []), ...failureSpans(context, trustCodes)],
    nextCommand: showChainCommand(context),
  })
}
