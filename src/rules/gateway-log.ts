/** Where the requests of a gateway's log ended: in TLS, at the gateway, or at the upstream. Rules that conclude from it ask here. */
import type { Owner } from '../core/finding.ts'
import type { Span } from '../core/span.ts'
import { outcomeOf, type RequestOutcome } from '../input/gateway-request.ts'
import type { Capture, GatewayRequest } from '../input/model.ts'
import type { CaptureContext } from './context.ts'
import type { Draft } from './contract.ts'
import { behind, endpointText, gatewayFirst, gatewayOf, hopText } from './hop.ts'
import { shellWord, showChainCommand, shown } from './words.ts'

export interface Ended {
  readonly request: GatewayRequest
  readonly outcome: RequestOutcome
}

/** The requests of a capture ended alike, so the first stands for all; undefined where the log shows none. */
export function endedRequest({ capture }: CaptureContext): Ended | undefined {
  const request = capture.kind === 'log' ? capture.requests?.[0] : undefined
  return request && { request, outcome: outcomeOf(request) }
}

/** The telling values of an entry, else the entry. */
export const requestSpans = ({ requests = [] }: Capture): Span[] =>
  requests.slice(0, 3).flatMap(({ places, span }) => (places && places.length > 0 ? places : [span]))

/** `(312 entries of the log say the same)`; nothing for a single one. */
export const countText = ({ lines = 1 }: Capture): string =>
  lines > 1 ? ` ${lines.toLocaleString('en-GB')} entries of this log say the same.` : ''

/** Both sides of TLS worked, or had no part in it: what failed is the request. */
export function beyondTls(context: CaptureContext): Draft | undefined {
  const { capture } = context
  const ended = endedRequest(context)
  if (!ended) return undefined
  const words = beyondWords(capture, ended)
  if (!words) return undefined
  const command = repeatCommand(capture, ended.request)
  return {
    severity: 'info',
    confidence: words.confidence ?? 'certain',
    owner: words.owner,
    title: words.title,
    explanation: `${words.text}${clientSide(ended.request, capture)}${timesText(ended.request, capture)}${countText(capture)}`,
    evidence: requestSpans(capture),
    ...(command === undefined ? {} : { nextCommand: command }),
  }
}

interface Words {
  readonly title: string
  readonly text: string
  readonly owner: Owner
  readonly confidence?: Draft['confidence']
}

function beyondWords(capture: Capture, { request, outcome }: Ended): Words | undefined {
  const { status, upstreamStatus, stoppedAt } = request
  const gateway = gatewayOf(capture)
  const at = endpointText(capture)
  const upstream = `the ${behind(capture)}${at === '' ? '' : ` ${at}`}`
  if (outcome === 'upstream-error')
    return {
      title: `TLS is not the cause: ${upstream} itself answered ${status}.`,
      text: `The answer came over the connection ${hopText({ ...capture, side: 'upstream' })}, so that connection, with its TLS where it has any, worked. The application behind it has to be looked at: its log at this time says why.`,
      owner: 'server-operator',
    }
  if (outcome === 'gateway-refused') {
    const asked =
      typeof upstreamStatus === 'number'
        ? `although the ${behind(capture)} answered ${upstreamStatus}`
        : `and the ${behind(capture)} was not asked`
    return {
      title: `TLS is not the cause: ${gateway} itself answered ${status}, ${asked}.`,
      text: `A plugin, a route or a rule of ${gateway} decided so, after the connection with the client had come about. ${statusText(status)}`,
      owner: status === 401 || status === 429 || status === 404 || status === 400 ? 'client' : 'server-operator',
    }
  }
  if (outcome === 'no-answer' && stoppedAt === 'answer' && (status === 504 || status === 524))
    return {
      title: `TLS is not the cause: ${upstream} took the request from ${gateway} and did not answer in time (${status}).`,
      text: 'The connection stood and the request was sent. The application is slow or hangs, or the time that the gateway waits is too short.',
      owner: 'server-operator',
    }
  if (outcome === 'answered' && status !== undefined)
    return {
      title: `TLS is not in question: ${gateway} passed the requests on and they were answered (${status}).`,
      text: 'Both sides of the gateway worked for these requests.',
      owner: 'nobody',
    }
  return undefined
}

function statusText(status: number | undefined): string {
  if (status === 401) return 'With 401 it wants credentials (a key, a token, a user), which are independent of TLS.'
  if (status === 403)
    return 'With 403 the caller is known and not allowed: an access list, an IP restriction or a rule.'
  if (status === 404) return 'With 404 no route matches the host and the path.'
  return status === 429 ? 'With 429 the caller sent more requests than its limit allows.' : ''
}

/** What is known of the other side of the gateway. */
function clientSide({ tls, clientVerify }: GatewayRequest, capture: Capture): string {
  if (tls === null) return ` The client spoke plain HTTP to ${gatewayOf(capture)}.`
  const version = tls?.version === undefined ? '' : ` The client spoke ${shown(tls.version)} to ${gatewayOf(capture)}.`
  return clientVerify === undefined || /^NONE$/.test(clientVerify)
    ? version
    : `${version} Its client certificate: ${shown(clientVerify)}.`
}

function timesText({ latencies }: GatewayRequest, capture: Capture): string {
  const { upstream, gateway } = latencies ?? {}
  if (upstream === undefined && gateway === undefined) return ''
  const own = gateway === undefined ? '' : `${gatewayFirst(capture)} itself took ${gateway} ms`
  if (upstream === undefined) return ` ${own}.`
  return ` The ${behind(capture)} took ${upstream} ms${gateway === undefined ? '' : `, ${own.replace(/^The/, 'the')}`}.`
}

