import { createHmac, pbkdf2Sync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  chainP7b,
  des3P12,
  javaP12,
  legacyP12,
  modernP12,
  openP12,
  rc2P12,
  roundsP12,
  tripleP12,
  trustP12,
  twoKeyP12,
} from '../input/testing/keystores.ts'
import { derOfBer } from './ber.ts'
import { decodeCertificate } from './decode.ts'
import { children, content, type Node, onlyNode, whole } from './der.ts'
import { shortName } from './name.ts'
import { openPkcs12, type Pkcs12 } from './pkcs12.ts'

const usual = ['', 'changeit']
const cn = (der: Uint8Array): string => {
  const decoded = decodeCertificate(der)
  return decoded.ok ? shortName(decoded.value.subject) : decoded.error.message
}

function opened(bytes: Uint8Array, ...passwords: string[]): Pkcs12 {
  const result = openPkcs12(bytes, passwords)
  if (!result.ok) throw new Error(result.error.message)
  return result.value
}

const problem = (bytes: Uint8Array, ...passwords: string[]) => {
  const result = openPkcs12(bytes, passwords)
  return result.ok ? undefined : result.error
}

const slip = 'slip.boatyard.example'

const tlv = (tag: number, ...parts: Uint8Array[]): Uint8Array => {
  const body = Buffer.concat(parts)
  const length = body.length < 128 ? [body.length] : [0x82, body.length >> 8, body.length & 255]
  return new Uint8Array(Buffer.concat([Uint8Array.of(tag, ...length), body]))
}
const [version, safe] = children(onlyNode(modernP12, 0, modernP12.length)).map(whole) as [Uint8Array, Uint8Array]
const withoutMac = tlv(0x30, version, safe)

describe('pkcs12: opens what real tools wrote', () => {
  it('OpenSSL 3 with AES and PBKDF2, with its friendly names', () => {
    const store = opened(modernP12, ...usual, 'harbour')
    expect(store.certificates.map(({ der, alias }) => [cn(der), alias])).toEqual([
      [slip, 'Slipway "Süd"'],
      ['Boatyard TLS CA 1', 'issuing'],
      ['Boatyard Root R1', undefined],
    ])
    expect(store.keys).toHaveLength(1)
    expect(store.keys[0]?.keyId).toBe(store.certificates[0]?.keyId)
    expect([store.integrity, store.password, store.closed]).toEqual(['verified', 2, 0])
  })

  const others: readonly (readonly [string, Uint8Array, readonly string[], number])[] = [
    ['RC2 with 40 bits and a MAC of SHA-1', legacyP12, usual, 1],
    ['Triple DES and an empty password', tripleP12, usual, 0],
    ['RC2 with 128 bits', rc2P12, ['harbour'], 0],
    ['Triple DES with two keys and a MAC of SHA-512', twoKeyP12, ['harbour'], 0],
    ['Triple DES by PBES2 and a MAC of SHA-384', des3P12, ['harbour'], 0],
  ]
  for (const [name, bytes, passwords, used] of others) {
    it(name, () => {
      const store = opened(bytes, ...passwords)
      expect(cn((store.certificates[0] as { der: Uint8Array }).der)).toBe(slip)
      expect([store.integrity, store.password]).toEqual(['verified', used])
    })
  }

  it('keytool with two keys and a trusted certificate', () => {
    const store = opened(javaP12, 'boathouse')
    expect(store.keys.map(({ alias }) => alias).sort()).toEqual(['crane', 'slip'])
    expect(store.certificates.filter(({ trusted }) => trusted).map(({ der, alias }) => [cn(der), alias])).toEqual([
      ['Boatyard Root R1', 'boatyard root'],
    ])
  })

  it('a trust store, which has no key', () => {
    const store = opened(trustP12, ...usual)
    expect(store.keys).toEqual([])
    expect(store.certificates.map(({ alias, trusted }) => [alias, trusted])).toEqual([
      ['root', true],
      ['pinned', true],
    ])
  })

  it('one without a MAC, by what comes out of it', () => {
    expect(opened(withoutMac, ...usual, 'harbour')).toMatchObject({ integrity: 'none', password: 2 })
    expect(problem(withoutMac, ...usual, 'Harbour')?.code).toBe('password')
  })

  it('one whose certificates are not encrypted, without its password', () => {
    const store = opened(openP12, ...usual)
    expect(store.certificates.map(({ der }) => cn(der))).toEqual([slip])
    expect([store.integrity, store.password, store.keys.length]).toEqual(['unchecked', undefined, 1])
  })
})

