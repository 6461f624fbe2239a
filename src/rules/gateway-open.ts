/** Log lines that prove a failure and its side, but not the cause: what is proven, and the command that settles the rest. */
import type { Owner } from '../core/finding.ts'
import type { Capture } from '../input/model.ts'
import type { CaptureContext } from './context.ts'
import type { Draft } from './contract.ts'
import { countText, endedRequest, errorLogCommand, requestSpans } from './gateway-log.ts'
import { behind, endpointText, gatewayFirst, gatewayOf, hopText } from './hop.ts'
import { shellWord, showChainCommand } from './words.ts'

type Open = Pick<Draft, 'title' | 'explanation' | 'owner' | 'evidence' | 'nextCommand'>

/** What an inconclusive log line is worth; undefined where the capture is no log. */
export function openInLog(context: CaptureContext): Open | undefined {
  const { capture } = context
  const edge = ofEdge(context)
  if (capture.kind !== 'log' && !edge) return undefined
  const words = edge ?? ofAlert(context) ?? ofRequest(context) ?? ofFailure(context)
  if (!words) return undefined
  const spans = capture.failures.length > 0 ? capture.failures.map(({ span }) => span) : requestSpans(capture)
  const evidence = edge && capture.answer ? [capture.answer.span] : spans
  return {
    title: words.title,
    explanation: `${words.text}${countText(capture)}`,
    owner: words.owner,
    evidence: evidence.length > 0 ? evidence : [capture.span],
    nextCommand: words.command ?? showChainCommand(context),
  }
}

interface Words {
  readonly title: string
  readonly text: string
  readonly owner: Owner
  readonly command?: string
}

/** RFC 8446 section 6.2, as what the receiver learns of the sender's opinion. */
const opinions: ReadonlyMap<number, string> = new Map([
  [42, 'it does not accept the certificate (bad_certificate)'],
  [43, 'it does not support the kind of certificate (unsupported_certificate)'],
  [44, 'the certificate is revoked (certificate_revoked)'],
  [45, 'a certificate has expired (certificate_expired)'],
  [46, 'it does not accept the certificate (certificate_unknown)'],
  [48, 'it does not trust the CA (unknown_ca)'],
])

function ofAlert({ capture }: CaptureContext): Words | undefined {
  const alert = capture.failures.find((failure) => failure.alert !== undefined)?.alert
  if (alert === undefined) return undefined
  const opinion = opinions.get(alert)
  if (capture.role === 'server') {
    const at = endpointText(capture)
    const own = `${gatewayOf(capture)}${at === '' ? '' : ` (${at})`}`
    return {
      title: opinion
        ? `A client refuses the certificate of ${own}: ${opinion}.`
        : `A client ends the TLS handshake with ${own} by alert ${alert}.`,
      text: opinion
        ? 'The alert came from the client, so it is the word of this client on the certificate that it was shown; others may accept it. Whether the chain is not whole, has expired, has another name, or this client lacks the root is seen in what is sent: the command shows it.'
        : 'The alert came from the client and says nothing of certificates.',
      owner: 'reporter',
    }
  }
  const hop = hopText(capture)
  const where = hop === '' ? '' : ` ${hop}`
  if (alert === 40)
    return {
      title: `The TLS handshake${where} is ended by the ${behind(capture)} with alert 40 (handshake_failure), which alone does not tell why.`,
      text: `The alert came from the ${behind(capture)}. Usual reasons: it requires a client certificate and got none (up to TLS 1.2, and some with TLS 1.3), it shares no version or cipher suite with ${gatewayOf(capture)}, or it does not serve the name that was sent. The command shows whether it asks for a client certificate ("Acceptable client certificate CA names").`,
      owner: 'reporter',
    }
  return {
    title: `The TLS handshake${where} is ended by the ${behind(capture)} with alert ${alert}, which alone does not tell why.`,
    text: `The alert came from the ${behind(capture)}; its log at this time has the reason.`,
    owner: 'reporter',
  }
}

/** nginx notes 502 and 504 for the upstream both when it answered so and when it could not be reached. */
function ofRequest(context: CaptureContext): Words | undefined {
  const { capture } = context
  const ended = endedRequest(context)
  if (!ended) return undefined
  const { request, outcome } = ended
  const { status } = request
  const gateway = gatewayFirst(capture)
  if (outcome === 'unclear')
    return {
      title: `${gateway} answered ${status} and noted ${status} for its ${behind(capture)}: either the ${behind(capture)} itself answered ${status}, or it could not be reached.`,
      text: `nginx, which ${gatewayOf(capture) === 'nginx' ? 'this is' : 'Kong is built on'}, writes ${status} into the status of the upstream also when the connection failed. If the error log has a line for this request, the connection or its TLS failed, and that line says why; if it has none, the application answered.`,
      owner: 'reporter',
      command: errorLogCommand(context),
    }
  if (outcome === 'no-answer' && request.stoppedAt === 'answer')
    return {
      title: `The connection ${hopText({ ...capture, side: 'upstream' })} ended after the request was sent and before an answer came (${status}).`,
      text: `TCP worked, and so did TLS as far as ${gatewayOf(capture)} could tell. The application may have crashed or closed the connection. With TLS 1.3 a server that misses a client certificate also breaks off only now. The log of the ${behind(capture)} tells.`,
      owner: 'server-operator',
    }
  return undefined
}