/** The same request without the gateway; needs the name that the upstream is called by. */
function repeatCommand(capture: Capture, { path = '/' }: GatewayRequest): string | undefined {
  const { host, address, port = 443 } = capture.target ?? {}
  if (capture.side !== 'upstream' || host === undefined) return undefined
  const to = address === undefined ? '' : `--connect-to ${shellWord(`${host}:${port}:${address}:${port}`)} `
  return `curl -sv -o /dev/null ${to}${shellWord(`https://${host}:${port}${path}`)}   # from the gateway`
}

/** The gateway got no answer from the upstream, and its access log does not say why. */
export function unanswered(context: CaptureContext): Draft | undefined {
  const { capture } = context
  const ended = endedRequest(context)
  if (ended?.outcome !== 'no-answer' || ended.request.stoppedAt === 'answer' || capture.failures.length > 0)
    return undefined
  const { status, stoppedAt } = ended.request
  const gateway = gatewayFirst(capture)
  const at = endpointText(capture)
  const upstream = `its ${behind(capture)}${at === '' ? '' : ` ${at}`}`
  const none = stoppedAt === 'no-server'
  return {
    severity: 'error',
    confidence: 'likely',
    owner: 'server-operator',
    title: none
      ? `${gateway} has no server of ${upstream} that works, so the request ended at ${gatewayOf(capture)} (${status}).`
      : `${gateway} got no answer from ${upstream} (${status}): the connection ${sides(capture)} did not come about.`,
    explanation: `${none ? 'Servers are taken out of use after connections or health checks failed, so the cause stands in earlier lines.' : reasonsText(status)} A TLS failure towards the ${behind(capture)} looks the same here: its certificate was not accepted, it wants a client certificate, or the handshake broke. The error log has the line that decides; the command finds it.${clientSide(ended.request, capture)}${timesText(ended.request, capture)}${countText(capture)}\n\nWithout that log, "${showChainCommand(context)}" from the machine of the gateway shows whether the ${behind(capture)} is reached and which certificate it sends.`,
    evidence: requestSpans(capture),
    nextCommand: errorLogCommand(context),
  }
}

const sides = (capture: Capture): string => hopText({ tool: capture.tool, side: 'upstream' })

const reasonsText = (status: number | undefined): string =>
  status === 504
    ? 'The time for it ran out: a firewall drops the packets, the address is wrong, or the upstream hangs.'
    : status === 503
      ? 'As a rule its name does not resolve, or no healthy server is left behind it.'
      : 'The connection was refused, reset or broke off.'

/** Where the products write their errors by default; in a container it is the output of the container. */
const errorLogs: Readonly<Record<string, string>> = {
  kong: '/usr/local/kong/logs/error.log',
  nginx: '/var/log/nginx/error.log',
  apache: '/var/log/apache2/error.log',
}

/** The line that says why a connection to the upstream failed; where the product logs no reason, the connection by hand. */
export function errorLogCommand(context: CaptureContext): string {
  const { capture } = context
  const file = errorLogs[capture.tool]
  if (file === undefined) return showChainCommand(context)
  const at = endpointText(capture)
  const search = at === '' ? `grep -E 'upstream|resolve' ${file}` : `grep -F ${shellWord(at)} ${file}`
  return `${search} | tail -n 5   # in a container: its output (docker logs, kubectl logs)`
}

/** X509_V_ERR by which a gateway says that it found no issuer: what it trusts is what it was given, as a rule a single CA. */
const noIssuer = [2, 20, 27]

/** The gateway lacks the CA of its upstream, or the upstream does not send the certificates up to it. */
export function untrustedUpstream(context: CaptureContext): Draft | undefined {
  const { capture } = context
  const error = capture.verifyErrors.find(({ code }) => noIssuer.includes(code))
  if (capture.kind !== 'log' || capture.side !== 'upstream' || !error || context.leaf) return undefined
  const at = endpointText(capture)
  const upstream = `its ${behind(capture)}${at === '' ? '' : ` ${at}`}`
  const gateway = gatewayFirst(capture)
  return {
    severity: 'error',
    confidence: 'likely',
    owner: 'client',
    title: `${gateway} does not trust the CA of ${upstream}: it was not given the root, or the ${behind(capture)} does not send the certificates up to it.`,
    explanation: `${sides(capture).replace(/^b/, 'B')}, ${gatewayOf(capture)} is the client, and trusts only what it was configured with (${trustSetting(capture)}). As a rule the certificate behind it comes from a private CA whose root is not in that file, or only its intermediate is. If the command shows a single certificate whose issuer is an intermediate, the ${behind(capture)} has to send that intermediate instead.${countText(capture)}`,
    evidence: capture.verifyErrors.map(({ span }) => span),
    nextCommand: showChainCommand(context),
  }
}

function trustSetting({ tool }: Capture): string {
  if (tool === 'kong')
    return 'ca_certificates of the service with tls_verify and tls_verify_depth, else lua_ssl_trusted_certificate'
  if (tool === 'nginx')
    return 'proxy_ssl_trusted_certificate, in ingress-nginx the secret of proxy-ssl-secret; proxy_ssl_verify_depth'
  if (tool === 'haproxy') return 'ca-file of the server line'
  if (tool === 'envoy') return 'trusted_ca of the cluster, in Istio the caCertificates of the DestinationRule'
  return tool === 'apache' ? 'SSLProxyCACertificateFile, SSLProxyVerifyDepth' : 'its trusted CA file'
}
