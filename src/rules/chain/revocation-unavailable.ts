/** RFC 5280 section 6.3.3: without a current CRL or response from an authorised issuer, the status is undetermined. */

import type { ToolId } from '../../input/model.ts'
import type { CaptureContext } from '../context.ts'
import { type CaptureRule, fail, notApplicable, type Outcome, pass } from '../contract.ts'
import { failureSpans } from '../signals.ts'
import { place, quoted, showChainCommand, shown } from '../words.ts'

/** X509_V_ERR: no CRL, CRL not yet valid or expired, no CRL issuer, scope, CRL path, no OCSP response. */
const codes = [3, 11, 12, 33, 44, 54, 73, 100]

export const revocationUnavailable: CaptureRule = {
  scope: 'capture',
  meta: {
    slug: 'revocation-unavailable',
    title: 'Whether a certificate is revoked could not be found out.',
    why: 'Clients that insist on an answer (hard-fail) refuse the connection, although the certificate may be good.',
    cause: true,
    explains: codes,
    sources: ['RFC 5280 section 6.3.3', 'OpenSSL openssl-verification-options(1)'],
  },
  check,
}

function check(context: CaptureContext): Outcome {
  if (context.supplement) return notApplicable('there is no server certificate')
  const reported = codes.find((code) => context.codes.has(code))
  if (reported !== undefined) return refused(context, reported)
  const open = context.revocation.find(({ outcome }) => outcome.status === 'unknown')
  if (context.revocation.length === 0) return notApplicable('no CRL and no OCSP response is in the input')
  if (open?.outcome.status !== 'unknown') return pass
  const certificate = context.build?.paths[0]?.certificates[open.index]
  const entry = context.served.find((candidate) => candidate.certificate?.sha256 === open.certificate)
  return fail({
    severity: 'info',
    confidence: 'certain',
    owner: 'reporter',
    title: `Whether ${certificate ? quoted(certificate.subject) : 'a certificate'} is revoked cannot be told from this input.`,
    explanation: open.outcome.why,
    evidence: entry ? [entry.span] : [],
    ...(certificate ? { certificate: certificate.sha256 } : {}),
  })
}

/** Clients that ask the CA by themselves: those on Windows, and browsers. */
const fetching: ReadonlySet<ToolId> = new Set(['curl', 'dotnet', 'powershell', 'browser', 'git'])
const fetchesItself =
  'Clients on Windows (Schannel: curl, git, .NET, PowerShell) ask the CA themselves, and fail where its address cannot be reached: behind a proxy that the system account does not know, or where an inspecting proxy issued the certificate, whose CA answers no such question. Make the addresses in the certificate (CRL and OCSP) reachable from that machine.'
const toldTo =
  'It was told to check CRLs (-crl_check and the like), and has no current CRL of the issuer. Give the client a current CRL of every CA that it checks; where it fetches CRLs itself, their address has to be reachable from it.'

function refused(context: CaptureContext, code: number): Outcome {
  const error = context.capture.verifyErrors.find((candidate) => candidate.code === code)
  const words = error?.text ?? context.capture.verifyResult?.text ?? ''
  return fail({
    severity: 'error',
    confidence: 'certain',
    owner: 'client',
    title: `The client insists on knowing whether the certificate${place(context)} is revoked, and could not find out.`,
    explanation: `It reports "${shown(words)}". The certificate itself may be good. ${
      fetching.has(context.capture.tool) ? fetchesItself : toldTo
    }`,
    evidence: failureSpans(context, codes),
    nextCommand: `${showChainCommand(context)} | openssl x509 -noout -ext crlDistributionPoints`,
  })
}
