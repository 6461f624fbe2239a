/** Principle: when the evidence does not support a cause, the answer is the command that would. */
import type { CaptureContext } from '../context.ts'
import { type ConclusionRule, pass, type RuleResult } from '../contract.ts'
import { openInLog } from '../gateway-open.ts'
import { openInMessage } from '../message-open.ts'
import { requestsOf } from '../requests.ts'
import { failureSpans, isClientCertificate, ownTrustFiles } from '../signals.ts'
import { issuerFactsCommand, quoted, sends, server, shellWord, showChainCommand, shown } from '../words.ts'

export const undeterminable: ConclusionRule = {
  scope: 'conclusion',
  meta: {
    slug: 'undeterminable',
    title: 'The evidence does not tell the cause.',
    why: 'A guess would send somebody to the wrong system.',
    cause: true,
    explains: [],
    sources: ['RFC 4158 section 2'],
  },
  check(context, found) {
    if (found.some((result) => result.findings.some((finding) => result.meta.cause && settles(finding)))) return pass
    const reasons = [
      ...new Set(found.flatMap((result) => (result.outcome.kind === 'unknown' ? [result.outcome.reason] : []))),
    ]
    return {
      kind: 'fail',
      drafts: [
        {
          severity: 'info',
          confidence: 'certain',
          owner: 'reporter',
          title: titleOf(context),
          explanation:
            reasons.length === 0
              ? explanationOf(context)
              : `${explanationOf(context)}\n\nNot known: ${reasons.join('; ')}.`,
          evidence: evidenceOf(context),
          nextCommand: commandOf(context),
          ...openInMessage(context),
          ...openInLog(context),
        },
      ],
    }
  },
}

/** Flaws that leave the question of trust open. */
const besides: ReadonlySet<string> = new Set(['wrong-order', 'extra-certificates', 'weak-key-or-signature'])

const settles = ({ rule, severity, confidence }: RuleResult['findings'][number]): boolean =>
  rule === 'healthy' ||
  (confidence !== 'hint' && (severity === 'error' || (severity === 'warning' && !besides.has(rule))))

function titleOf(context: CaptureContext): string {
  const { capture, leaf, end } = context
  if (context.supplement && context.served.length === 0)
    return 'This file holds revocation data only; it is used to judge the certificates of other files.'
  if (context.supplement) {
    const names = context.served.slice(0, 3).map((entry) => quoted(entry.subject))
    return `${server(context)} ${sends(context)} CA certificates only (${names.join(', ')}${context.served.length > 3 ? ', ...' : ''}); they complete other chains.`
  }
  if (leaf && isClientCertificate(context))
    return `The certificate ${quoted(leaf.subject)} is for a client (mutual TLS); which CAs the server accepts is not in the paste.`
  const alert = capture.failures.find((failure) => failure.alert !== undefined)
  if (alert)
    return `The other side ends the connection with the TLS alert ${alert.alert}, which alone does not tell why.`
  if (leaf && end.kind === 'supplied' && context.servedIs === 'file')
    return `The certificate ${quoted(leaf.subject)} and its issuer ${quoted(end.certificate.subject)} are in separate files; what a server sends cannot be told from files.`
  if (leaf?.certificate?.selfIssued && !context.selfSigned && end.kind === 'unknown')
    return `The certificate ${quoted(leaf.subject)} has its own name as its issuer's, but another key signed it, and that issuer is not in the paste.`
  if (isOpen(context) && leaf && (end.kind === 'unknown' || end.kind === 'public-organisation') && end.below.issuer)
    return `The client does not find ${quoted(end.below.issuer)}, the issuer of ${quoted(end.below.subject)}; whether it is a root to trust or an intermediate to send is not known.`
  if (leaf && context.servedIs === 'file' && context.served.length === 1)
    return `Only the certificate ${quoted(leaf.subject)} is here; whether the server sends the rest cannot be told.`
  if (capture.verifyResult && !capture.verifyResult.ok)
    return `The tool reports "${shown(capture.verifyResult.text)}"${leaf ? ` for ${quoted(leaf.subject)}` : ''}, but the paste does not show why.`
  if (leaf) return `The paste shows ${quoted(leaf.subject)}, but not enough to judge its chain.`
  if (capture.blocks.some((block) => /PRIVATE KEY/.test(block.label)))
    return 'There is no certificate here, only a private key.'
  const request = requestsOf(context)[0]?.request
  if (request) return `There is no certificate here, only a certificate request for ${quoted(request.subject)}.`
  return 'There is no certificate here to judge.'
}

/** The client found no issuer, everything sent is known, and still nothing tells whose fault it is. */
const isOpen = (context: CaptureContext): boolean =>
  context.servedIs === 'complete' && (context.codes.has(20) || context.codes.has(21))

function explanationOf(context: CaptureContext): string {
  if (context.supplement)
    return 'Paste what the server sends (the command below), and these certificates are used to find out what is missing.'
  if (context.capture.tool === 'verify')
    return 'This is the result of "openssl verify" on files; the files themselves are not in the paste. Intermediates have to be given with -untrusted, or the leaf alone fails.'
  if (isOpen(context) && (context.end.kind === 'unknown' || context.end.kind === 'public-organisation'))
    return 'A root has itself as its issuer; an intermediate has another. The command below shows which it is: a root goes into the trust store of the client, an intermediate into the chain file of the server.'
  return 'Paste the output of the command below, from the machine where the failure is seen.'
}

function evidenceOf(context: CaptureContext) {
  const failures = failureSpans(context)
  if (failures.length > 0) return failures
  const alert = context.capture.failures.find((failure) => failure.alert !== undefined)
  return [alert?.span ?? context.leaf?.span ?? context.capture.span]
}

function commandOf(context: CaptureContext): string {
  const { capture, end } = context
  if (capture.tool === 'verify') {
    const leaf = capture.command?.operands[0]
    const root = capture.command?.caFiles[0]
    return `openssl verify -show_chain -CAfile ${shellWord(root ?? 'root.pem')} -untrusted intermediates.pem ${shellWord(leaf ?? 'leaf.pem')}`
  }
  if (isOpen(context) && (end.kind === 'unknown' || end.kind === 'public-organisation')) {
    const fetch = issuerFactsCommand(end.below)
    if (fetch !== undefined) return fetch
    const own = ownTrustFiles(context)[0]
    if (own !== undefined)
      return `openssl crl2pkcs7 -nocrl -certfile ${shellWord(own)} | openssl pkcs7 -print_certs -noout`
    return 'openssl x509 -noout -subject -issuer -in ISSUER.pem'
  }
  return showChainCommand(context, isClientCertificate(context) ? '-cert client.pem -key client.key' : '')
}
