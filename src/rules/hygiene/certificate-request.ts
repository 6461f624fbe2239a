/** RFC 2986: a request asks a CA for a certificate; no server and no client can use it in place of one. */
import type { Certificate, PublicKey } from '../../x509/model.ts'
import type { InputContext } from '../context.ts'
import { type Draft, fail, type InputRule, notApplicable } from '../contract.ts'
import { type FoundRequest, requestsOf } from '../requests.ts'
import { quoted, shown } from '../words.ts'

export const certificateRequest: InputRule = {
  scope: 'input',
  meta: {
    slug: 'certificate-request',
    title: 'The input holds a certificate request, which is not a certificate.',
    why: 'The two are mixed up easily. What can be told of a request is whom it is for, and whether a certificate of the input has its key.',
    cause: false,
    explains: [],
    sources: ['RFC 2986'],
  },
  check(context) {
    const requests = context.captures.flatMap(requestsOf).slice(0, maximumRequests)
    if (requests.length === 0) return notApplicable('there is no certificate request')
    const certificates = certificatesOf(context)
    return fail(...requests.map((found) => draft(found, certificates)))
  },
}

/** Requests of one input that are told of. */
const maximumRequests = 20
/** Names of one request that are told. */
const maximumNames = 12

const certificatesOf = (context: InputContext): ReadonlyMap<string, Certificate> =>
  new Map(
    context.captures.flatMap(({ decoded }) =>
      decoded.map(({ certificate }) => [certificate.sha256, certificate] as const),
    ),
  )

function draft({ block, request }: FoundRequest, certificates: ReadonlyMap<string, Certificate>): Draft {
  const { subject, subjectAltNames, publicKey } = request
  const names = subjectAltNames.slice(0, maximumNames).map(({ value }) => shown(value))
  const more = subjectAltNames.length > maximumNames ? `, and ${subjectAltNames.length - maximumNames} more` : ''
  const asked =
    names.length === 0 ? 'It asks for no names (no SAN extension).' : `It asks for ${names.join(', ')}${more}.`
  const same = [...certificates.values()].filter(
    (certificate) => certificate.publicKey.spkiSha256 === publicKey.spkiSha256,
  )
  const whose = subject.rdns.length === 0 ? (names[0] ?? 'an empty name') : quoted(subject)
  return {
    severity: 'info',
    confidence: 'certain',
    owner: 'reporter',
    title: `This is a certificate request for ${whose}, not a certificate.`,
    explanation: `${asked} Its key is ${keyText(publicKey)}. ${matchText(same, certificates.size)}`,
    evidence: [block.span],
    ...(same[0] ? { certificate: same[0].sha256 } : {}),
  }
}

function matchText(same: readonly Certificate[], all: number): string {
  const [first] = same
  if (first)
    return `The certificate ${quoted(first.subject)} of this input has the same key${same.length > 1 ? `, and ${same.length - 1} more have it` : ''}.`
  if (all === 0) return 'A CA makes a certificate of it, and the certificate is what a server or client needs.'
  return all === 1
    ? 'The certificate of this input has another key.'
    : `None of the ${all} certificates of this input has its key.`
}

const keyText = ({ algorithm, curve, bits }: PublicKey): string =>
  [algorithm, curve ?? bits].filter((part) => part !== undefined).join(' ')
