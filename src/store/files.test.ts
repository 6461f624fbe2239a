import { describe, expect, it } from 'vitest'
import type { UnpackedFile } from '../worker/messages.ts'
import { decodeText, readFiles } from './files.ts'

const file = (name: string, content: string | Uint8Array<ArrayBuffer>) => ({ file: new File([content], name) })
const noArchive = () => Promise.reject(new Error('there is no archive'))
const text = (content: string) => new TextEncoder().encode(content)
const utf16 = (content: string) => new Uint8Array(Buffer.from(content, 'utf16le'))

describe('reading dropped files', () => {
  it('makes a document of each, text or bytes, with its path in a folder', async () => {
    const binary = Uint8Array.of(0x30, 0x82, 0, 1, 0xff)
    const outcomes = await readFiles(
      [file('a.pem', 'a\r\nb'), { ...file('b.der', binary), path: 'certs/b.der' }],
      noArchive,
    )
    expect(outcomes).toMatchObject([
      { ok: true, file: { name: 'a.pem', text: 'a\nb', size: 4 } },
      { ok: true, file: { name: 'certs/b.der', bytes: binary, size: 5 } },
    ])
  })

  it('puts the files of an archive in its place, and names those that were left out', async () => {
    const archive = Uint8Array.of(0x50, 0x4b, 3, 4, 0)
    const unpack = async (name: string): Promise<readonly UnpackedFile[]> => [
      { name: `${name}/a.pem`, bytes: text('a') },
      { name: `${name}/b.zip`, refused: `${name}/b.zip is an archive inside of an archive.` },
    ]
    expect(await readFiles([file('x.zip', archive), file('c.txt', 'c')], unpack)).toMatchObject([
      { ok: true, file: { name: 'x.zip/a.pem', text: 'a' } },
      { ok: false, name: 'x.zip/b.zip', reason: 'It is an archive inside of an archive.' },
      { ok: true, file: { name: 'c.txt' } },
    ])
  })

  it('names a file that cannot be read, and reads the others', async () => {
    const broken = {
      file: { name: 'gone', size: 1, arrayBuffer: () => Promise.reject(new Error('gone')) } as unknown as File,
    }
    expect(await readFiles([broken, file('a', 'a')], noArchive)).toMatchObject([
      { ok: false, name: 'gone', reason: 'The browser could not read it.' },
      { ok: true },
    ])
  })

  it('says when there are more files than are read', async () => {
    const many = Array.from({ length: 1_002 }, (_, index) => file(`f${index}`, 'x'))
    const outcomes = await readFiles(many, noArchive)
    expect(outcomes).toHaveLength(1_001)
    expect(outcomes.at(-1)).toMatchObject({ ok: false, name: '2 more files' })
  })
})

describe('text of a file', () => {
  it('is UTF-8, or UTF-16 with or without a mark', () => {
    expect(decodeText(text('\ufeffgrün'))).toBe('grün')
    expect(decodeText(utf16('\ufeffdepth=0\r\n'))).toBe('depth=0\n')
    expect(decodeText(utf16('depth=0 CN = a'))).toBe('depth=0 CN = a')
    expect(decodeText(Uint8Array.of(0x67, 0x72, 0xfc, 0x6e, 0x0d, 0x0a))).toBe('grün\n')
  })

  it('is none of binary content', () => {
    expect(decodeText(Uint8Array.of(0x30, 0x82, 0x01, 0x00, 0xff, 0x00))).toBeNull()
    expect(decodeText(Uint8Array.of(0x30, 0x81, 0x03, 0xc3, 0x28))).toBeNull()
  })
})
