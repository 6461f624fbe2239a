/** RFC 9525 section 6: the name the client wanted must be among the subject alternative names; the common name does not count. */
import { isIpAddress } from '../../chain/host-ip.ts'
import { checkHost, type HostCheck } from '../../chain/hostname.ts'
import type { CaptureContext, ServedEntry } from '../context.ts'
import { type CaptureRule, type Draft, fail, notApplicable, type Outcome, pass, unknown } from '../contract.ts'
import { failureSpans, isClientCertificate } from '../signals.ts'
import { toldError, toldMismatch } from '../told.ts'
import { quoted, shellWord, showChainCommand, shown } from '../words.ts'

/** X509_V_ERR: host name mismatch, IP address mismatch. */
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
  const told = toldError(context, codes)
  if (told) return fail(toldMismatch(context, told))
  if (!leaf || context.supplement) return notApplicable('there is no server certificate')
  if (isClientCertificate(context)) return notApplicable('the certificate is for a client')
  const reported = codes.some((code) => context.codes.has(code))
  if (!leaf.certificate) {
    if (!reported) return unknown('the names of the certificate are not in the paste')
    const text = 'The client compared the names and says so. The names in the certificate are not in the paste.'
    return fail({
      ...draft(context, leaf, text),
      nextCommand: `${showChainCommand(context)} | openssl x509 -noout -ext subjectAltName`,
    })
  }
  const result = target && checkHost(leaf.certificate, target.host)
  if (reported) return fail(draft(context, leaf, explain(context, leaf, result?.matches ? undefined : result)))
  if (!result) return unknown('the name that the client wanted is not known')
  if (result.matches) return pass
  if (target.from !== 'connect') return fail(draft(context, leaf, explain(context, leaf, result)))
  // `-connect` says where to look, which need not be the name that clients use.
  if (isIpAddress(target.host))
    return unknown(`only the address ${target.host} is known, not the name that clients use`)
  const text = `${explain(context, leaf, result)}\n\nOnly -connect says ${shown(target.host)}. If clients use another name, repeat the command with that name as -servername.`
  return fail({ ...draft(context, leaf, text), confidence: 'likely' })
}

function explain(context: CaptureContext, leaf: ServedEntry, result: HostCheck | undefined): string {
  const host = context.target ? shown(context.target.host) : 'the name that was asked for'
  const sans =
    leaf.certificate?.subjectAltNames
      .filter((name) => name.type === 'DNS' || name.type === 'IP')
      .map((name) => shown(name.value)) ?? []
  const more = sans.length > shownNames ? `, and ${sans.length - shownNames} more` : ''
  const names =
    sans.length > 0
      ? `It is valid for: ${sans.slice(0, shownNames).join(', ')}${more}.`
      : 'It has no subject alternative name at all.'
  const remedy =
    sans.length > 0
      ? `Either the client has to use one of these names, or the certificate has to be issued with ${host}, or another server than the intended one answers.`
      : `The certificate has to be issued with ${host} as an alternative name.`
  const near = (result?.nearMisses ?? []).map((miss) => ` ${miss.message}`).join('')
  const commonName = result?.wouldMatchCommonName
    ? '\n\nIts common name fits. OpenSSL, curl, wget, Java and Node still look there when there is no DNS name among the alternative ones; browsers, Apple, Android, Go and Python do not.'
    : ''
  return `${names}${near}${tooBroad(result)}${commonName}${unchecked(context)}\n\n${remedy}`
}

/** Clients differ about a wildcard over a public suffix; RFC 9525 section 7.1 leaves it to them. */
const tooBroad = (result: HostCheck | undefined): string =>
  result?.reason === 'wildcard-too-broad'
    ? ' A wildcard among them would cover the name, but stands for all names of a registry or below a single label: Chrome refuses that, and so do Firefox, OpenSSL, curl and Node below a single label; Java and Go do not.'
    : ''

/** Names listed in an explanation; certificates of hosting platforms have hundreds. */
const shownNames = 12

/** `s_client` compares names only when it is told to. */
const unchecked = (context: CaptureContext): string =>
  context.toolOk && context.capture.command?.verifyHostname === undefined
    ? '\n\nopenssl s_client reports success all the same, because it compares names only with -verify_hostname. Clients compare them always.'
    : ''

function draft(context: CaptureContext, leaf: ServedEntry, explanation: string): Draft {
  const { target } = context
  const host = target ? shown(target.host) : 'the name that was asked for'
  const nameless = leaf.certificate?.subjectAltNames.length === 0
  return {
    severity: 'error',
    confidence: 'certain',
    owner: 'server-operator',
    title: nameless
      ? `The certificate ${quoted(leaf.subject)} has no subject alternative name, so it is not valid for ${host}.`
      : `The certificate ${quoted(leaf.subject)} is not valid for ${host}.`,
    explanation,
    evidence: [leaf.span, ...(target?.span ? [target.span] : []), ...failureSpans(context, codes)],
    nextCommand: `${showChainCommand(context)} | openssl x509 -noout ${
      target && isIpAddress(target.host) ? '-checkip' : '-checkhost'
    } ${shellWord(target?.host ?? 'HOST')}`,
    ...(leaf.certificate ? { certificate: leaf.certificate.sha256 } : {}),
  }
}
