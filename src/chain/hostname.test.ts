import { domainToASCII } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { GeneralName } from '../x509/model.ts'
import { isPublicName, registrableDomain } from './domain.ts'
import { isIpAddress, parseIp } from './host-ip.ts'
import { checkHost, coveredNames } from './hostname.ts'
import { toAscii } from './punycode.ts'
import { fake, generalName } from './testing/fake.ts'
import { wildcardOddity } from './wildcard.ts'

const ipName = (text: string): GeneralName => generalName('IP', text, parseIp(text))
const named = (...names: string[]) => fake({ subject: 'leaf', dns: names })
const check = (host: string, ...names: string[]) => checkHost(named(...names), host)

describe('checkHost', () => {
  it.each([
    ['example.com', 'example.com'],
    ['EXAMPLE.com.', 'Example.COM'],
    ['a.example.com', '*.example.com'],
    ['_sip.example.com', '*.example.com'],
    ['xn--bcher-kva.example.com', '*.example.com'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['BÜCHER.example', 'XN--bcher-kva.example'],
    ['my_host.example.com', 'my_host.example.com'],
    ['printer', 'printer'],
    ['host.corp.internal', '*.corp.internal'],
    // An A-label is a label like any other to a wildcard, on both sides (RFC 9525 section 6.3).
    ['a.bücher.example', '*.xn--bcher-kva.example'],
    ['bücher.example.com', '*.example.com'],
    ['bücher。example.', 'xn--bcher-kva.example'],
    ['_dmarc.example.com', '_dmarc.example.com'],
    ['my_host.example.com', '*.example.com'],
    ['a.example.com.', '*.example.com'],
    ['me.github.io', '*.github.io'],
  ])('matches %s by %s', (host, name) => {
    const result = check(host, 'other.example', name)
    expect(result).toMatchObject({ matches: true, by: { value: name }, nearMisses: [] })
    expect(result).not.toHaveProperty('reason')
  })

  it.each([
    ['example.com', 'example.org', 'no-match'],
    ['a.b.example.com', '*.example.com', 'no-match'],
    ['example.com', '*.example.com', 'no-match'],
    ['foo.example.com', 'f*.example.com', 'no-match'],
    ['foo.bar.com', 'foo.*.com', 'no-match'],
    ['foo.example.com', '*', 'no-match'],
    ['example.com', '*.com', 'wildcard-too-broad'],
    ['shop.co.uk', '*.co.uk', 'wildcard-too-broad'],
    ['host.local', '*.local', 'wildcard-too-broad'],
    ['host.xn--p1ai', '*.xn--p1ai', 'wildcard-too-broad'],
    // RFC 9525 section 6.3: no wildcard inside a label, let alone inside an A-label.
    ['xn--bcher-kva.example', 'xn--*.example', 'no-match'],
    ['foo.example.com', '*oo.example.com', 'no-match'],
    ['a.b.example.com', '*.*.example.com', 'no-match'],
    ['a.example.com', '**.example.com', 'no-match'],
    ['printer', '*', 'no-match'],
    // A name in a certificate is an A-label already (RFC 5280 section 7.2); one in another form matches nothing.
    ['bücher.example', 'bücher.example', 'no-match'],
    ['example.com', 'example.com.', 'no-match'],
    ['example.com', '.example.com', 'no-match'],
    ['my_host.example.com', 'my-host.example.com', 'no-match'],
    ['192.0.2.1', '192.0.2.1', 'ip-not-listed'],
    ['192.0.2.1', '*.0.2.1', 'ip-not-listed'],
    ['', 'example.com', 'invalid-host'],
    ['exa mple.com', 'example.com', 'invalid-host'],
    ['*.example.com', '*.example.com', 'invalid-host'],
    ['.example.com', '*.example.com', 'invalid-host'],
    ['example.com..', 'example.com', 'invalid-host'],
  ])('does not match %s by %s (%s)', (host, name, reason) => {
    expect(check(host, name)).toMatchObject({ matches: false, reason })
  })

  it('matches addresses as bytes, in any form', () => {
    const leaf = fake({ subject: 'leaf', subjectAltNames: [ipName('192.0.2.7'), ipName('2001:db8::1')] })
    expect(checkHost(leaf, '192.0.2.7')).toMatchObject({ matches: true, isIp: true })
    expect(checkHost(leaf, '[2001:0DB8:0:0::0001]')).toMatchObject({ matches: true, host: '2001:db8::1' })
    expect(checkHost(leaf, '2001:db8::2')).toMatchObject({ matches: false, reason: 'ip-not-listed' })
    expect(checkHost(leaf, 'leaf')).toMatchObject({ matches: false, reason: 'no-match' })
  })

  it('never takes an address for a name, or a name for an address', () => {
    const named = fake({ subject: '192.0.2.7', dns: ['192.0.2.7', '*.0.2.7', '2001:db8::1'] })
    for (const host of ['192.0.2.7', '[2001:db8::1]', '2001:db8::1'])
      expect(checkHost(named, host)).toMatchObject({ matches: false, reason: 'ip-not-listed' })
    expect(checkHost(named, '192.0.2.7').wouldMatchCommonName).toBe(false)
  })

  it('keeps IPv4 addresses and their IPv6 form apart', () => {
    const four = fake({ subject: 'leaf', subjectAltNames: [ipName('192.0.2.7')] })
    expect(checkHost(four, '::ffff:192.0.2.7')).toMatchObject({ matches: false, reason: 'ip-not-listed' })
    const six = fake({ subject: 'leaf', subjectAltNames: [ipName('::ffff:192.0.2.7')] })
    expect(checkHost(six, '192.0.2.7')).toMatchObject({ matches: false })
    expect(checkHost(six, '::ffff:c000:207')).toMatchObject({ matches: true })
  })

  it('ignores names of other types', () => {
    const other = fake({
      subject: 'leaf',
      subjectAltNames: [generalName('email', 'ann@example.com'), generalName('URI', 'https://example.com/')],
    })
    expect(checkHost(other, 'example.com')).toMatchObject({ matches: false, reason: 'no-san' })
  })

  it('would match the common name only where there is no DNS name, and the last of several', () => {
    const address = fake({ subject: 'www.example.com', subjectAltNames: [ipName('192.0.2.7')] })
    expect(checkHost(address, 'www.example.com')).toMatchObject({ reason: 'no-match', wouldMatchCommonName: true })
    const several = fake({ subject: 'CN=a.example.com, CN=b.example.com' })
    expect(checkHost(several, 'b.example.com').wouldMatchCommonName).toBe(true)
    expect(checkHost(several, 'a.example.com').wouldMatchCommonName).toBe(false)
    expect(checkHost(fake({ subject: '*.example.com' }), 'a.example.com').wouldMatchCommonName).toBe(true)
  })

  it('never falls back to the common name, but says that old clients would', () => {
    const cn = fake({ subject: 'www.example.com' })
    expect(checkHost(cn, 'www.example.com')).toMatchObject({
      matches: false,
      reason: 'no-san',
      wouldMatchCommonName: true,
    })
    expect(checkHost(cn, 'example.com')).toMatchObject({ reason: 'no-san', wouldMatchCommonName: false })
    const both = fake({ subject: 'www.example.com', dns: ['example.com'] })
    expect(checkHost(both, 'www.example.com')).toMatchObject({ reason: 'no-match', wouldMatchCommonName: false })
  })

  it('allows a wildcard over a company suffix and says so', () => {
    expect(check('me.github.io', '*.github.io')).toMatchObject({
      matches: true,
      wildcardOverPrivateSuffix: 'github.io',
    })
    expect(check('a.example.com', '*.example.com')).not.toHaveProperty('wildcardOverPrivateSuffix')
  })

  it.each([
    ['a.b.example.com', '*.example.com', 'wildcard-depth'],
    ['example.com', '*.example.com', 'wildcard-apex'],
    ['www.example.com', 'example.com', 'www-missing'],
    ['example.com', 'www.example.com', 'www-extra'],
    ['foo.example.com', 'f*.example.com', 'wildcard-form'],
    ['foo.b.example.com', 'foo.*.example.com', 'wildcard-form'],
    ['shop.example.co.uk', 'api.example.co.uk', 'same-domain'],
    ['example.com', 'example.com.', 'trailing-dot'],
    ['10.0.0.1', '10.0.0.1', 'ip-as-dns'],
  ])('sees that %s misses %s narrowly (%s)', (host, name, kind) => {
    expect(check(host, 'other.test', name).nearMisses).toMatchObject([{ name, kind }])
  })

  it('sees no near miss between two customers of one hoster', () => {
    expect(check('me.github.io', 'you.github.io').nearMisses).toEqual([])
  })

  it('tells at most five near misses, the most telling first', () => {
    const names = Array.from({ length: 100 }, (_, at) => `n${at}.example.com`)
    const { nearMisses } = check('www.example.com', ...names, 'example.com')
    expect(nearMisses).toHaveLength(5)
    expect(nearMisses[0]?.kind).toBe('www-missing')
  })

  it('lists the names it is for once each, without mailboxes', () => {
    const leaf = fake({
      subject: 'leaf',
      subjectAltNames: [
        ...named('a.example', 'b.example', 'a.example').subjectAltNames,
        ipName('192.0.2.1'),
        generalName('email', 'a@b'),
      ],
    })
    expect(coveredNames(leaf)).toEqual(['a.example', 'b.example', '192.0.2.1'])
    expect(checkHost(leaf, 'c.example').sans).toEqual(['a.example', 'b.example', '192.0.2.1'])
  })
})

describe('wildcardOddity', () => {
  it.each([
    ['*', 'bare'],
    ['*.', 'bare'],
    ['*.com', 'single-label'],
    ['*.local', 'single-label'],
    ['*.CO.UK', 'registry'],
    ['*.co.uk.', 'registry'],
    ['*.xn--55qx5d.cn', 'registry'],
    ['*.github.io', 'company-suffix'],
    ['f*.example.com', 'partial'],
    ['*oo.example.com', 'partial'],
    ['xn--*.example.com', 'partial'],
    ['foo.*.com', 'misplaced'],
    ['*.*.example.com', 'misplaced'],
    ['**.example.com', 'misplaced'],
    ['*.example.com', undefined],
    ['*.xn--bcher-kva.example', undefined],
    ['*.corp.internal', undefined],
    ['example.com', undefined],
    ['', undefined],
  ])('%s: %s', (name, oddity) => {
    expect(wildcardOddity(name)).toBe(oddity)
  })
})

describe('domains', () => {
  it.each([
    ['a.b.example.co.uk', 'example.co.uk'],
    ['*.example.com', 'example.com'],
    ['me.github.io', 'me.github.io'],
    ['EXAMPLE.com.', 'example.com'],
    ['www.bücher.de', 'xn--bcher-kva.de'],
    ['co.uk', undefined],
    ['printer', undefined],
    ['192.0.2.1', undefined],
  ])('knows that %s is registered as %s', (host, domain) => {
    expect(registrableDomain(host)).toBe(domain)
  })

  it.each([
    ['example.com', true],
    ['me.github.io', true],
    ['8.8.8.8', true],
    ['[2606:4700::1111]', true],
    ['::ffff:8.8.8.8', true],
    ['10.1.2.3', false],
    ['100.100.1.1', false],
    ['172.31.0.1', false],
    ['172.32.0.1', true],
    ['::ffff:10.0.0.1', false],
    ['::1', false],
    ['fd00::1', false],
    ['fe80::1%eth0', false],
    ['printer', false],
    ['com', false],
    ['host.local', false],
    ['host.internal', false],
    ['host.corp', false],
    ['host.lan', false],
    ['host.test', false],
    ['host.example', false],
    ['host.localhost', false],
    ['host.invalid', false],
    ['router.home.arpa', false],
    ['host.acme-intern', false],
    ['not a name', false],
  ])('tells whether %s is public: %s', (host, expected) => {
    expect(isPublicName(host)).toBe(expected)
  })

  it.each([
    ['127.0.0.1', true],
    ['::', true],
    ['[::1]', true],
    ['1:2:3:4:5:6:7:8', true],
    ['::1.2.3.4', true],
    ['1::2::3', false],
    ['1:2:3:4:5:6:7', false],
    ['1:2:3:4:5:6:7:8:9', false],
    ['1:2:3:4:5:6:7::8', false],
    ['12345::', false],
    ['256.0.0.1', false],
    ['01.2.3.4', false],
    ['1.2.3', false],
    ['example.com', false],
    ['', false],
  ])('tells whether %s is an address: %s', (text, expected) => {
    expect(isIpAddress(text)).toBe(expected)
  })
})

describe('toAscii', () => {
  it.each([
    'example.com',
    'bücher.example',
    'BÜCHER.Example',
    'münchen-ost.de',
    '例え.テスト',
    'правительство.рф',
    'ليهمابتكلموشعربي؟.com'.replace('؟', ''),
    'יהםפשוטלאמדבריםעברית.com',
    'à̳.com',
    '日本語。jp',
    '💩.la',
  ])('agrees with the URL standard on %s', (host) => {
    expect(toAscii(host)).toBe(domainToASCII(host))
  })

  it('gives up on labels longer than DNS allows', () => {
    expect(toAscii(`${'ü'.repeat(64)}.example`)).toBeUndefined()
    expect(toAscii('ü'.repeat(1_000_000))).toBeUndefined()
    expect(toAscii(`${'a'.repeat(64)}.example`)).toBeUndefined()
  })
})
