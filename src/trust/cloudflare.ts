/** Cloudflare's own certification authorities: facts by fingerprint, for hops behind or in front of its edge. */

export interface CloudflareAuthority {
  /** Hexadecimal SHA-256 of the certificate. */
  readonly sha256: string
  /** `origin-ca`: signs certificates that only Cloudflare's edge trusts. `origin-pull`: signs the client certificate of the edge. */
  readonly role: 'origin-ca' | 'origin-pull'
  readonly keyType: string
  /** First and last day of validity, ISO 8601. */
  readonly notBefore: string
  readonly notAfter: string
  /** Where Cloudflare offers the certificate. */
  readonly download: string
  readonly source: string
}

const source = 'cloudflare/cloudflared: tlsconfig/cloudflare_ca.go'
const site = 'https://developers.cloudflare.com/ssl/static'

export const cloudflareAuthorities: readonly CloudflareAuthority[] = Object.freeze([
  {
    sha256: 'd3c7e85c91707fc0a12abc5d88266747aa4fa8e7b162f633ffb3c9d989947620',
    role: 'origin-ca',
    keyType: 'RSA 2048',
    notBefore: '2019-08-23',
    notAfter: '2029-08-15',
    download: `${site}/origin_ca_rsa_root.pem`,
    source,
  },
  {
    sha256: 'aa63697a22764b67b2134ce14cb5690ea336940b93986113f49545917832d80d',
    role: 'origin-ca',
    keyType: 'EC P-256',
    notBefore: '2019-08-23',
    notAfter: '2029-08-15',
    download: `${site}/origin_ca_ecc_root.pem`,
    source,
  },
  {
    sha256: '9a1ac2b4be15f9f27eee20a734cba4e9898f61001b3bd7c84b69b56a3e25a2b9',
    role: 'origin-pull',
    keyType: 'RSA 4096',
    notBefore: '2019-10-10',
    notAfter: '2029-11-01',
    download: `${site}/authenticated_origin_pull_ca.pem`,
    source,
  },
])

/** Revocation addresses in Origin CA leaves (read from leaves of 2016 and 2026): a mark besides the issuer name. */
export const cloudflareOriginUrls: readonly string[] = Object.freeze([
  'http://ocsp.cloudflare.com/origin_ca',
  'http://crl.cloudflare.com/origin_ca.crl',
])

/** The Cloudflare authority with this fingerprint (hexadecimal, colons and case ignored). */
export function cloudflareAuthority(sha256: string): CloudflareAuthority | undefined {
  const wanted = sha256.replaceAll(':', '').toLowerCase()
  return cloudflareAuthorities.find((authority) => authority.sha256 === wanted)
}
