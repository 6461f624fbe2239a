import { describe, expect, it } from 'vitest'
import { javaJceks, javaJks, trustJks } from '../input/testing/keystores.ts'
import { decodeCertificate } from './decode.ts'
import { type Jks, readJks } from './jks.ts'
import { shortName } from './name.ts'

const usual = ['', 'changeit']
const cn = (der: Uint8Array): string => {
  const decoded = decodeCertificate(der)
  return decoded.ok ? shortName(decoded.value.subject) : decoded.error.message
}

function readable(bytes: Uint8Array, ...passwords: string[]): Jks {
  const result = readJks(bytes, passwords)
  if (!result.ok) throw new Error(result.error)
  return result.value
}

const facts = (store: Jks) =>
  store.entries.map(({ alias, kind, certificates }) => [alias, kind, ...certificates.map(cn)].join(', ')).sort()

describe('jks: reads what keytool wrote', () => {
  const keys = [
    'boatyard root, trusted, Boatyard Root R1',
    'crane, key, crane.boatyard.example, Boatyard TLS CA 1',
    'slip, key, slip.boatyard.example, Boatyard TLS CA 1',
  ]

  it('without a password', () => {
    const store = readable(javaJks, ...usual)
    expect(facts(store)).toEqual(keys)
    expect([store.kind, store.password, store.cut]).toEqual(['JKS', undefined, false])
  })

  it('and checks the digest with the password', () => {
    expect(readable(javaJks, ...usual, 'boathouse').password).toBe(2)
    expect(readable(trustJks, ...usual).password).toBe(1)
  })

  it('in JCEKS, where a secret key stands between the entries', () => {
    const store = readable(javaJceks, 'boathouse')
    expect(facts(store)).toEqual([...keys, 'counter, secret', 'zulu, trusted, Boatyard TLS CA 1'].sort())
    expect([store.kind, store.password, store.cut]).toEqual(['JCEKS', 0, false])
  })

  it('with the day on which each entry was made', () => {
    for (const { made } of readable(javaJks).entries) expect(made).toBeGreaterThan(Date.UTC(2026, 0))
  })
})

describe('jks: a store that is not whole', () => {
  it('gives the entries before the cut, and says that it is cut', () => {
    const store = readable(javaJks.subarray(0, javaJks.length - 400), 'boathouse')
    expect(store.cut).toBe(true)
    expect(store.entries.length).toBeLessThan(3)
    expect(store.password).toBeUndefined()
  })

  it('never throws, wherever it is cut', () => {
    for (const bytes of [javaJks, javaJceks])
      for (let length = 4; length < bytes.length; length += 7)
        expect(readJks(bytes.subarray(0, length), ['boathouse']).ok).toBe(true)
  })

  it('has another digest when a byte is altered', () => {
    const bytes = Uint8Array.from(trustJks)
    bytes[200] = (bytes[200] as number) ^ 1
    expect(readable(bytes, ...usual).password).toBeUndefined()
  })

  it('is refused with a reason when it is another file or version', () => {
    expect(readJks(Uint8Array.of(1, 2, 3, 4, 0, 0, 0, 2, 0, 0, 0, 0), [])).toMatchObject({ ok: false })
    expect(readJks(Uint8Array.of(0xfe, 0xed, 0xfe, 0xed, 0, 0, 0, 9, 0, 0, 0, 0), [])).toEqual({
      ok: false,
      error: 'is a Java key store of version 9, which is not read here',
    })
  })

  it('of nothing but beginnings of entries is read in little time', () => {
    const bytes = new Uint8Array(2_000_000)
    bytes.set([
      0xce, 0xce, 0xce, 0xce, 0, 0, 0, 2, 0, 0, 0xff, 0xff, 0, 0, 0, 3, 0, 1, 0x61, 0, 0, 0, 0, 0, 0, 0, 0, 0xac, 0xed,
    ])
    for (let at = 40; at + 6 < bytes.length; at += 6) bytes.set([0, 0, 0, 1, 1, 0], at)
    expect(readable(bytes).entries.length).toBeLessThan(10)
  })
})
