/** openssl-verify(1): certificates of the operand file beyond the first are not used; intermediates come by -untrusted. */
import { fail, notApplicable, pass, type CaptureRule } from '../contract.ts'
import { failureSpans } from '../signals.ts'
import { quoted, shellWord } from '../words.ts'

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
    if (capture.tool !== 'verify' || !capture.command) return notApplicable('no "openssl verify" command is in the paste')
    const failed = codes.some((code) => context.codes.has(code))
    if (!failed || capture.command.untrusted.length > 0 || capture.command.operands.length === 0) return pass
    const operand = capture.command.operands[0] ?? 'bundle.pem'
    return fail({
      severity: 'error',
      confidence: 'likely',
      owner: 'reporter',
      title: `"openssl verify" was given no intermediates${leaf ? ` for ${quoted(leaf.subject)}` : ''}, so it cannot find the issuer.`,
      explanation: `It reads only the first certificate of ${operand}, even when the file holds the whole chain. Intermediates have to be named with -untrusted (the same file will do). If it then still fails, the root is missing from the file given with -CAfile.`,
      evidence: [capture.command.span, ...failureSpans(context, codes)],
      nextCommand: `openssl verify -show_chain ${capture.command.caFiles.map((file) => `-CAfile ${shellWord(file)} `).join('')}-untrusted ${shellWord(operand)} ${shellWord(operand)}`,
    })
  },
}
