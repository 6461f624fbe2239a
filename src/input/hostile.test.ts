import { describe, expect, it } from 'vitest'
import { limits } from '../core/limits.ts'
import type { ReadDocument } from './model.ts'
import { readDocument } from './read.ts'
import { numbers } from './testing/random.ts'
import { read, spansOf } from './testing/reading.ts'

/** Every place is inside of the text, and begins before it ends. */
function expectPlaces(document: ReadDocument): void {
  for (const span of spansOf([document.captures, document.secrets, document.skipped])) {
    if (span.start < 0 || span.start > span.end || span.end > document.length)
      throw new Error(`span ${span.start}-${span.end}`)
  }
}

describe('hostile input: little or nothing', () => {
  for (const [name, text] of Object.entries({
    nothing: '',
    'a line feed': '\n',
    'blanks only': ' \t \r\n \u00a0\u200b\n',
    prose: 'Dear all, TLS does not work. Kind regards',
    'one marker': '-----BEGIN CERTIFICATE-----',
    'both markers on a line': '-----BEGIN CERTIFICATE----------END CERTIFICATE-----',
    'END before BEGIN': '-----END CERTIFICATE-----\n-----BEGIN CERTIFICATE-----',
    'half a surrogate': '\ud83d depth=0 CN=a \ude00',
    'NUL characters': '\0\0\0',
    'a lone escape': '\u001b',
    'an unknown label': '-----BEGIN -----\n-----BEGIN A-----\n-----END B-----',
  })) {
    it(name, () => {
      const document = read(text)
      expectPlaces(document)
      expect(document.length).toBe(text.length)
    })
  }

  it('a document without text and bytes', () => {
    expect(readDocument({ name: 'x' }, 0).captures).toEqual([])
  })
})

describe('hostile input: bytes', () => {
  it('random bytes', () => {
    const next = numbers(7)
    for (let round = 0; round < 60; round++) {
      const bytes = Uint8Array.from({ length: next(4_000) }, () => next(256))
      const document = readDocument({ name: 'random', bytes }, 0)
      expectPlaces(document)
    }
  })

  it('bytes that begin like DER and end too soon', () => {
    for (const bytes of [
      [0x30],
      [0x30, 0x82],
      [0x30, 0x82, 0x01],
      [0x30, 0x80],
      [0x30, 0x84, 0xff, 0xff, 0xff, 0xff],
      [0x30, 0x00, 0x30, 0x00],
    ]) {
      expectPlaces(readDocument({ name: 'x.der', bytes: Uint8Array.from(bytes) }, 0))
    }
  })

  it('known binary files are named', () => {
    const document = readDocument({ name: 'scan.pdf', bytes: new TextEncoder().encode('%PDF-1.7') }, 0)
    expect(document.skipped[0]?.reason).toContain('scan.pdf is a PDF document')
  })
})

describe('hostile input: much of one thing is read without a word', () => {
  const size = 300_000
  const units: readonly string[] = [
    'a',
    ' ',
    '\n',
    '-',
    '+',
    '=',
    '"',
    '\\',
    '\\n',
    '|',
    '> ',
    '> \n',
    '\r',
    '\r\n',
    '\t',
    '\0',
    '\u001b',
    '\u001b[',
    '\u001b]0;',
    '\u200b',
    '\u2014',
    '&',
    '&#45;',
    '<br>',
    '-----BEGIN CERTIFICATE-----',
    '-----BEGIN CERTIFICATE-----\n',
    '-----END CERTIFICATE-----',
    '-----END CERTIFICATE-----\n',
    '-----BEGIN PRIVATE KEY-----\n',
    'BEGIN ',
    ' 0 s:\n',
    ' 0 s:CN=a\n   i:CN=b\n',
    'depth=0 \n',
    'depth=0 CN=a\n',
    'verify error:num=20:x\n',
    'CONNECTED(00000003)\n',
    'Certificate chain\n',
    'OCSP response: \n---\n',
    'subject=CN=a\n',
    'Certificate:\n',
    'a.pem: OK\n',
    'error a.pem: verification failed\n',
    'openssl s_client -connect a:1\n',
    'openssl x509 \\\n',
    'connect:errno=111\n',
    '40A7:error:0A000086:a:b:certificate verify failed:\n',
    'MII',
    `${'MIIB'.repeat(16)}\n`,
    'LS0tLS1CRUdJTi',
    '-eyJaaaaaaaaaaaaa',
    'Cookie: a',
    'http://a',
    'TLS session ticket:\n',
    '2026-11-24T16:20:20Z a\n',
    '1\ta\n',
    '+a\n',
    '\ud800',
    ', CN=a',
    '/CN=a',
    `${' '.repeat(4_095)}\n`,
  ]
  for (const unit of units) {
    it(JSON.stringify(unit).slice(0, 60), () => {
      const document = read(unit.repeat(Math.ceil(size / unit.length)))
      expectPlaces(document)
      expect(document.captures.length).toBeLessThanOrEqual(limits.captures)
    })
  }

  it('base64 without an end', () => {
    const document = read(`-----BEGIN CERTIFICATE-----\n${'A'.repeat(2_000_000)}`)
    expect(document.captures[0]?.blocks[0]?.truncated).toBe(true)
    expectPlaces(document)
  })

  it('more runs than are judged: the rest is named', () => {
    const document = read('CONNECTED(00000003)\n'.repeat(limits.captures + 10))
    expect(document.captures).toHaveLength(limits.captures)
    expect(document.skipped.at(-1)?.reason).toContain('Only the first')
    expect(document.skipped.at(-1)?.span.end).toBe(document.length)
  })

  it('more blocks than are read: the rest is named', () => {
    const document = read('-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n'.repeat(limits.certificates + 5))
    expect(document.skipped.at(-1)?.reason).toContain('Only the first')
  })
})
