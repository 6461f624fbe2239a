/** Extensions that no client can pass over: RFC 5280 sections 4.2, 6.1.4 (o) and 6.1.5 (f). */
import { criticalExtensionsHandled, decisiveExtensions } from '../../standards/policy.ts'
import type { Extension } from '../../x509/model.ts'
import { type Check, called, isWaived, problem } from './check.ts'

/** Critical extensions that clients do not process. */
export const checkCritical: Check = (path, options) =>
  path.certificates.flatMap((certificate, index) => {
    if (isWaived(path, index, options, 'criticalExtensions')) return []
    return certificate.extensions
      .filter((extension) => extension.critical && !criticalExtensionsHandled.has(extension.oid))
      .map((extension) => {
        const message = `${called(certificate)} has the critical extension ${label(extension)}, which clients do not process and must therefore refuse.`
        return problem(path, index, 'unknown-critical-extension', message, { actual: extension.oid })
      })
  })

/** Extensions that a certificate has more than once. */
export const checkDuplicates: Check = (path) =>
  path.certificates.flatMap((certificate, index) => {
    const counts = new Map<string, { extension: Extension; count: number }>()
    for (const extension of certificate.extensions) {
      const seen = counts.get(extension.oid)
      if (seen === undefined) counts.set(extension.oid, { extension, count: 1 })
      else seen.count++
    }
    return [...counts.values()]
      .filter(({ count }) => count > 1)
      .map(({ extension, count }) => {
        const message = `${called(certificate)} has the extension ${label(extension)} ${count} times; RFC 5280 allows it once.`
        return problem(path, index, 'duplicate-extension', message, { actual: `${count} times`, expected: 'once' })
      })
  })

/** Extensions that cannot be decoded although clients need them, or because they are critical. */
export const checkMalformed: Check = (path) =>
  path.certificates.flatMap((certificate, index) =>
    certificate.extensions
      .filter(
        (extension) => extension.error !== undefined && (extension.critical || decisiveExtensions.has(extension.oid)),
      )
      .map((extension) => {
        const message = `The extension ${label(extension)} of ${called(certificate)} cannot be decoded: ${extension.error}.`
        return problem(path, index, 'malformed-extension', message.replace(/\.\.$/, '.'), { actual: extension.oid })
      }),
  )

const label = (extension: Extension): string =>
  extension.name === extension.oid ? extension.oid : `${extension.name} (${extension.oid})`
