/** RFC 9525 section 6: the name the client wanted must be among the subject alternative names; the common name does not count. */
import { checkHost } from '../../chain/hostname.ts'
import { fail, notApplicable, pass, unknown, type CaptureRule, type Outcome } from '../contract.ts'
import type { CaptureContext } from '../context.ts'
import { failureSpans } from '../signals.ts'
import { quoted, showChainCommand } from '../words.ts'

const codes = [62, 64]

export const hostnameMismatch: CaptureRule = {
  scope: 'capture',
  meta: {
    slug: 'hostname-mismatch',
    title: 'The certificate is not valid for the name that was asked for.',
    why: 'Clients refuse it, whoever issued it.',
    cause: true,
    explains: codes,
    sources: ['RFC 9525 section 6', 'RFC 2818 section 3.1'],
  },
  check,
}

function check(context: CaptureContext): Outcome {
  const { leaf, target } = context
  if (!leaf || context.supplement) return notApplicable('there is no server certificate')
  const reported = codes.some((code) => context.codes.has(code))
  if (!leaf.certificate) {
    if (!reported) return unknown('the names of the certificate are not in the paste')
    return fail({
      severity: 'error',
      confidence: 'certain',
      owner: 'server-operator',
      title: `The certificate ${quoted(leaf.subject)} is not valid for ${target?.host ?? 'the name that was asked for'}.`,
      explanation: 'The client compared the names and says so. The names in the certificate are not in the paste.',
      evidence: [leaf.span, ...failureSpans(context, codes)],
      nextCommand: `${showChainCommand(context)} | openssl x509 -noout -ext subjectAltName`,
    })
  }
  if (!target) return reported ? failing(context, undefined) : unknown('the name that the client wanted is not known')
  const result = checkHost(leaf.certificate, target.host)
  if (result.matches && !reported) return pass
  if (result.matches) return failing(context, undefined)
  // `-connect ADDRESS` without a name says where to look, not which name clients use.
  if (target.from === 'connect' && /^[\d.]+$|:/.test(target.host) && !reported)
    return unknown(`only the address ${target.host} is known, not the name that clients use`)
  return failing(context, result)
}

function failing(context: CaptureContext, result: ReturnType<typeof checkHost> | undefined): Outcome {
  const { leaf, target } = context
  const host = target?.host ?? 'the name that was asked for'
  const sans = leaf?.certificate?.subjectAltNames.filter((name) => name.type === 'DNS' || name.type === 'IP') ?? []
  const shown = sans.slice(0, 12).map((name) => name.value)
  const more = sans.length > shown.length ? `, and ${sans.length - shown.length} more` : ''
  const names = shown.length > 0 ? `It is valid for: ${shown.join(', ')}${more}.` : 'It has no subject alternative name at all.'
  const commonName = result?.wouldMatchCommonName
    ? '\n\nIts common name would match. Some old clients still look there; browsers, Go, Java and OpenSSL with a list of alternative names do not.'
    : ''
  return fail({
    severity: 'error',
    confidence: 'certain',
    owner: 'server-operator',
    title: `The certificate ${leaf ? quoted(leaf.subject) : ''} is not valid for ${host}.`,
    explanation: `${names}${result ? near(result) : ''}${commonName}${unchecked(context)}\n\nEither the client has to use one of these names, or the certificate has to be issued with ${host}, or another server than the intended one answers.`,
    evidence: [...(leaf ? [leaf.span] : []), ...(target?.span ? [target.span] : []), ...failureSpans(context, codes)],
    nextCommand: `${showChainCommand(context)} | openssl x509 -noout -checkhost ${host}`,
    ...(leaf?.certificate ? { certificate: leaf.certificate.sha256 } : {}),
  })
}

/** `s_client` compares names only when it is told to. */
const unchecked = (context: CaptureContext): string =>
  context.toolOk && context.capture.command?.verifyHostname === undefined
    ? '\n\nopenssl s_client reports success all the same, because it compares names only with -verify_hostname. Clients compare them always.'
    : ''

const near = (result: ReturnType<typeof checkHost>): string =>
  result.nearMisses.length === 0 ? '' : ` ${result.nearMisses.map((miss) => miss.message).join(' ')}`
