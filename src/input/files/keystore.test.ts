import { describe, expect, it } from 'vitest'
import { inspect } from '../../inspect.ts'
import type { InputDocument } from '../model.ts'
import { readDocument } from '../read.ts'
import * as stores from '../testing/keystores.ts'
import { certificateIn } from '../testing/reading.ts'
import { openDocument } from './open.ts'

const open = (bytes: Uint8Array, password?: string, name = 'store.p12') =>
  openDocument({ name, bytes, ...(password === undefined ? {} : { password }) }, 4)

const now = Date.UTC(2026, 11, 1)
const judge = (...documents: InputDocument[]) => inspect({ documents }, { now })

async function groups(bytes: Uint8Array, password?: string): Promise<string[][]> {
  const { captures } = await open(bytes, password)
  return captures.map(({ toolLabel, blocks }) => [toolLabel, ...blocks.map(certificateIn)])
}

const slip = 'slip.boatyard.example'
const [issuing, root] = ['Boatyard TLS CA 1', 'Boatyard Root R1']

describe('keystore: the certificates of a PKCS#12 file', () => {
  it('are the chain of its key, whatever their order in the file', async () => {
    expect(await groups(stores.modernP12, 'harbour')).toEqual([
      ['PKCS#12 file, key "Slipway "Süd""', slip, issuing, root],
    ])
  })

  it('are read with the password that everybody uses, and with none', async () => {
    expect(await groups(stores.legacyP12)).toEqual([['PKCS#12 file, key "slip"', slip, issuing, root]])
    expect(await groups(stores.tripleP12)).toEqual([['PKCS#12 file, key', slip]])
  })

  it('are a chain for each of several keys, and the rest is trusted', async () => {
    const found = await groups(stores.javaP12, 'boathouse')
    expect(found.sort()).toEqual([
      ['PKCS#12 file, key "crane"', 'crane.boatyard.example', issuing, root],
      ['PKCS#12 file, key "slip"', slip, issuing, root],
    ])
  })

  it('are apart when they are trusted and belong to nothing', async () => {
    expect(await groups(stores.trustP12)).toEqual([
      ['PKCS#12 file, trusted certificates', root],
      ['PKCS#12 file, trusted certificate', 'crane.boatyard.example'],
    ])
  })

  it('carry the place of the whole document', async () => {
    const { captures, binary, length } = await open(stores.legacyP12)
    expect(captures[0]?.blocks[0]?.span).toEqual({ document: 4, start: 0, end: 0 })
    expect([binary, length]).toEqual([true, stores.legacyP12.length])
  })
})

describe('keystore: what is told of the file', () => {
  it('names its entries and says whether it was verified', async () => {
    expect((await open(stores.modernP12, 'harbour')).container).toEqual({
      kind: 'PKCS#12',
      integrity: 'verified',
      entries: [{ alias: 'Slipway "Süd"', kind: 'key', certificates: 3 }],
    })
    expect((await open(stores.trustP12)).container?.entries).toEqual([
      { alias: 'root', kind: 'certificate', certificates: 1 },
      { alias: 'pinned', kind: 'certificate', certificates: 1 },
    ])
  })

  it('a Java store is read without a password, and then not verified', async () => {
    const { container, captures, locked } = await open(stores.javaJceks, undefined, 'store.jceks')
    expect(container).toMatchObject({ kind: 'JCEKS', integrity: 'unchecked' })
    expect(container?.entries.map(({ alias, kind }) => `${alias} ${kind}`).sort()).toEqual([
      'boatyard root certificate',
      'counter secret',
      'crane key',
      'slip key',
      'zulu certificate',
    ])
    expect(captures.map(({ blocks }) => blocks.length).sort()).toEqual([2, 2, 2])
    expect(locked).toBeUndefined()
  })

  it('a Java store is verified with the password, and another one does not fit', async () => {
    expect((await open(stores.javaJks, 'boathouse')).container?.integrity).toBe('verified')
    expect((await open(stores.javaJks, 'outhouse')).container?.integrity).toBe('failed')
    expect((await open(stores.trustJks)).container?.integrity).toBe('verified')
  })
})