describe('pkcs12: a MAC by PBMAC1 (RFC 9579)', () => {
  const oid = (digits: string) => tlv(6, Buffer.from(digits, 'hex'))
  const salt = Buffer.from('saltsalt')
  const prf = tlv(0x30, oid('2a864886f70d0209'), tlv(5))
  const derivation = tlv(
    0x30,
    oid('2a864886f70d01050c'),
    tlv(0x30, tlv(4, salt), tlv(2, Uint8Array.of(8, 0)), tlv(2, Uint8Array.of(32)), prf),
  )
  const algorithm = tlv(0x30, oid('2a864886f70d01050e'), tlv(0x30, derivation, prf))
  const withMac = (password: string): Uint8Array => {
    const [, explicit] = children(onlyNode(safe, 0, safe.length))
    const [octets] = children(explicit as Parameters<typeof children>[0])
    const signed = (octets as { bytes: Uint8Array; body: number; end: number }).bytes.subarray(
      octets?.body,
      octets?.end,
    )
    const digest = createHmac('sha256', pbkdf2Sync(password, salt, 2_048, 32, 'sha256'))
      .update(signed)
      .digest()
    return tlv(0x30, version, safe, tlv(0x30, tlv(0x30, algorithm, tlv(4, digest)), tlv(4), tlv(2, Uint8Array.of(1))))
  }

  it('is verified', () => {
    expect(opened(withMac('harbour'), ...usual, 'harbour')).toMatchObject({ integrity: 'verified', password: 2 })
  })

  it('keeps the file closed when it fits no password', () => {
    expect(problem(withMac('another'), ...usual, 'harbour')?.code).toBe('password')
  })
})

describe('pkcs12: BER with indefinite lengths', () => {
  /** Rewrites constructed elements with indefinite lengths, and long strings of the tags in two pieces. */
  function loosen(bytes: Uint8Array, tags: readonly number[]): Uint8Array {
    const node = onlyNode(bytes, 0, bytes.length)
    if ((node.tag & 0x20) === 0) {
      if (!tags.includes(node.tag) || node.end - node.body < 200) return bytes
      const middle = node.body + 100
      const piece = (from: number, to: number) => tlv(4, bytes.subarray(from, to))
      return Uint8Array.of(node.tag | 0x20, 0x80, ...piece(node.body, middle), ...piece(middle, node.end), 0, 0)
    }
    const inside = children(node).flatMap((child) => [...loosen(new Uint8Array(whole(child)), tags)])
    return Uint8Array.of(node.tag, 0x80, ...inside, 0, 0)
  }

  /** The list of contents is in a string of its own, so that it can be BER within BER. */
  function loosenInside(): Uint8Array {
    const [type, explicit] = children(onlyNode(safe, 0, safe.length)) as [Node, Node]
    const list = new Uint8Array(content(children(explicit)[0] as Node))
    const outer = tlv(0x30, new Uint8Array(whole(type)), tlv(0xa0, tlv(4, loosen(list, [4, 0x80]))))
    return tlv(0x30, version, outer)
  }

  it('is opened like DER', () => {
    const loose = loosen(modernP12, [4])
    expect(loose[1]).toBe(0x80)
    expect(opened(loose, 'harbour')).toEqual(opened(modernP12, 'harbour'))
    expect(opened(loosenInside(), 'harbour').certificates).toEqual(opened(modernP12, 'harbour').certificates)
  })

  it('becomes the DER that it stands for', () => {
    for (const bytes of [modernP12, legacyP12, chainP7b]) expect(derOfBer(loosen(bytes, [4]))).toEqual(bytes)
  })

  it('is refused when it never ends', () => {
    expect(derOfBer(Uint8Array.of(0x30, 0x80, 0x30, 0x80))).toBeUndefined()
    expect(derOfBer(new Uint8Array(100_000).fill(0x30))).toBeUndefined()
    expect(derOfBer(Uint8Array.from({ length: 100_000 }, (_, at) => (at % 2 === 0 ? 0x30 : 0x80)))).toBeUndefined()
  })
})

describe('pkcs12: says why a file stays closed', () => {
  it('for want of the password', () => {
    for (const bytes of [modernP12, rc2P12, javaP12])
      expect(problem(bytes, ...usual)).toEqual({ code: 'password', message: 'is protected by a password' })
  })

  it('when it asks for too much work, with the limit', () => {
    expect(problem(roundsP12, 'harbour')?.code).toBe('too-much')
    expect(problem(roundsP12, 'harbour')?.message).toContain('in 1500000 rounds; at most 1000000')
  })

  it('when it is damaged or cut anywhere, and never throws', () => {
    for (let length = 0; length < modernP12.length; length += 13) {
      const result = openPkcs12(modernP12.subarray(0, length), ['harbour'])
      expect(result.ok).toBe(false)
    }
  })

  it('when a byte of it is altered: never another content', () => {
    const whole = opened(legacyP12, 'changeit')
    for (let at = 0; at < legacyP12.length; at += 29) {
      const bytes = Uint8Array.from(legacyP12)
      bytes[at] = (bytes[at] as number) ^ 0x41
      const result = openPkcs12(bytes, ['changeit'])
      if (result.ok && result.value.integrity === 'verified')
        expect(result.value.certificates).toEqual(whole.certificates)
    }
  })

  it('when it is too large', () => {
    expect(problem(new Uint8Array(16_000_001))?.code).toBe('too-much')
  })
})
