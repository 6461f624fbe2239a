/** RFC 8446 section 4.3.2: a server may ask for a client certificate without insisting on it. */
import { refusalsOf, requestedOf, sentOf } from '../client-auth.ts'
import type { CaptureContext } from '../context.ts'
import { type CaptureRule, fail, notApplicable, type Outcome, pass, unknown } from '../contract.ts'
import { shown } from '../words.ts'
import { acceptedText, asker, hop, presentCommand, requestSpans } from './helpers.ts'

export const clientCertificateRequested: CaptureRule = {
  scope: 'capture',
  meta: {
    slug: 'client-certificate-requested',
    title: 'The server asks for a client certificate.',
    why: 'Where it does not insist, the connection works without one, and what needs it fails later and elsewhere.',
    cause: false,
    explains: [],
    sources: ['RFC 8446 section 4.3.2', 'RFC 5246 section 7.4.4'],
  },
  check,
}

function check(context: CaptureContext): Outcome {
  const { capture } = context
  if (capture.kind !== 'connection' || capture.role === 'server') return notApplicable('no connection was made')
  const requested = requestedOf(context)
  if (requested === 'unknown') return unknown('the tool does not show whether a client certificate was asked for')
  if (requested === 'no' || refusalsOf(context).found.length > 0) return pass
  const sent = sentOf(context)
  const went = sent === 'yes' || sent === 'named'
  const { algorithms } = capture.clientAuth
  return fail({
    severity: 'info',
    confidence: 'certain',
    owner: 'nobody',
    title: `${asker(context)} asks for a client certificate${titleEnd(context)}.`,
    explanation: `${went ? sentText[sent] : insistsText[insists(context)]}${acceptedText(context)}${
      algorithms ? ` It takes these signatures: ${some(algorithms.value)}.` : ''
    }${hop(context)}`,
    evidence: [
      ...requestSpans(context),
      ...(capture.clientAuth.acceptableCas[0] ? [capture.clientAuth.acceptableCas[0].span] : []),
    ],
    ...(went ? {} : { nextCommand: presentCommand(context) }),
  })
}

function titleEnd(context: CaptureContext): string {
  switch (sentOf(context)) {
    case 'yes':
      return ', and one was sent'
    case 'named':
      return ', and the command names one'
    case 'unknown':
      return ''
    default:
      return insists(context) === 'no' ? ', and does not insist on it' : ', and none was sent'
  }
}

/** Algorithms that a sentence names; a server lists some twenty. */
const namedAlgorithms = 8

function some(algorithms: readonly string[]): string {
  const list = algorithms.slice(0, namedAlgorithms).map(shown).join(', ')
  return algorithms.length > namedAlgorithms ? `${list} and ${algorithms.length - namedAlgorithms} more` : list
}

const sentText = {
  yes: 'One was sent, with the proof of its key, and nothing in the paste says that it was refused.',
  named:
    'The command names one. The tool does not show whether it was sent, and nothing in the paste says that it was refused.',
}

/** Does it insist? Up to TLS 1.2 a finished handshake answers that; with TLS 1.3 only what comes after it. */
function insists({ capture }: CaptureContext): 'no' | 'unknown' | 'unfinished' {
  if (!capture.cipher) return 'unfinished'
  if (capture.answer && capture.answer.status < 400) return 'no'
  return capture.protocol !== undefined && capture.protocol.value !== 'TLSv1.3' ? 'no' : 'unknown'
}

const insistsText = {
  no: 'The handshake went on without one, so it is optional there; a page or route behind it may still require it.',
  unknown:
    'With TLS 1.3 a server that insists says so only after the handshake, with the first data; the paste shows no refusal, and may end before it.',
  unfinished: 'The handshake did not end, for another reason than that.',
}
