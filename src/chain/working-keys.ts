/** The keys of a path as signatures below are checked with them: RFC 5280 sections 6.1.2 (g) to (i) and 6.1.4 (d) to (f). */
import { lacksParameters, withParametersOf } from '../x509/crypto-dsa.ts'
import type { Certificate, PublicKey } from '../x509/model.ts'

/**
 * The working public key of each certificate: its own, or for a DSA key without parameters the one completed with the
 * parameters of the certificate above. A key that inherits nothing stays as it is.
 *
 * @param certificates leaf first; the last one inherits nothing
 * @returns as many keys, in the same order
 */
export function workingKeys(certificates: readonly Certificate[]): readonly PublicKey[] {
  const keys = certificates.map(({ publicKey }) => publicKey)
  for (let index = keys.length - 2; index >= 0; index--) {
    const key = keys[index]
    const above = keys[index + 1]
    if (key !== undefined && above !== undefined && lacksParameters(key)) keys[index] = withParametersOf(key, above)
  }
  return keys
}
