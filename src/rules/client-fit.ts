/** Would the server of a capture accept a client certificate that is elsewhere in the input? Each answer is proven or left open. */
import { checkHost } from '../chain/hostname.ts'
import type { Span } from '../core/span.ts'
import type { CommandLine, PrintedName } from '../input/model.ts'
import type { Certificate, Name } from '../x509/model.ts'
import { sameNameLoosely } from '../x509/name.ts'
import { keyFits } from './client-algorithms.ts'
import { requestedOf } from './client-auth.ts'
import type { CaptureContext } from './context.ts'
import { dateText, quoted, shown } from './words.ts'

/** A client certificate of the input, held against what a server asks for. */
export interface ClientFit {
  readonly file: string
  readonly certificate: Certificate
  readonly span: Span
  /** Why the server refuses it, or the client does not send it; each a sentence, proven. */
  readonly against: readonly string[]
  /** What cannot be told; each a sentence. */
  readonly open: readonly string[]
  /** What the server names that the certificate leads to. */
  readonly reaches?: PrintedName
  /** Certificates that have to be sent with it and are not in its file, lowest first. */
  readonly toSend: readonly Name[]
}

/** Client certificates of one input that are held against a server. */
const maximumCandidates = 10

/** Every client certificate in the input, as this server would judge it; none where the capture shows no server that asks. */
export function clientFits(context: CaptureContext): readonly ClientFit[] {
  if (context.capture.kind === 'file' || context.capture.kind === 'verification') return []
  return context.input.captures
    .flatMap((candidate) => {
      const certificate = candidate.leaf?.certificate
      return certificate && isCandidate(context, candidate, certificate) ? [{ candidate, certificate }] : []
    })
    .slice(0, maximumCandidates)
    .map(({ candidate, certificate }) => fitOf(context, candidate, certificate))
}

/** RFC 5280 section 4.2.1.12. */
const clientAuth = '1.3.6.1.5.5.7.3.2'
const serverAuth = '1.3.6.1.5.5.7.3.1'
const anyUsage = '2.5.29.37.0'

function isCandidate(context: CaptureContext, candidate: CaptureContext, certificate: Certificate): boolean {
  if (candidate.capture.kind !== 'file') return false
  if (context.served.some((entry) => entry.certificate?.sha256 === certificate.sha256)) return false
  if (allowsClients(certificate) && candidate.purpose === 'client') return true
  if (isNamed(context, candidate)) return true
  // One for servers, or for anything, is a candidate where a client certificate is asked for and it is not that server's own.
  const host = context.target?.host
  const ofServer = certificate.isCa || (host !== undefined && checkHost(certificate, host).matches)
  return requestedOf(context) === 'yes' && !ofServer
}

/** Does the command name the file? */
function isNamed(context: CaptureContext, candidate: CaptureContext): boolean {
  const named = context.capture.command?.clientCertificate
  return named !== undefined && baseName(named) === baseName(fileOf(candidate))
}

const baseName = (path: string): string => path.split(/[\\/]/).at(-1) ?? path

const fileOf = ({ input, capture }: CaptureContext): string => input.documents[capture.document]?.name ?? ''

function allowsClients({ extendedKeyUsage }: Certificate): boolean {
  const usages: readonly string[] | undefined = extendedKeyUsage
  return usages === undefined || usages.includes(clientAuth) || usages.includes(anyUsage)
}

