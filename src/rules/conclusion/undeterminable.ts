/** Principle: when the evidence does not support a cause, the answer is the command that would. */
import { pass, type ConclusionRule, type RuleResult } from '../contract.ts'
import type { CaptureContext } from '../context.ts'
import { failureSpans } from '../signals.ts'
import { quoted, shellWord, showChainCommand } from '../words.ts'

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
    const settled = found.some((result) =>
      result.findings.some((finding) => finding.rule === 'healthy' || (finding.severity === 'error' && result.meta.cause && finding.confidence !== 'hint')),
    )
    if (settled) return pass
    const reasons = [...new Set(found.flatMap((result) => (result.outcome.kind === 'unknown' ? [result.outcome.reason] : [])))]
    return {
      kind: 'fail',
      drafts: [
        {
          severity: 'info',
          confidence: 'certain',
          owner: 'reporter',
          title: titleOf(context),
          explanation: reasons.length === 0 ? explanationOf(context) : `${explanationOf(context)}\n\nNot known: ${reasons.join('; ')}.`,
          evidence: evidenceOf(context, found),
          nextCommand: commandOf(context),
        },
      ],
    }
  },
}

function titleOf(context: CaptureContext): string {
  const { capture, leaf } = context
  if (context.supplement) {
    const names = context.served.slice(0, 3).map((entry) => quoted(entry.subject))
    return `CA certificates only (${names.join(', ')}${context.served.length > 3 ? ', ...' : ''}): they serve to complete other chains.`
  }
  if (leaf && context.servedIs === 'file' && context.served.length === 1)
    return `Only the certificate ${quoted(leaf.subject)} is here; whether the server sends the rest cannot be told.`
  if (capture.verifyResult && !capture.verifyResult.ok) return `The tool reports "${capture.verifyResult.text}", but the paste does not show why.`
  if (leaf) return `The paste shows ${quoted(leaf.subject)}, but not enough to judge its chain.`
  if (capture.blocks.some((block) => /PRIVATE KEY/.test(block.label))) return 'There is no certificate here, only a private key.'
  return 'There is no certificate here to judge.'
}

function explanationOf(context: CaptureContext): string {
  if (context.supplement) return 'Paste what the server sends (the command below), and these certificates are used to find out what is missing.'
  if (context.capture.tool === 'verify')
    return 'This is the result of "openssl verify" on files; the files themselves are not in the paste. Intermediates have to be given with -untrusted, or the leaf alone fails.'
  return 'Paste the output of the command below, from the machine where the failure is seen.'
}

function evidenceOf(context: CaptureContext, found: readonly RuleResult[]) {
  const failures = failureSpans(context)
  if (failures.length > 0) return failures
  if (found.length > 0 && context.leaf) return [context.leaf.span]
  return [context.capture.span]
}

function commandOf(context: CaptureContext): string {
  const { capture } = context
  if (capture.tool !== 'verify') return showChainCommand(context)
  const leaf = capture.command?.operands[0]
  const root = capture.command?.caFiles[0]
  return `openssl verify -show_chain -CAfile ${shellWord(root ?? 'root.pem')} -untrusted intermediates.pem ${shellWord(leaf ?? 'leaf.pem')}`
}
