import { describe, expect, it } from 'vitest'
import { normalise } from './normalise.ts'
import { readDocument } from './read.ts'
import { manglings, utf16 } from './testing/mangle.ts'
import { at, certificateIn, read, readOne } from './testing/reading.ts'
import { missingIssuerSteps, sClientRun, sentLeaf } from './testing/s-client.ts'

const capture = sClientRun({
  generation: '3.0',
  command: '$ openssl s_client -connect shop.harbour.example:443 -servername shop.harbour.example',
  chain: [sentLeaf],
  steps: missingIssuerSteps,
  result: [21, 'unable to verify the first certificate'],
})

const original = readOne(capture)

describe('normalise: a capture reads the same, and its places hold what was parsed, after', () => {
  for (const { name, apply, undo } of manglings) {
    it(name, () => {
      const text = apply(capture)
      const read = readOne(text)
      const back = (span: Parameters<typeof at>[1]) => undo(at(text, span)).trim()
      expect(read.generation).toBe('openssl-3.0')
      expect(read.command?.host).toBe('shop.harbour.example')
      expect(read.command?.port).toBe(443)
      expect(back(read.command?.span)).toContain('openssl s_client -connect shop.harbour.example:443')
      expect(read.blocks.map(certificateIn)).toEqual(['shop.harbour.example'])
      expect(back(read.blocks[0]?.span)).toMatch(/^-----BEGIN CERTIFICATE-----\n[\s\S]*-----END CERTIFICATE-----$/)
      expect(read.chainListComplete).toBe(true)
      expect(read.chainList.map((entry) => back(entry.subject?.span))).toEqual([
        'C = NL, O = Quay Shop, CN = shop.harbour.example',
      ])
      expect(read.chainList.map((entry) => back(entry.issuer?.span))).toEqual([
        'C = NL, O = "Harbour Trust, N.V.", CN = Harbour TLS CA 2',
      ])
      expect(read.chainList[0]?.issuer?.name.key).toBe(original.chainList[0]?.issuer?.name.key)
      expect(read.chainList[0]?.notAfter?.value).toBe(Date.UTC(2027, 10, 4, 18, 20))
      expect(back(read.chainList[0]?.notAfter?.span)).toContain('NotAfter: Nov  4 18:20:00 2027 GMT')
      expect(read.verifyPath.map((entry) => back(entry.span))).toEqual(
        Array(3).fill('depth=0 C = NL, O = Quay Shop, CN = shop.harbour.example'),
      )
      expect(read.verifyErrors.map((error) => back(error.span))).toEqual([
        'verify error:num=20:unable to get local issuer certificate',
        'verify error:num=21:unable to verify the first certificate',
      ])
      expect(back(read.verifyResult?.span)).toBe('Verify return code: 21 (unable to verify the first certificate)')
      expect(back(read.cipher?.span)).toBe('New, TLSv1.3, Cipher is TLS_AES_256_GCM_SHA384')
      expect(back(read.startTime?.span)).toBe('Start Time: 1795546800')
    })
  }
})

describe('normalise: bytes', () => {
  for (const order of ['little', 'big'] as const) {
    for (const mark of [true, false]) {
      it(`reads UTF-16 ${order} endian ${mark ? 'with' : 'without'} a byte order mark and keeps places in the text`, () => {
        const document = readDocument(
          { name: 'out.txt', bytes: utf16(capture.replaceAll('\n', '\r\n'), order, mark) },
          3,
        )
        const [found] = document.captures
        expect(document.binary).toBe(false)
        expect(found?.blocks.map(certificateIn)).toEqual(['shop.harbour.example'])
        expect(at(document.text, found?.verifyErrors[0]?.span)).toBe(
          'verify error:num=20:unable to get local issuer certificate',
        )
        expect(found?.verifyErrors[0]?.span.document).toBe(3)
      })
    }
  }

  it('does not count a UTF-8 byte order mark as text', () => {
    const bytes = new TextEncoder().encode(`\ufeff${capture}`)
    expect(readDocument({ name: 'x', bytes }, 0).captures[0]?.chainList).toHaveLength(1)
  })

  it('reads on behind bytes that are no UTF-8', () => {
    const bytes = new Uint8Array([0x41, 0xff, 0xc3, 0x0a, ...new TextEncoder().encode(capture)])
    expect(readDocument({ name: 'x', bytes }, 0).captures[0]?.blocks.map(certificateIn)).toEqual([
      'shop.harbour.example',
    ])
  })
})

