import { describe, expect, it } from 'vitest'
import { DerFault, onlyNode } from './der.ts'
import { bitLength, oidFromContent, readOid, setBits } from './der-values.ts'
import { hexDump, sameBytes } from './hex.ts'
import { ipRangeText, ipText } from './ip.ts'
import { toPem } from './pem.ts'
import { readText } from './text.ts'
import { readTime } from './time.ts'

const bytes = (digits: string) => Uint8Array.from(Buffer.from(digits, 'hex'))
const node = (digits: string) => onlyNode(bytes(digits), 0, digits.length / 2)
const tagged = (tag: number, text: string | Uint8Array) => {
  const content = typeof text === 'string' ? Buffer.from(text, 'latin1') : text
  return onlyNode(Uint8Array.from([tag, content.length, ...content]), 0, content.length + 2)
}

describe('readTime', () => {
  const read = (tag: number, text: string) => {
    const notes: string[] = []
    const time = readTime(tagged(tag, text), 'notAfter', (note) => notes.push(note))
    return [time === undefined ? undefined : new Date(time).toISOString(), notes.length]
  }

  it('turns the century of UTCTime at 1950', () => {
    expect(read(0x17, '491231235959Z')).toEqual(['2049-12-31T23:59:59.000Z', 0])
    expect(read(0x17, '500101000000Z')).toEqual(['1950-01-01T00:00:00.000Z', 0])
  })

  it('reads GeneralizedTime, and notes one before 2050', () => {
    expect(read(0x18, '99991231235959Z')).toEqual(['9999-12-31T23:59:59.000Z', 0])
    expect(read(0x18, '20500101000000Z')).toEqual(['2050-01-01T00:00:00.000Z', 0])
    expect(read(0x18, '20491231235959Z')).toEqual(['2049-12-31T23:59:59.000Z', 1])
    expect(read(0x18, '00010101000000Z')).toEqual(['0001-01-01T00:00:00.000Z', 1])
  })

  it('reads the odd forms of BER and notes them', () => {
    expect(read(0x17, '2401020304Z')).toEqual(['2024-01-02T03:04:00.000Z', 1])
    expect(read(0x17, '240102030405+0130')).toEqual(['2024-01-02T01:34:05.000Z', 1])
    expect(read(0x18, '20600102030405.5Z')).toEqual(['2060-01-02T03:04:05.500Z', 1])
    expect(read(0x18, '20600102030405')).toEqual(['2060-01-02T03:04:05.000Z', 1])
  })

  it('does not read what is no time', () => {
    for (const text of [
      '',
      'Z',
      '241301000000Z',
      '240230000000Z',
      '240101240000Z',
      '240101006000Z',
      '240101000060Z',
      '24010100000Z',
      '2024010100000Z',
    ]) {
      expect(read(0x17, text)).toEqual([undefined, 0])
    }
    expect(() => readTime(tagged(0x04, '240101000000Z'), 'notAfter', () => {})).toThrow(DerFault)
  })
})

describe('readText', () => {
  it('reads every string type', () => {
    expect(readText(tagged(0x0c, bytes('4cc3b662')))).toBe('Löb')
    expect(readText(tagged(0x13, 'Lab'))).toBe('Lab')
    expect(readText(tagged(0x14, 'L\xf6b'))).toBe('Löb')
    expect(readText(tagged(0x1e, bytes('004c00f60062d83dde00')))).toBe('Löb😀')
    expect(readText(tagged(0x1c, bytes('0000004c0001f600')))).toBe('L😀')
    expect(readText(tagged(0x02, bytes('01')))).toBeUndefined()
    expect(readText(tagged(0x1e, bytes('00')))).toBeUndefined()
    expect(readText(tagged(0x1c, bytes('00110000')))).toBeUndefined()
  })

  it('notes bytes that the type does not allow and reads them as ISO 8859-1', () => {
    const notes: string[] = []
    expect(readText(tagged(0x0c, 'L\xf6b'), (note) => notes.push(note))).toBe('Löb')
    expect(readText(tagged(0x16, 'L\xf6b'), (note) => notes.push(note))).toBe('Löb')
    expect(notes).toEqual([
      'A UTF8String is not valid UTF-8',
      'An IA5String holds characters that its type does not have',
    ])
  })
})

describe('addresses', () => {
  it('are printed as RFC 5952 asks', () => {
    expect(ipText(bytes('c0000201'))).toBe('192.0.2.1')
    expect(ipText(bytes('20010db8000000000001000000000001'))).toBe('2001:db8::1:0:0:1')
    expect(ipText(bytes('00000000000000000000000000000000'))).toBe('::')
    expect(ipText(bytes('00000000000000000000000000000001'))).toBe('::1')
    expect(ipText(bytes('20010db8000100010001000100010000'))).toBe('2001:db8:1:1:1:1:1:0')
    expect(ipText(bytes('c00002'))).toBeUndefined()
  })

  it('are printed with a prefix, or with a mask that is no prefix', () => {
    expect(ipRangeText(bytes('0a000000ff000000'))).toBe('10.0.0.0/8')
    expect(ipRangeText(bytes('0000000000000000'))).toBe('0.0.0.0/0')
    expect(ipRangeText(bytes('0a000001ffffffff'))).toBe('10.0.0.1/32')
    expect(ipRangeText(bytes('0a000000ff00ff00'))).toBe('10.0.0.0/255.0.255.0')
    expect(ipRangeText(bytes('0a000000ff0000'))).toBeUndefined()
  })
})

describe('primitive values', () => {
  it('reads object identifiers with large arcs and refuses cut ones', () => {
    expect(readOid(node('06032a0304'), 'x')).toBe('1.2.3.4')
    expect(readOid(node('0603883703'), 'x')).toBe('2.999.3')
    expect(oidFromContent(bytes('69a7f3d5b9c1e2f483b6d8ffffff7f')).startsWith('2.25.')).toBe(true)
    expect(() => oidFromContent(bytes('2a83'))).toThrow(DerFault)
    expect(() => oidFromContent(bytes(''))).toThrow(DerFault)
    expect(() => oidFromContent(new Uint8Array(100_000).fill(0xff))).toThrow(DerFault)
  })

  it('counts bits', () => {
    expect(setBits({ bytes: bytes('a080'), unused: 7 })).toEqual([0, 2, 8])
    expect(bitLength(bytes('00ff'))).toBe(8)
    expect(bitLength(bytes('0100'))).toBe(9)
    expect(bitLength(bytes('00'))).toBe(0)
  })

  it('dumps at most the lines it may', () => {
    expect(hexDump(new Uint8Array(40), 2)).toEqual([
      `00${':00'.repeat(15)}`,
      `00${':00'.repeat(15)}`,
      '... 8 more bytes',
    ])
  })

  it('compares and armours bytes', () => {
    expect(sameBytes(bytes('0102'), bytes('0102'))).toBe(true)
    expect(sameBytes(bytes('0102'), bytes('010203'))).toBe(false)
    expect(
      toPem(new Uint8Array(49))
        .split('\n')
        .map((line) => line.length),
    ).toEqual([27, 64, 4, 25, 0])
  })
})
