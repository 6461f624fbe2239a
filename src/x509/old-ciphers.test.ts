import { createCipheriv } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { undoCbc, withoutPadding } from './cbc.ts'
import { tripleDes } from './des.ts'
import { hex } from './hex.ts'
import { rc2 } from './rc2.ts'

const bytes = (digits: string) => Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))

describe('rc2: decrypts the test vectors of RFC 2268 section 5', () => {
  const vectors: readonly (readonly [string, number, string, string])[] = [
    ['0000000000000000', 63, '0000000000000000', 'ebb773f993278eff'],
    ['ffffffffffffffff', 64, 'ffffffffffffffff', '278b27e42e2f0d49'],
    ['3000000000000000', 64, '1000000000000001', '30649edf9be7d2c2'],
    ['88', 64, '0000000000000000', '61a8a244adacccf0'],
    ['88bca90e90875a', 64, '0000000000000000', '6ccf4308974c267f'],
    ['88bca90e90875a7f0f79c384627bafb2', 64, '0000000000000000', '1a807d272bbe5db1'],
    ['88bca90e90875a7f0f79c384627bafb2', 128, '0000000000000000', '2269552ab0f85ca6'],
    ['88bca90e90875a7f0f79c384627bafb216f80a6f85920584c42fceb0be255daf1e', 129, '0000000000000000', '5b78d3a43dfff1f1'],
  ]
  for (const [key, bits, plain, cipher] of vectors) {
    it(`${key.slice(0, 32)} with ${bits} bits`, () => {
      expect(hex(rc2(bytes(key), bits).decrypt(bytes(cipher), 0))).toBe(plain)
    })
  }
})

describe('tripleDes: decrypts what OpenSSL encrypted', () => {
  for (let seed = 1; seed <= 20; seed++) {
    it(`with key ${seed}`, () => {
      const stream = (length: number, step: number) =>
        Uint8Array.from({ length }, (_, at) => (at * step * 31 + seed * 89) & 0xff)
      const [key, iv, plain] = [stream(24, 7), stream(8, 13), stream(seed * 5, 3)]
      const cipher = createCipheriv('des-ede3-cbc', key, iv)
      const encrypted = new Uint8Array(Buffer.concat([cipher.update(plain), cipher.final()]))
      const decrypted = undoCbc(tripleDes(key), iv, encrypted)
      expect(decrypted && hex(withoutPadding(decrypted, 8) ?? new Uint8Array())).toBe(hex(plain))
    })
  }
})

describe('cbc', () => {
  it('refuses what is no number of whole blocks, and another initialisation vector', () => {
    const cipher = tripleDes(new Uint8Array(24))
    expect(undoCbc(cipher, new Uint8Array(8), new Uint8Array(9))).toBeUndefined()
    expect(undoCbc(cipher, new Uint8Array(8), new Uint8Array())).toBeUndefined()
    expect(undoCbc(cipher, new Uint8Array(7), new Uint8Array(8))).toBeUndefined()
  })

  it('takes off a whole padding only', () => {
    expect(withoutPadding(bytes('aa020202'), 8)).toEqual(bytes('aa02'))
    for (const wrong of ['aa020302', 'aa00', 'aa09', '0303', ''])
      expect(withoutPadding(bytes(wrong), 8)).toBeUndefined()
  })
})