describe('normalise: what is not a prefix stays', () => {
  const text = (input: string) => normalise(input, 0).source.text

  it("leaves curl's marks of what it sent", () => {
    const sent = '> GET / HTTP/1.1\n> Host: shop.harbour.example\n> Accept: */*\n'
    expect(text(sent)).toBe(sent)
  })

  it('leaves the direction marks of -msg', () => {
    const marks = '>>> TLS 1.3, Handshake [length 0200], ClientHello\n>>> TLS 1.3, Alert [length 0002], fatal\n'
    expect(text(marks)).toBe(marks)
  })

  it('leaves the indexes of a chain list', () => {
    const list = ' 0 s:CN=a\n   i:CN=b\n 1 s:CN=b\n   i:CN=c\n'
    expect(text(list)).toBe(list)
  })

  it('leaves numbers that do not go up by one', () => {
    expect(text('7: a\n9: b\n12: c\n')).toBe('7: a\n9: b\n12: c\n')
  })

  it('takes off the plus signs of a diff, and leaves body lines that begin with one', () => {
    expect(text('+-----BEGIN CERTIFICATE-----\n+MIIB\n++abc\n+-----END CERTIFICATE-----\n')).toBe(
      '-----BEGIN CERTIFICATE-----\nMIIB\n+abc\n-----END CERTIFICATE-----\n',
    )
    expect(text('+abc\n+def\n+ghi\n')).toBe('+abc\n+def\n+ghi\n')
  })

  it('decodes no entity that is none, so that a shell command stays', () => {
    expect(text('a &b; c &unknown; &#99999; d')).toBe('a &b; c &unknown; &#99999; d')
  })

  it('does not let an unfinished terminal sequence swallow the text', () => {
    expect(text('\u001b]0;title never ends\nverify error:num=20:x')).toContain('verify error:num=20:x')
    expect(text('\u001b[12;')).toBe('[12;')
  })

  it('takes off syslog, compose, remote and job prefixes', () => {
    for (const prefix of [
      'Nov 24 16:20:20 web01 tls[12]: ',
      'web-1  | ',
      '[web01] out: ',
      'build\tcheck\t2026-11-24T16:20:20Z ',
    ]) {
      expect(text(`${prefix}depth=0 CN=a\n${prefix}verify return:1\n`)).toBe('depth=0 CN=a\nverify return:1\n')
    }
  })
})

describe('normalise: timestamps tell when a capture was made', () => {
  const bare = sClientRun({ generation: '3.5', order: 'stderr-only' })
  const stamped = (prefix: (index: number) => string) =>
    bare
      .trimEnd()
      .split('\n')
      .map((line, index) => prefix(index) + line)
      .join('\n')

  it('uses the stamp of the first line, with its place', () => {
    const text = `2026-11-24T09:00:00Z hello\n${stamped((index) => `2026-11-24T10:00:0${index % 10}.5Z `)}`
    const [capture] = read(text).captures
    expect(capture?.startTime?.value).toBe(Date.UTC(2026, 10, 24, 10, 0, 0))
    expect(at(text, capture?.startTime?.span)).toContain('2026-11-24T10:00:00.5Z')
  })

  it('minds the zone', () => {
    expect(readOne(stamped(() => '2026-11-24T10:00:00+02:00 ')).startTime?.value).toBe(Date.UTC(2026, 10, 24, 8))
    expect(readOne(stamped(() => '[2026-11-24 10:00:00,123 -0530] ')).startTime?.value).toBe(
      Date.UTC(2026, 10, 24, 15, 30),
    )
  })

  it('takes the tool at its word when it says so itself', () => {
    const text = capture
      .trimEnd()
      .split('\n')
      .map((line) => `2020-01-01T00:00:00Z ${line}`)
      .join('\n')
    expect(readOne(text).startTime?.value).toBe(1_795_546_800_000)
  })

  it('gives no time to a capture that has no stamps', () => {
    const text = `2026-11-24T09:00:00Z a\n2026-11-24T09:00:01Z b\n\nNow without:\n${bare}`
    expect(read(text).captures[0]?.startTime).toBeUndefined()
  })
})
