import { expect, it } from 'vitest'
import { cloudflareAuthorities, cloudflareAuthority } from './cloudflare.ts'

it('Cloudflare authorities are found by fingerprint in any spelling', () => {
  for (const authority of cloudflareAuthorities) {
    expect(authority.sha256).toMatch(/^[0-9a-f]{64}$/)
    const colons = authority.sha256.toUpperCase().match(/../g)?.join(':') ?? ''
    expect(cloudflareAuthority(colons)).toBe(authority)
  }
  expect(cloudflareAuthority('00'.repeat(32))).toBeUndefined()
})