describe('keystore: one that is locked', () => {
  it('says so, and says it again of a wrong password', async () => {
    const first = await open(stores.modernP12)
    expect(first.locked).toEqual({ kind: 'PKCS#12', wrongPassword: false })
    expect(first.skipped[0]?.reason).toBe(
      'store.p12 is a PKCS#12 file that needs its password: neither an empty one nor "changeit" opens it.',
    )
    const second = await open(stores.modernP12, 'Harbour')
    expect(second.locked).toEqual({ kind: 'PKCS#12', wrongPassword: true })
    expect(second.captures).toEqual([])
  })

  it('gives the certificates that are not encrypted all the same', async () => {
    const { captures, container } = await open(stores.openP12)
    expect(captures.map(({ blocks }) => blocks.map(certificateIn))).toEqual([[slip]])
    expect(container?.integrity).toBe('unchecked')
  })

  it('that asks for too much work is refused with the limit', async () => {
    const { skipped, locked } = await open(stores.roundsP12, 'harbour')
    expect(skipped[0]?.reason).toContain('1500000 rounds')
    expect(locked).toBeUndefined()
  })

  it('is named by the reader that opens nothing', () => {
    expect(readDocument({ name: 'a.p12', bytes: stores.modernP12 }, 0).skipped[0]?.reason).toContain(
      'a.p12 is a key store',
    )
  })
})

describe('keystore: through inspect', () => {
  it('a locked file gives a verdict that says what to do, and no part of the report holds a password', async () => {
    const report = await judge({ name: 'shop.p12', bytes: stores.modernP12, password: 'not-it' })
    expect(report.verdict.status).toBe('inconclusive')
    expect(report.verdict.headline).toContain(
      'shop.p12 is a PKCS#12 file, and the password that was given does not open it',
    )
    expect(report.documents[0]?.locked).toEqual({ kind: 'PKCS#12', wrongPassword: true })
    expect(report.findings.find(({ rule }) => rule === 'unreadable-input')?.nextCommand).toBe(
      'openssl pkcs12 -in shop.p12 -nokeys',
    )
    expect(JSON.stringify(report)).not.toContain('not-it')
  })

  it('the right password appears nowhere either', async () => {
    const report = await judge({ name: 'shop.p12', bytes: stores.modernP12, password: 'harbour' })
    expect(report.captures[0]?.served).toHaveLength(3)
    expect(JSON.stringify(report)).not.toContain('harbour')
  })

  it('a chain up to its private root is judged as such, with nothing extra and nothing out of order', async () => {
    const report = await judge({ name: 'shop.p12', bytes: stores.legacyP12 })
    expect(report.captures[0]).toMatchObject({ tool: 'keystore', toolLabel: 'PKCS#12 file, key "slip"' })
    const rules = report.findings.map(({ rule }) => rule)
    for (const wrong of ['wrong-order', 'extra-certificates', 'secret-in-paste', 'missing-intermediate'])
      expect(rules).not.toContain(wrong)
  })

  it('a trust store of a CA alone completes other chains', async () => {
    const report = await judge(
      { name: 'trust.jks', bytes: stores.trustJks },
      { name: 'slip.pem', text: stores.slipPem + stores.boatyardIssuingPem },
    )
    const chain = report.captures.find(({ document }) => document === 1)?.chain
    expect(chain?.map(({ name, source }) => [name, source])).toEqual([
      [slip, 'served'],
      [issuing, 'served'],
      [root, 'supplied'],
    ])
  })

  it('a PKCS#7 file in DER has its certificates', async () => {
    const report = await judge({ name: 'chain.p7b', bytes: stores.chainP7b })
    expect(report.captures[0]).toMatchObject({ tool: 'der', toolLabel: 'DER file: PKCS#7' })
    expect(report.captures[0]?.served).toHaveLength(2)
  })
})

describe('keystore: a certificate in it that was altered', () => {
  it('is found out, with evidence although another capture needs it', async () => {
    const bytes = Uint8Array.from(stores.javaJks)
    const root = Uint8Array.from(atob(stores.boatyardRootPem.split('\n').slice(1, -2).join('')), (letter) =>
      letter.charCodeAt(0),
    )
    const at = bytes.findIndex((_, index) => root.every((byte, offset) => bytes[index + offset] === byte))
    bytes[at + root.length - 2] = (bytes[at + root.length - 2] as number) ^ 1
    const report = await judge({ name: 'store.jks', bytes })
    const finding = report.findings.find(({ rule }) => rule === 'bad-signature')
    expect(finding?.title).toContain('"Boatyard Root R1"')
    expect(finding?.evidence).toEqual([{ document: 0, start: 0, end: 0, quote: '' }])
  })
})
