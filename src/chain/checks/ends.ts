/** What a path that reaches no anchor lacks: RFC 5280 section 6.1 (a path starts at a trust anchor). */
import { shortName } from '../../x509/name.ts'
import { type Check, called, problem } from './check.ts'

/** One problem at the last certificate of a path that does not end at an anchor. */
export const checkEnd: Check = (path) => {
  const index = path.certificates.length - 1
  const last = path.certificates[index]
  if (last === undefined || path.end === 'anchor') return []
  if (path.end === 'self-signed') {
    const what = index === 0 ? 'is self-signed and' : 'is a self-signed root that'
    const message = `${called(last)} ${what} is not among the trusted roots.`
    return [problem(path, index, 'untrusted-root', message, { actual: last.sha256 })]
  }
  const issuer = shortName(last.issuer)
  if (path.end === 'limit') {
    const message = `The search above ${called(last)} was ended by a work limit before an issuer was settled.`
    return [problem(path, index, 'search-limit', message, { expected: issuer })]
  }
  const message =
    path.end === 'circle'
      ? `${called(last)} was issued by "${issuer}", which is in this path already: these certificates certify each other in a circle.`
      : `${called(last)} was issued by "${issuer}", which is neither at hand nor among the trusted roots.`
  return [problem(path, index, 'issuer-not-found', message, { expected: issuer })]
}