/** Cloudflare's own statuses about the origin, in its log, on its page, or as the answer that a client got. */
function ofEdge(context: CaptureContext): Words | undefined {
  const { capture } = context
  const status = edgeStatus(capture)
  const said = status === undefined ? undefined : edgeTexts.get(status)
  if (!said) return undefined
  const logged = capture.kind === 'log' ? capture.target?.address : undefined
  const name = capture.requests?.[0]?.host ?? context.target?.host ?? 'HOST'
  return {
    ...said,
    text: `${said.text} Run the command against the address of the origin itself, not through Cloudflare, and paste what it prints.`,
    owner: 'server-operator',
    command: `openssl s_client -connect ${shellWord(logged ?? 'ORIGIN')}:443 -servername ${shellWord(name)} -showcerts </dev/null`,
  }
}

/** A status by which Cloudflare's edge speaks of its origin; the connection of the client with the edge is another matter. */
export function edgeStatus({ answer, tool, kind }: Capture): number | undefined {
  if (!answer || (kind === 'log' && tool !== 'cloudflare')) return undefined
  return edgeTexts.has(answer.status) ? answer.status : undefined
}

/** https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors/ */
const edgeTexts: ReadonlyMap<number, Pick<Words, 'title' | 'text'>> = new Map([
  [
    520,
    {
      title: 'Cloudflare got no valid HTTP answer from its origin (520).',
      text: 'The origin was reached, and closed the connection, reset it or answered with something else than HTTP. No certificate was refused.',
    },
  ],
  [
    521,
    {
      title: 'The origin refuses the connection of Cloudflare (521).',
      text: "Nothing listens on the port, or a firewall turns away Cloudflare's addresses. No certificate was seen.",
    },
  ],
  [
    522,
    {
      title: 'The connection between Cloudflare and its origin times out (522).',
      text: 'The origin is down, its address in the DNS settings is wrong, or a firewall drops the packets. No certificate was seen.',
    },
  ],
  [
    523,
    {
      title: 'Cloudflare does not reach its origin (523).',
      text: 'There is no route to the address in the DNS settings. No certificate was seen.',
    },
  ],
  [
    525,
    {
      title: 'The TLS handshake between Cloudflare and its origin fails (525).',
      text: 'The origin was reached, and the handshake broke. Usual reasons: no certificate for the name, no TLS on this port, no common version or cipher suite, or an origin that does not understand the server name. This is not about trust in the certificate (that would be 526).',
    },
  ],
  [
    526,
    {
      title: 'Cloudflare does not accept the certificate of its origin (526).',
      text: 'In the mode Full (strict) the origin has to present a certificate that is in date, has the name of the site, and leads to a public CA or to the Cloudflare Origin CA with its chain. Which of these fails is not said.',
    },
  ],
])

function ofFailure({ capture }: CaptureContext): Words | undefined {
  const [failure] = capture.failures
  if (!failure) return undefined
  const hop = hopText(capture)
  if (failure.kind === 'verify-failed') {
    if (capture.side === undefined)
      return {
        title: `${gatewayFirst(capture)} does not accept a certificate of its peer; the line does not tell whether that is a client or a server behind it.`,
        text: `The log says: ${failure.text.slice(0, 200)}`,
        owner: 'reporter',
      }
    const up = capture.side === 'upstream'
    return {
      title: `${gatewayFirst(capture)} does not accept the certificate of ${up ? `its ${behind(capture)} ${endpointText(capture)}`.trim() : 'a client'}; the line does not tell why.`,
      text: up
        ? 'It may have expired, have another name, or lead to a CA that the gateway was not given. The command shows the certificate.'
        : 'It may have expired or come from a CA that the gateway was not given.',
      owner: 'reporter',
    }
  }
  if (capture.role === 'server' && (failure.kind === 'closed' || failure.kind === 'reset'))
    return {
      title: `Clients break off the TLS handshake ${hop}.`,
      text: 'Port scans and health checks that only open a connection look like this. Where a real client is among them, its own message says what it did not like.',
      owner: 'reporter',
    }
  if (failure.alertSent === 112)
    return {
      title: `${gatewayFirst(capture)} refuses a handshake ${hop}: no server is configured for the name that the client sent, or it sent none.`,
      text: 'The client has to use, and send as SNI, a name that is served there; a call by IP address sends none.',
      owner: 'client',
    }
  return {
    title: `The TLS handshake${hop === '' ? ` at ${gatewayOf(capture)}` : ` ${hop}`} failed; the line does not tell why.`,
    text: 'The product logs no reason at this level. A handshake made by hand shows it.',
    owner: 'reporter',
  }
}
