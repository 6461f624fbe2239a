/**
 * Conclusions from the words of a client alone: it names what it has against the certificate, and the certificate is not in
 * the paste. What the words prove is certain; which certificate they are about, or what was sent, they do not prove.
 */

import type { UnixMs } from '../core/brand.ts'
import type { Capture, Failure, ToolId, VerifyError } from '../input/model.ts'
import { matchSignatures, type SignatureMatch } from '../trust/issuer-signatures.ts'
import { parseNameText } from '../x509/name.ts'
import type { CaptureContext } from './context.ts'
import type { Draft } from './contract.ts'
import { gatewayOf } from './hop.ts'
import { clientName, runtimeOf } from './runtimes.ts'
import { failureSpans } from './signals.ts'
import { dateText, distance, issuerElsewhereCommand, place, showChainCommand, shown } from './words.ts'

/** Is there nothing of the peer but what the client says of it? */
export const isTold = ({ served, supplement, capture }: CaptureContext): boolean =>
  served.length === 0 &&
  !supplement &&
  capture.role === 'client' &&
  capture.kind !== 'file' &&
  capture.kind !== 'verification'

/** The first error with one of these numbers, where only the client's words are known. */
export const toldError = (context: CaptureContext, codes: readonly number[]): VerifyError | undefined =>
  isTold(context) ? context.capture.verifyErrors.find(({ code }) => codes.includes(code)) : undefined

/** Products recognised by the names in a message: alternative names that did not fit, and a CA that did not sign. */
export function toldSignatures({ verifyErrors, role }: Capture): readonly SignatureMatch[] {
  if (role === 'server') return []
  const names = verifyErrors.flatMap(({ mismatch }) => mismatch?.names ?? [])
  const candidate = verifyErrors.find((error) => error.candidate)?.candidate?.value
  if (names.length === 0 && candidate === undefined) return []
  return matchSignatures({
    sans: names.map((value) => ({ type: 'DNS', value })),
    ...(names[0] === undefined ? {} : { subject: commonName(names[0]) }),
    ...(candidate === undefined ? {} : { issuer: commonName(candidate) }),
  })
}

const commonName = (value: string) => parseNameText(`CN=${value}`)

/** Names listed in a sentence. */
const shownNames = 8

