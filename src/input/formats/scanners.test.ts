import { describe, expect, it } from 'vitest'
import { certificateIn, read, readOne } from '../testing/reading.ts'
import { nmapRun, sslscanRun, testsslRun } from '../testing/scanners.ts'

describe('nmap --script ssl-cert', () => {
  for (const pem of [false, true]) {
    it(pem ? 'with PEM (-v)' : 'without PEM', () => {
      const capture = readOne(nmapRun({ pem }))
      expect(capture).toMatchObject({
        tool: 'nmap',
        kind: 'connection',
        target: { host: 'shop.harbour.example', port: 8443, address: '192.0.2.7' },
      })
      const [leaf] = capture.printed
      expect(leaf?.subject?.name.rdns.flat().map(({ type, value }) => `${type}=${value}`)).toEqual([
        'C=NL',
        'O=Quay Shop',
        'CN=shop.harbour.example',
      ])
      expect(leaf?.issuer?.name.rdns.flat().map(({ value }) => value)).toEqual([
        'NL',
        'Harbour Trust, N.V.',
        'Harbour TLS CA 2',
      ])
      expect(leaf?.notBefore?.value).toBe(Date.UTC(2026, 10, 24, 18, 34, 4))
      expect(leaf?.notAfter?.value).toBe(Date.UTC(2027, 10, 24, 18, 34, 4))
      expect(leaf?.names?.value).toHaveLength(3)
      expect(capture.blocks.map((block) => [certificateIn(block), block.role])).toEqual(
        pem ? [['shop.harbour.example', 'server']] : [],
      )
      expect(capture.verifyResult).toBeUndefined()
    })
  }

  it('several ports are several captures, each with its port', () => {
    const one = nmapRun()
    const block = one.slice(one.indexOf('8443/tcp'), one.indexOf('\nNmap done'))
    const text = one.replace('\nNmap done', `${block.replace('8443', '9443')}\nNmap done`)
    expect(read(text).captures.map(({ target, command }) => [target?.port, command?.port])).toEqual([
      [8443, 8443],
      [9443, 9443],
    ])
  })

  it('a closed port says something when it is the only one asked for', () => {
    const report = 'Nmap scan report for a.example (192.0.2.7)\nPORT    STATE    SERVICE\n'
    expect(readOne(`${report}443/tcp closed   https\n`).failures).toMatchObject([{ kind: 'refused' }])
    expect(readOne(`${report}443/tcp filtered https\n`).failures).toMatchObject([{ kind: 'timeout' }])
    expect(readOne(`${report}443/tcp closed   https\n444/tcp closed   snpp\n`).failures).toEqual([])
    expect(
      readOne('Starting Nmap 7.93 ( https://nmap.org ) at 2026-12-01 09:00 UTC\nFailed to resolve "a.example".\n'),
    ).toMatchObject({ failures: [{ kind: 'dns' }], target: { host: 'a.example' } })
  })
})

describe('testssl.sh', () => {
  it('the certificate section', () => {
    const capture = readOne(testsslRun())
    expect(capture).toMatchObject({
      tool: 'testssl',
      target: { host: 'shop.harbour.example', port: 8443 },
      verifyErrors: [],
      verifyResult: { ok: true },
      chainListComplete: false,
      startTime: { value: Date.UTC(2026, 11, 1, 9) },
    })
    const [leaf] = capture.printed
    expect(leaf?.subject?.text).toBe('CN=shop.harbour.example')
    expect(leaf?.issuer?.name.rdns.flat().map(({ value }) => value)).toEqual([
      'NL',
      'Harbour Trust, N.V.',
      'Harbour TLS CA 2',
    ])
    expect(leaf?.notAfter?.value).toBe(Date.UTC(2027, 10, 24, 18, 34))
    expect(leaf?.sha256?.value).toBe('cd'.repeat(32))
    expect(leaf?.serial?.value).toBe('7A4529B76AFE3BE3C0BB7965C3C8D4')
    expect(leaf?.names?.value.map(({ type }) => type)).toEqual(['DNS', 'DNS', 'IP'])
  })

  it('one certificate provided is the whole list', () => {
    const capture = readOne(testsslRun({ count: 1, trust: 'NOT ok (chain incomplete)' }))
    expect(capture.chainListComplete).toBe(true)
    expect(capture.chainList).toHaveLength(1)
    expect(capture.verifyErrors).toMatchObject([{ code: 20 }])
  })

  for (const [story, code] of [
    [{ trust: 'NOT ok (chain incomplete)' }, 20],
    [{ trust: 'NOT ok (self signed CA in chain)' }, 19],
    [{ trust: 'NOT ok (self signed)' }, 18],
    [{ trust: 'NOT ok (expired)' }, 10],
    [{ trust: 'NOT ok: something new' }, 1],
    [{ hostname: 'certificate does not match supplied URI (same w/o SNI)' }, 62],
    [{ validity: 'expired (2025-01-01 00:00 --> 2026-01-01 00:00)' }, 10],
  ] as const) {
    it(Object.values(story)[0] as string, () => {
      const capture = readOne(testsslRun(story))
      expect(capture.verifyErrors).toMatchObject([{ code }])
      expect(capture.verifyResult?.ok).toBe(false)
    })
  }

  it('stores that differ are told line by line', () => {
    const trust = 'NOT ok: Java (chain incomplete)\n                              OK: Mozilla Apple'
    expect(readOne(testsslRun({ trust })).verifyErrors).toMatchObject([{ code: 20 }])
  })
})

describe('sslscan', () => {
  it('common names, alternative names, dates', () => {
    const capture = readOne(sslscanRun())
    expect(capture).toMatchObject({
      tool: 'sslscan',
      kind: 'connection',
      target: { host: 'shop.harbour.example', port: 8443 },
    })
    const [leaf] = capture.printed
    expect([leaf?.subject?.text, leaf?.issuer?.text]).toEqual(['CN=shop.harbour.example', 'CN=Harbour TLS CA 2'])
    expect(leaf?.notAfter?.value).toBe(Date.UTC(2027, 10, 24, 18, 34, 4))
    expect(leaf?.names?.value).toEqual([
      { type: 'DNS', value: 'shop.harbour.example' },
      { type: 'IP', value: '192.0.2.7' },
    ])
  })

  it('a connection that cannot be opened', () => {
    expect(readOne('ERROR: Could not open a connection to host a.example (192.0.2.7) on port 443.\n')).toMatchObject({
      failures: [{ kind: 'other' }],
      target: { host: 'a.example', port: 443 },
    })
  })
})