function fitOf(context: CaptureContext, candidate: CaptureContext, certificate: Certificate): ClientFit {
  const against: string[] = []
  const open: string[] = []
  const { at } = context
  if (certificate.notAfter < at) against.push(`It expired on ${dateText(certificate.notAfter)}.`)
  if (certificate.notBefore > at) against.push(`It is valid only from ${dateText(certificate.notBefore)} on.`)
  if (!allowsClients(certificate)) {
    const usages: readonly string[] = certificate.extendedKeyUsage ?? []
    against.push(
      `Its extended key usage does not include clientAuth${usages.includes(serverAuth) ? ': it is a server certificate' : ''}.`,
    )
  }
  if (certificate.keyUsage && !certificate.keyUsage.includes('digitalSignature'))
    against.push('Its key usage does not include digitalSignature, which the proof of the key needs.')
  if (candidate.revocation.some(({ index, outcome }) => index === 0 && outcome.status === 'revoked'))
    against.push('A revocation list or OCSP response of the input says that it is revoked.')
  const { algorithms, acceptableCas, anyCa } = context.capture.clientAuth
  if (algorithms && keyFits(certificate.publicKey, algorithms.value) === false)
    against.push(
      `The server takes no signature of its key (${keyText(certificate)}); it asks for ${shown(algorithms.value.join(', '))}.`,
    )
  against.push(...pathProblems(candidate))
  const base = { file: fileOf(candidate), certificate, span: candidate.leaf?.span ?? candidate.capture.span }
  if (acceptableCas.length === 0) {
    open.push(
      anyCa
        ? 'The server names no CA, so which ones it trusts is not known.'
        : 'Which CAs the server accepts is not in the paste.',
    )
    return { ...base, against, open, toSend: [] }
  }
  return { ...base, ...towards(context, candidate, certificate, against, open) }
}

const keyText = ({ publicKey }: Certificate): string =>
  `${publicKey.algorithm}${publicKey.curve ? ` ${publicKey.curve}` : publicKey.bits ? ` ${publicKey.bits}` : ''}`

/** Faults of its chain that are told of no trust store. */
const pathCodes: ReadonlySet<string> = new Set([
  'signature-invalid',
  'not-a-ca',
  'path-length-exceeded',
  'weak-key',
  'weak-digest',
  'name-constraints',
])

function pathProblems({ build }: CaptureContext): string[] {
  const problems = build?.paths[0]?.problems ?? []
  return problems
    .filter(({ code, severity }) => severity === 'fatal' && pathCodes.has(code))
    .map(({ message }) => message)
}

/** openssl-s_client(1): -cert takes one certificate, and what goes with it comes by -cert_chain. */
const sendsFirstOnly = (command: CommandLine | undefined): boolean =>
  command?.program === 's_client' && !/\s-{1,2}(?:cert_chain|build_chain)\b/.test(command.text)
const firstOnly =
  'openssl s_client sends only the first certificate of the file given with -cert; the intermediates in it need -cert_chain with the same file.'

/** RFC 8446 section 4.2.4: the chain of the client should lead to one of the CAs that the server names. */
function towards(
  { capture }: CaptureContext,
  candidate: CaptureContext,
  leaf: Certificate,
  against: readonly string[],
  open: readonly string[],
): Pick<ClientFit, 'against' | 'open' | 'reaches' | 'toSend'> {
  const accepted = capture.clientAuth.acceptableCas
  const named = (name: Name) => accepted.find((entry) => sameNameLoosely(entry.name, name))
  let top: Certificate | undefined
  for (const path of candidate.build?.paths ?? []) {
    const broken = path.signatures.indexOf('invalid')
    for (const [index, certificate] of path.certificates.entries()) {
      if (broken !== -1 && index > broken) break
      const reaches = named(certificate.issuer) ?? (certificate.selfIssued ? named(certificate.subject) : undefined)
      if (!reaches) continue
      const own = new Set(candidate.decoded.map((entry) => entry.certificate.sha256))
      const needed = path.certificates.slice(1, index + 1).filter((entry) => !entry.selfIssued)
      const toSend = needed.filter((entry) => !own.has(entry.sha256)).map((entry) => entry.subject)
      const alone = needed.length > 0 && toSend.length === 0 && sendsFirstOnly(capture.command)
      return { against, open: alone ? [...open, firstOnly] : open, reaches, toSend }
    }
    top ??= path.certificates.at(-1)
  }
  const names = accepted.slice(0, 3).map(({ name }) => quoted(name))
  const list = `${names.join(', ')}${accepted.length > 3 ? `, ... (${accepted.length} in all)` : ''}`
  if (top === undefined || !top.selfIssued)
    return {
      against,
      open: [
        ...open,
        `Its issuer ${quoted((top ?? leaf).issuer)} is not among the CAs that the server names (${list}); whether one of them stands above it cannot be told, for its certificate is not in the input.`,
      ],
      toSend: [],
    }
  return {
    against: [
      ...against,
      `Its chain ends at ${quoted(top.subject)}, and no CA on the way is among those that the server names (${list}).`,
    ],
    open,
    toSend: [],
  }
}
