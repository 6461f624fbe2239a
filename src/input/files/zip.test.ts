import { zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { certificatesIn, crlsIn, inspect } from '../../inspect.ts'
import { boatyardIssuingPem, legacyP12, modernP12, slipPem } from '../testing/keystores.ts'
import { crlPem, pkcs7Pem, rootPem } from '../testing/pki.ts'
import { archiveLimits } from './limits.ts'
import { openDocuments, unpackDocuments } from './open.ts'
import { unpackZip } from './zip.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const zip = (files: Readonly<Record<string, Uint8Array>>) => zipSync({ ...files })
const now = Date.UTC(2026, 11, 1)

describe('zip: each file of an archive is a document of its own', () => {
  const archive = zip({
    'certs/slip.pem': bytes(slipPem),
    'certs/': new Uint8Array(),
    'issuing.crt': bytes(boatyardIssuingPem),
    '__MACOSX/certs/._slip.pem': bytes('x'),
    'certs/.DS_Store': bytes('x'),
    'grün.txt': bytes('depth=0 CN=a\n'),
    'store.p12': legacyP12,
  })

  it('with the name of the archive before its own', () => {
    expect(unpackZip('b.zip', archive).map(({ name }) => name)).toEqual([
      'b.zip/certs/slip.pem',
      'b.zip/issuing.crt',
      'b.zip/grün.txt',
      'b.zip/store.p12',
    ])
  })

  it('in the place of the archive, among the other documents', async () => {
    const documents = await unpackDocuments([
      { name: 'a', text: 'a' },
      { name: 'b.zip', bytes: archive },
      { name: 'c', text: 'c' },
    ])
    expect(documents.map(({ name }) => name)).toEqual([
      'a',
      'b.zip/certs/slip.pem',
      'b.zip/issuing.crt',
      'b.zip/grün.txt',
      'b.zip/store.p12',
      'c',
    ])
    const opened = await openDocuments(documents)
    expect(opened.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5])
    expect(opened[4]?.captures).toHaveLength(1)
  })

  it('and they are judged together', async () => {
    const report = await inspect({ documents: [{ name: 'b.zip', bytes: archive }] }, { now })
    expect(report.documents.map(({ name }) => name)).toHaveLength(4)
    expect(report.captures.map(({ toolLabel }) => toolLabel)).toContain('PKCS#12 file, key "slip"')
  })

  it('which a password given for the archive opens', async () => {
    const inner = zip({ 'store.p12': modernP12 })
    const [opened] = await openDocuments([{ name: 'a.zip', bytes: inner, password: 'harbour' }])
    expect(opened?.captures).toHaveLength(1)
  })

  it('and leaves documents alone when there is no archive', async () => {
    const documents = [
      { name: 'a', text: 'PK\u0003\u0004' },
      { name: 'b', bytes: bytes('text') },
    ]
    expect(await unpackDocuments(documents)).toBe(documents)
  })
})

describe('zip: what is left out is told with the reason', () => {
  const reasons = (archive: Uint8Array) => unpackZip('b.zip', archive).map(({ refused }) => refused)

  it('an archive inside of an archive', () => {
    const inner = zip({ 'a.pem': bytes(slipPem) })
    expect(reasons(zip({ 'inner.zip': inner }))).toEqual([
      'b.zip/inner.zip is an archive inside of an archive. Unpack it, and add the files that it holds.',
    ])
  })

  it('a file that grows too much', () => {
    expect(reasons(zip({ 'bomb.txt': new Uint8Array(20_000_000), 'a.pem': bytes(slipPem) }))).toEqual([
      'b.zip/bomb.txt grows more than 200 times when it is unpacked, which no file in use does. It was left out.',
      undefined,
    ])
  })

  it('a file that grows more than the archive states', () => {
    const archive = zip({ 'bomb.txt': new Uint8Array(20_000_000) })
    const view = new DataView(archive.buffer, archive.byteOffset)
    for (let at = 0; at + 4 < archive.length; at++)
      if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 10, true)
    expect(reasons(archive)[0]).toContain('grows more than 200 times')
  })

  it('a file that is too large, and files for which there is no more room', () => {
    // Stored, so that nothing grows; the bytes are not looked at.
    const large = new Uint8Array(archiveLimits.entryBytes + 1)
    const fitting = new Uint8Array(archiveLimits.entryBytes).fill(0x41)
    const archive = zipSync({ a: large, b: fitting, c: fitting, d: bytes('x') }, { level: 0 })
    const found = reasons(archive)
    expect(found[0]).toContain('is too large')
    expect(found.slice(1, 3)).toEqual([undefined, undefined])
    expect(found[3]).toContain('does not fit')
  })

  it('more files than are read', () => {
    const many = Object.fromEntries(
      Array.from({ length: archiveLimits.entries + 3 }, (_, index) => [`f${index}`, bytes('x')]),
    )
    const documents = unpackZip('b.zip', zip(many))
    expect(documents).toHaveLength(archiveLimits.entries + 1)
    expect(documents.at(-1)?.refused).toContain(
      `holds ${archiveLimits.entries + 3} files, of which the first ${archiveLimits.entries} are read`,
    )
  })

  it('an encrypted file, and one packed in another way', () => {
    const altered = (offset: number, value: number) => {
      const archive = zip({ 'a.pem': bytes(slipPem) })
      const view = new DataView(archive.buffer, archive.byteOffset)
      for (let at = 0; at + 4 < archive.length; at++)
        if (view.getUint32(at, true) === 0x02014b50) view.setUint16(at + offset, value, true)
      return reasons(archive)[0]
    }
    expect(altered(8, 1)).toContain('is encrypted with the password of the archive')
    expect(altered(10, 14)).toContain('is packed in a way that is not read here')
  })

  it('an archive that is cut off, empty, or no archive at all', () => {
    const archive = zip({ 'a.pem': bytes(slipPem) })
    expect(reasons(archive.subarray(0, -30))[0]).toContain('cannot be read')
    expect(reasons(zip({}))).toEqual(['b.zip is an archive without files.'])
    for (let length = 0; length < archive.length; length += 5)
      expect(unpackZip('b.zip', archive.subarray(0, length))[0]?.refused).toBeDefined()
  })

  it('a file that is damaged, and the others are read', () => {
    const archive = zip({ 'a.pem': bytes(slipPem.repeat(3)), 'b.pem': bytes(slipPem) })
    archive.fill(0xff, 60, 200)
    expect(reasons(archive)).toEqual(['b.zip/a.pem is damaged inside of the archive.', undefined])
  })

  it('through inspect as a part that could not be read', async () => {
    const report = await inspect({ documents: [{ name: 'b.zip', bytes: zip({}) }] }, { now })
    expect(report.verdict.headline).toBe('b.zip is an archive without files.')
  })
})

describe('files for trust and revocation', () => {
  it('may be archives, key stores and PKCS#7', async () => {
    const archive = zip({ 'root.pem': bytes(rootPem), 'crl.pem': bytes(crlPem) })
    expect(await certificatesIn({ name: 'a.zip', bytes: archive })).toHaveLength(1)
    expect(await crlsIn({ name: 'a.zip', bytes: archive })).toHaveLength(1)
    expect(await certificatesIn({ name: 'a.p12', bytes: legacyP12 })).toHaveLength(3)
    expect(await certificatesIn({ name: 'a.p7b', text: pkcs7Pem })).toHaveLength(2)
  })
})
