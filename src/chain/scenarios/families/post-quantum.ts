import { algorithms } from '../make/certificate.ts'
import { flipped, withNull } from '../make/changes.ts'
import { none, oid, sequence } from '../make/der.ts'
import type { Family } from '../make/workshop.ts'

const invalid = '0 signature-invalid'
const tooNew = { differs: 'OpenSSL before 3.5 does not know this algorithm' }

export const postQuantum: Family = {
  title: 'Post-quantum signatures',
  source: 'RFC 9881; RFC 9909; FIPS 204; FIPS 205',
  make(shop) {
    const top = shop.ca('ml-dsa-87', { key: shop.key('ML-DSA-87') })
    const middle = shop.ca('ml-dsa-65', { by: top, key: shop.key('ML-DSA-65') })
    shop.leaf('ml-dsa-leaf', { by: middle, key: shop.key('ML-DSA-44') })
    shop.expect('ML-DSA all the way', 'ml-dsa-leaf ml-dsa-65 ml-dsa-87', '', tooNew)
    shop.leaf('ml-dsa-flipped', { by: middle, spoil: (one) => flipped(one, 100) })
    shop.expect('an ML-DSA signature with a bit flipped', 'ml-dsa-flipped ml-dsa-65 ml-dsa-87', invalid)
    shop.leaf('ml-dsa-cut', { by: middle, spoil: (one) => one.subarray(1) })
    shop.expect('an ML-DSA signature that lacks an octet', 'ml-dsa-cut ml-dsa-65 ml-dsa-87', invalid)
    shop.leaf('ml-dsa-named-44', { by: middle, algorithm: algorithms['ML-DSA-44'] })
    shop.expect('a signature of ML-DSA-65 that says ML-DSA-44', 'ml-dsa-named-44 ml-dsa-65 ml-dsa-87', invalid)
    shop.leaf('ml-dsa-null', { by: middle, algorithm: sequence(oid('2.16.840.1.101.3.4.3.18'), none) })
    shop.expect('ML-DSA with NULL parameters', 'ml-dsa-null ml-dsa-65 ml-dsa-87', '0 note encoding', tooNew)
    const key = shop.key('ML-DSA-44')
    const odd = shop.ca('ml-dsa-odd', { by: top, key: { ...key, spki: withNull(key.spki) } })
    shop.leaf('below-ml-dsa-odd', { by: odd })
    shop.expect('an ML-DSA key with NULL parameters', 'below-ml-dsa-odd ml-dsa-odd ml-dsa-87', '', {
      paths: ['below-ml-dsa-odd ml-dsa-odd ml-dsa-87 | 0 signature-invalid, 1 note encoding'],
    })
    shop.leaf('composite', { by: middle, algorithm: sequence(oid('1.3.6.1.5.5.7.6.45')) })
    shop.expect('a composite signature is not verified', 'composite ml-dsa-65 ml-dsa-87', '0 signature-unverified')
    const slh = shop.ca('slh-dsa', { key: shop.key('SLH-DSA-SHA2-128f') })
    shop.leaf('below-slh-dsa', { by: slh })
    shop.expect('an SLH-DSA root', 'below-slh-dsa slh-dsa', '', tooNew)
  },
}
