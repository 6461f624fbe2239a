/** RFC 5280 section 6.1.4: what a CA certificate permits limits everything below it. */
import type { PathProblemCode } from '../../chain/model.ts'
import { type CaptureRule, fail, notApplicable, pass } from '../contract.ts'
import { entryOf, failureSpans, nameAtDepth, trustOf } from '../signals.ts'
import { isTold } from '../told.ts'
import { place, quoted, showChainCommand, shown } from '../words.ts'

/** X509_V_ERR of checks that OpenSSL makes with -x509_strict only; Python does so by default since 3.13. */
const strict = [80, 81, 82, 83, 84, 85, 86, 87, 88, 89, 90, 91, 92, 93, 94]
/**
 * X509_V_ERR: invalid CA (24 up to 1.1.1, 79 since 3.0), path length, purpose, certificate signing, critical extension, digital
 * signature, name constraints.
 */
const codes = [24, 25, 26, 32, 34, 39, 47, 48, 49, 51, 52, 53, 79, ...strict]

const problemCodes: ReadonlySet<PathProblemCode> = new Set<PathProblemCode>([
  'not-a-ca',
  'path-length-exceeded',
  'key-usage-no-cert-sign',
  'extended-key-usage',
  'netscape-cert-type',
  'unknown-critical-extension',
  'name-constraints',
  'algorithm-mismatch',
  'duplicate-extension',
  'malformed-extension',
  'policy',
  'explicit-curve',
  'unsupported-version',
  'encoding',
])

export const caConstraintViolation: CaptureRule = {
  scope: 'capture',
  meta: {
    slug: 'ca-constraint-violation',
    title: 'A certificate is used for something that it or a CA above it does not permit.',
    why: 'Clients reject the path whatever their trust store holds.',
    cause: true,
    explains: codes,
    sources: ['RFC 5280 section 6.1.4', 'RFC 5280 section 4.2.1'],
  },
  check(context) {
    const reported = codes.some((code) => context.codes.has(code))
    const paths = context.build?.paths ?? []
    if (context.supplement || (paths.length === 0 && !reported)) return notApplicable('no certificate to check')
    if (!reported && paths.some((path) => !path.problems.some(isViolation))) return pass
    const problems = (paths[0]?.problems ?? []).filter(isViolation)
    const first = problems[0]
    const entry = entryOf(context, first?.certificate)
    const error = context.capture.verifyErrors.find(({ code }) => codes.includes(code))
    const named = error?.depth === undefined ? undefined : nameAtDepth(context, error.depth)
    const wrongLeaf = first
      ? first.code === 'extended-key-usage' && first.index === 0
      : (error?.code === 26 || error?.code === 39) && (error.depth ?? (isTold(context) ? 0 : 1)) === 0
    return fail({
      severity: !reported && trustOf(context) === 'trusted' ? 'warning' : 'error',
      confidence: first ? 'certain' : 'likely',
      owner: wrongLeaf ? 'server-operator' : 'ca',
      title:
        first?.message ??
        `The client refuses ${named ? quoted(named.name) : 'a certificate'}${place(context)}: "${shown(error?.text ?? context.capture.verifyResult?.text ?? 'not permitted')}".`,
      explanation: [
        ...problems.slice(1).map((problem) => problem.message),
        wrongLeaf
          ? 'Trusting the root does not help: a certificate that is made for this purpose has to be installed in its place.'
          : error !== undefined && strict.includes(error.code)
            ? strictText
            : 'Trusting the root does not help: the limit is inside a certificate of the chain, so a certificate has to be issued anew, or another chain has to be sent.',
      ].join(' '),
      evidence: [...(entry ? [entry.span] : []), ...failureSpans(context, codes)],
      ...(first ? { certificate: first.certificate } : {}),
      nextCommand: showChainCommand(context),
    })
  },
}

const strictText =
  'The client verifies strictly (-x509_strict of OpenSSL, the default of Python since 3.13) and refuses a certificate that leaves out what RFC 5280 requires; others accept it. Trusting the root does not help: the certificate of the CA has to be issued anew. Private CAs and proxies that inspect TLS are met with this most.'

const isViolation = (problem: { code: PathProblemCode; severity: string }) =>
  problem.severity === 'fatal' && problemCodes.has(problem.code)
