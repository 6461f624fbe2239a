/** openssl-verify(1): certificates of the operand file beyond the first are not used; intermediates come by -untrusted. */
import type { CommandLine } from '../../input/model.ts'
import type { CaptureContext } from '../context.ts'
import { type CaptureRule, fail, notApplicable, type Outcome, pass } from '../contract.ts'
import { depthOf, failureSpans, nameAtDepth } from '../signals.ts'
import { place, quoted, shellWord, showChainCommand, shown } from '../words.ts'

const codes = [2, 20, 21]

export const verificationMisused: CaptureRule = {
  scope: 'capture',
  meta: {
    slug: 'verification-misused',
    title: 'The check itself was made in a way that cannot succeed.',
    why: 'Its failure says nothing of the server.',
    cause: true,
    explains: codes,
    sources: ['OpenSSL openssl-verify(1)'],
  },
  check(context) {
    const { capture, leaf } = context
    const { command } = capture
    if (command?.insecure && capture.role === 'client') return switchedOff(context, command)
    if (capture.tool !== 'verify' || !command) return notApplicable('no "openssl verify" command is in the paste')
    const failed = codes.find((code) => context.codes.has(code))
    const operand = command.operands[0]
    if (failed === undefined || command.untrusted.length > 0 || operand === undefined) return pass
    const roots = command.caFiles.map((file) => `-CAfile ${shellWord(file)} `).join('')
    const depth = depthOf(context, failed) ?? 0
    const above = depth > 0 ? nameAtDepth(context, depth) : undefined
    if (depth > 0) {
      if (command.caFiles.length === 0) return pass
      return fail({
        severity: 'error',
        confidence: 'likely',
        owner: 'reporter',
        title: `"openssl verify" was given an intermediate${above ? ` (${quoted(above.name)})` : ''} with -CAfile, but not its root.`,
        explanation: `${command.caFiles.map(shown).join(', ')} takes the check one step up and no further. Put the root into that file and name the intermediates with -untrusted; or, to end at the intermediate on purpose, add -partial_chain.`,
        evidence: [command.span, ...failureSpans(context, codes)],
        nextCommand: `openssl verify -show_chain -CAfile root.pem ${command.caFiles.map((file) => `-untrusted ${shellWord(file)} `).join('')}${shellWord(operand)}`,
      })
    }
    return fail({
      severity: 'error',
      confidence: 'likely',
      owner: 'reporter',
      title: `"openssl verify" was given no intermediates${leaf ? ` for ${quoted(leaf.subject)}` : ''}, so it cannot find the issuer.`,
      explanation: `It reads only the first certificate of ${shown(operand)}, even when the file holds the whole chain. Intermediates have to be named with -untrusted (the same file will do). If it then still fails, the root is missing from the file given with -CAfile.`,
      evidence: [command.span, ...failureSpans(context, codes)],
      nextCommand: `openssl verify -show_chain ${roots}-untrusted ${shellWord(operand)} ${shellWord(operand)}`,
    })
  },
}

/** A client that does not verify succeeds with any certificate; where it reports an error all the same, that stands. */
function switchedOff(context: CaptureContext, command: CommandLine): Outcome {
  if (context.codes.size > 0) return pass
  return fail({
    severity: 'info',
    confidence: 'certain',
    owner: 'reporter',
    title: `The command switches verification off, so its success${place(context)} says nothing of the certificate.`,
    explanation:
      'It would have been the same with the certificate of anybody. Run it again without that switch, or take the command below, which shows all that the server sends and what is wrong with it.',
    evidence: [command.span],
    nextCommand: showChainCommand(context),
  })
}
