/** What to say of a message that leaves the cause open: what its program means by it, whom it trusts, and what to look for. */
import type { CaptureContext } from './context.ts'
import type { Draft } from './contract.ts'
import { clientName, runtimeOf } from './runtimes.ts'
import { failureSpans } from './signals.ts'
import { isTold } from './told.ts'
import { place, shown } from './words.ts'

/** X509_V_ERR: no issuer found, not trusted. */
const noPath = [2, 20, 27]

/** Words for an open message; nothing where a certificate is known, or the words of other rules fit. */
export function openInMessage(context: CaptureContext): Partial<Draft> {
  const { capture } = context
  if (capture.kind === 'log' || !isTold(context)) return {}
  const name = clientName(capture.tool)
  if (noPath.some((code) => context.codes.has(code)))
    return {
      title: `${name} finds no way from the certificate${place(context)} to a root that it trusts; the message alone does not tell why.`,
      explanation: `${runtimeOf(capture.tool)?.noPath ?? otherNoPath}${repeats(context)}\n\n${whatToLookFor}${store(context)}`,
      evidence: failureSpans(context, noPath),
    }
  if (capture.kind !== 'message' || capture.failures.some(({ alert }) => alert !== undefined)) return {}
  const failure = capture.failures[0]
  if (!failure || context.codes.size > 0) return {}
  if (failure.kind === 'verify-failed')
    return {
      title: `${name} does not accept the certificate${place(context)}, and its message ("${shown(failure.text)}") does not say why.`,
      explanation: `Every reason is open: the chain, the root, the name, the dates.${repeats(context)} The reason is often in a line below or above that is not in the paste, or in an inner exception.\n\n${whatToLookFor}${store(context)}`,
      evidence: [failure.span],
    }
  return {
    title: `${name} reports "${shown(failure.text)}"${place(context)}, which alone does not tell the cause.`,
    explanation: `The handshake failed, and the message does not say on whose account: version or cipher suite, a client certificate that was not sent, or the certificate of the server.${repeats(context)} Paste the lines around it, as inner exceptions and causes, and the output of the command below from the machine where the failure is seen.`,
    evidence: [failure.span],
  }
}

const otherNoPath =
  'The program says the same when the server sends no intermediate and when the root is not in its trust store, as that of a private CA or of a proxy that inspects TLS.'

const whatToLookFor =
  'Run the command below on the machine where it fails, and paste its output. When only the certificate of the server is there and its issuer is another, the server has to send the intermediate. When the last issuer is a company, a private CA or a product that inspects TLS, that root is missing on the client, or the proxy has to let the connection through. When the chain ends at a public CA, the trust store of the client is empty or old.'

function repeats({ capture }: CaptureContext): string {
  return capture.lines === undefined ? '' : ` ${capture.lines} lines of the paste say it.`
}

function store({ capture }: CaptureContext): string {
  const runtime = runtimeOf(capture.tool)
  if (!runtime) return ''
  return `\n\n${runtime.store}${runtime.look === undefined ? '' : ` What it has: ${runtime.look}`}`
}