/** The client compared the names and says that they differ (62: host name, 64: IP address). */
export function toldMismatch(context: CaptureContext, error: VerifyError): Draft {
  const wanted = shown(error.mismatch?.wanted ?? context.target?.host ?? 'the name that was asked for')
  const names = error.mismatch?.names
  const list = names?.slice(0, shownNames).map(shown).join(', ') ?? ''
  const more = names && names.length > shownNames ? `, and ${names.length - shownNames} more` : ''
  const nameless = names?.length === 0
  const known = list !== ''
  return {
    ...base(context, error.code),
    confidence: 'certain',
    owner: 'server-operator',
    title: nameless
      ? `The certificate${place(context)} has no subject alternative name, so it is not valid for ${wanted}.`
      : `The certificate${place(context)} is not valid for ${wanted}${known ? `, but for ${list}${more}` : ''}.`,
    explanation: `${clientName(context.capture.tool)} compared the names and says so${
      known || nameless ? '' : '; which names are in the certificate it does not say'
    }.${error.code === 64 ? ' An IP address counts only when it is in the certificate as an address.' : ''}\n\n${
      nameless
        ? `The certificate has to be issued with ${wanted} as an alternative name; the common name alone does not count any more.`
        : `Either the client has to use ${known ? 'one of these names' : 'a name that is in the certificate'}, or the certificate has to be issued with ${wanted}, or another server than the intended one answers: look there when the names belong to another site, to a load balancer or to a product's default.`
    }`,
    nextCommand: `${showChainCommand(context)} | openssl x509 -noout -subject -ext subjectAltName`,
  }
}

/** The names that did not fit are those of a product's default certificate. */
export const toldDefault = (context: CaptureContext, error: VerifyError, vendor: string): Draft => ({
  ...base(context, error.code),
  confidence: 'likely',
  owner: 'server-operator',
  title: `The server${place(context)} presents the default certificate of ${vendor}, by its name ${error.mismatch?.names?.slice(0, 2).map(shown).join(', ')}.`,
  explanation: `${vendor} falls back to this certificate when none is configured for the name that was asked for, or no name was sent. Check which certificate is bound to this name, that the secret or file it refers to exists, and that the configuration was reloaded.`,
  nextCommand: showChainCommand(context),
})

/** The client says that a certificate has expired (10), or is not valid yet (9). */
export function toldDates(context: CaptureContext, error: VerifyError): Draft {
  const expired = error.code === 10
  const leaf = error.depth === 0
  const date = error.date?.value
  const when =
    date === undefined
      ? ''
      : expired
        ? ` on ${dateText(date)}${agoText(date, context.at)},`
        : `: it starts on ${dateText(date)},`
  return {
    ...base(context, error.code),
    confidence: leaf ? 'certain' : 'likely',
    owner: 'server-operator',
    title: `${leaf ? 'The' : 'A'} certificate${place(context)} ${expired ? (date === undefined ? 'has expired,' : 'expired') : date === undefined ? 'is not valid yet,' : 'is not valid yet'}${when} says ${teller(context.capture)}.`,
    explanation: `${
      leaf
        ? 'It is the certificate of the server itself.'
        : `The message does not tell which certificate of the chain it is about. As a rule it is that of the server; the dates of an intermediate that the server sends have to be checked as well.`
    }${
      date === undefined
        ? ' Some programs say the same of a certificate that has expired and of one that is not valid yet, and all of them judge by their own clock: compare "date -u" on that machine.'
        : ''
    }\n\n${
      expired
        ? 'A new certificate has to be installed. If a newer one exists already, the server was not reloaded, or another server answers at this address.'
        : 'Either it was installed too early, or the clock of the client is behind.'
    }`,
    nextCommand: `${showChainCommand(context)} | openssl x509 -noout -subject -issuer -dates; date -u`,
  }
}

/** The client says that a certificate above that of the server has expired. */
export function toldIssuerDates(context: CaptureContext, error: VerifyError): Draft {
  const name = error.candidate ? ` "${shown(error.candidate.value)}"` : ''
  const date = error.date?.value
  return {
    ...base(context, error.code),
    confidence: 'likely',
    owner: 'server-operator',
    title: `The CA certificate${name}${place(context)} ${date === undefined ? 'has expired' : `expired on ${dateText(date)}${agoText(date, context.at)}`}, says ${teller(context.capture)}.`,
    explanation: `It is a certificate above that of the server. The message does not tell whether the server sends it or the client has it in its own files: when it is in the output of the command below, the server has to send the current certificate of that CA instead, else the trust store of the client has to be updated.${storeText(context)}`,
    nextCommand: showChainCommand(context),
  }
}

/** Who says it: towards an upstream the gateway is the client. */
const teller = (capture: Capture): string => (capture.kind === 'log' ? gatewayOf(capture) : 'the client')

const agoText = (date: UnixMs, at: UnixMs): string => (date < at ? `, ${distance(date, at)} ago` : '')

/** The client says that the certificate signs itself (18). */
export const toldSelfSigned = (context: CaptureContext): Draft => ({
  ...base(context, 18),
  confidence: 'certain',
  owner: 'server-operator',
  title: `The certificate${place(context)} is self-signed, says ${teller(context.capture)}.`,
  explanation: `Its issuer is itself, so there is no chain to complete. Install a certificate of a CA that the clients trust. Where that is not possible, this very certificate can be added to the trust store of each client, after its fingerprint was confirmed with the owner of the server by another way.${storeText(context)}`,
  nextCommand: `${showChainCommand(context)} | openssl x509 -noout -subject -issuer -fingerprint -sha256`,
})

/** The client had the certificate of the server and nothing above it (21). */
export const toldLeafOnly = (context: CaptureContext): Draft => ({
  ...base(context, 21),
  confidence: 'likely',
  owner: 'server-operator',
  title: `The certificate${place(context)} probably comes without its intermediate certificate.`,
  explanation: `The client had only one certificate to work with: nothing above it was sent that fits, and its issuer is not in the trust store. Public CAs never issue server certificates from a root, so for a public certificate an intermediate is missing in what is sent. A private CA, or a proxy that inspects TLS, may issue from its root; then it is that root which this client lacks. The issuer in the output of the command below tells.${storeText(context)}`,
  nextCommand: showChainCommand(context),
})

/** Programs that do not tell a root at the end of a chain from a server certificate that signs itself. */
const alsoLeaf: ReadonlySet<ToolId> = new Set<ToolId>(['dotnet', 'powershell'])

/** What was sent ends at a root that the client does not trust (19). */
export const toldUnknownRoot = (context: CaptureContext): Draft => ({
  ...base(context, 19),
  confidence: 'likely',
  owner: 'client',
  title: `The chain${place(context)} ends at a root that this client does not trust.`,
  explanation: `A self-signed certificate stands at its end, and it is not in the trust store of the client. As a rule it is the root of a private CA, or of a proxy that inspects TLS and signs certificates anew; the message does not name it.${alsoLeaf.has(context.capture.tool) ? ' Windows and .NET say the same of a server certificate that signs itself.' : ''} The last issuer in the output of the command below does; another issuer from another network proves a proxy. If the root turns out to be public, the store is too old. A root goes into a trust store only after its SHA-256 fingerprint was confirmed by another way than this connection.${storeText(context)}`,
  nextCommand: showChainCommand(context),
})

/** The client has a CA of the right name, and its key did not make the signature: Go says so. */
export function toldOtherKey(context: CaptureContext, error: VerifyError): Draft | undefined {
  if (!error.candidate) return undefined
  const name = `"${shown(error.candidate.value)}"`
  return {
    ...base(context, error.code),
    confidence: 'likely',
    owner: 'client',
    title: `The client trusts a CA ${name}, but another key than that of its certificate signed the chain${place(context)}.`,
    explanation: `The name fits and the signature does not: there are two CAs of the name ${name}. As a rule the CA was set up anew and the client still has the old certificate, as a kubeconfig of a cluster that was rebuilt; or something in between signs in that name. Give the client the certificate of the CA that signs now, with its fingerprint confirmed by its owner.${storeText(context)}`,
    nextCommand: showChainCommand(context),
  }
}

/** The client itself found something in between, or names a CA of a product that inspects TLS. */
export function toldInterception(context: CaptureContext, match: SignatureMatch | undefined): Draft | undefined {
  if (!isTold(context)) return undefined
  const found = context.capture.failures.find(({ kind }) => kind === 'intercepted')
  const error = context.capture.verifyErrors.find(({ candidate }) => candidate)
  if (!found && !(match && error && match.signature.confidence !== 'hint')) return undefined
  const host = context.target ? shown(context.target.host) : 'the server'
  const vendor = match && !match.signature.vendor.startsWith('Unnamed') ? ` (${match.signature.vendor})` : ''
  return {
    severity: 'error',
    confidence: found ? 'certain' : 'likely',
    owner: 'proxy-team',
    title: found
      ? `${clientName(context.capture.tool)} says that something in between signs the certificate for ${host} itself.`
      : `A TLS-inspecting proxy${vendor} probably issued the certificate for ${host}, not the server's own CA.`,
    explanation: `${
      found
        ? `The code "${shown(found.text)}" is for certificates of a proxy or a program on the machine that inspects TLS, and not for faults of the server.`
        : `The client tried the CA "${shown(error?.candidate?.value ?? '')}", a name of such a product, and the signature is by another key than it has.`
    } Changing the server does not help. Whoever runs the proxy can exempt the host from inspection, or its root has to be in the trust store of the client; on a machine of your own, look for security software that inspects HTTPS.${storeText(context)}`,
    evidence: found ? [found.span] : failureSpans(context, error ? [error.code] : []),
    nextCommand: issuerElsewhereCommand(context),
  }
}

/** The client could not read its own trust store, or found nothing in it: no certificate of any server would do. */
export function toldNoStore(context: CaptureContext, failure: Failure): Draft {
  const look = runtimeOf(context.capture.tool)?.look
  return {
    severity: 'error',
    confidence: 'certain',
    owner: 'client',
    title: `${clientName(context.capture.tool)} could not load its own trust store, or found no certificate in it.`,
    explanation: `It says "${shown(failure.text)}". Without a trust store no server is trusted, whatever it sends; this says nothing of the server. Check that the file exists at that path on the machine or in the container, that the user of the program may read it, and that its type and password fit.${storeText(context)}`,
    evidence: [failure.span],
    ...(look === undefined ? {} : { nextCommand: look }),
  }
}

/** Where the client of the message looks for roots, as an addition to a text. */
export function storeText(context: CaptureContext): string {
  const runtime = runtimeOf(context.capture.tool)
  return runtime === undefined ? '' : `\n\n${runtime.store}`
}

const base = (context: CaptureContext, code: number) => ({
  severity: 'error' as const,
  evidence: failureSpans(context, [code]),
})
