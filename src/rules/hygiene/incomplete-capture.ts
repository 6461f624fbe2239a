/** Principle: absence of evidence is not evidence of absence. A cut paste proves nothing about what is not in it. */
import { type CaptureRule, fail, notApplicable, pass } from '../contract.ts'
import { showChainCommand } from '../words.ts'

export const incompleteCapture: CaptureRule = {
  scope: 'capture',
  meta: {
    slug: 'incomplete-capture',
    title: 'The paste does not show everything the tool printed.',
    why: 'What is not shown cannot be judged; in particular it cannot be called missing.',
    cause: false,
    explains: [],
    sources: ['OpenSSL openssl-s_client(1)'],
  },
  check(context) {
    const { capture } = context
    if (capture.tool === 'pem' || capture.tool === 'der') {
      const broken = capture.blocks.find((block) => block.truncated)
      if (!broken) return capture.blocks.length === 0 ? notApplicable('no output of a tool') : pass
      return fail({
        severity: 'warning',
        confidence: 'certain',
        owner: 'reporter',
        title: 'A certificate block is cut off.',
        explanation: `${broken.problem?.message ?? 'It ends before its own length says.'} The rest was read.`,
        evidence: [broken.span],
      })
    }
    if (capture.kind !== 'connection') return notApplicable('the tool does not show a connection')
    if (!capture.cut) return pass
    const pipe = capture.command?.pipes.find((stage) => /^(?:sed|head|awk|grep|openssl x509)\b/.test(stage))
    return fail({
      severity: 'warning',
      confidence: 'certain',
      owner: 'reporter',
      title: `The capture is not whole: ${capture.cut.reason}.`,
      explanation: `${pipe ? `The command pipes the output through "${pipe}", which keeps only a part of it. ` : ''}Whether the server sends its intermediates cannot be told from it.`,
      evidence: [capture.cut.span],
      nextCommand: showChainCommand(context),
    })
  },
}
