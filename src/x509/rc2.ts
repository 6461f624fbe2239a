/**
 * RC2, decryption of one block at a time: PKCS#12 files of older programs are encrypted with it, and no library in use
 * has it. Source: RFC 2268. Not for keeping secrets: the time of a table look-up depends on the key.
 */
import type { BlockDecryption } from './cbc.ts'

/** PITABLE, RFC 2268 section 2. */
const table = fromHex(
  'd978f9c419ddb5ed28e9fd794aa0d89dc67e37832b76538e624c6488448bfba2179a59f587b34f1361456d8d09817d32' +
    'bd8f40eb86b77b0bf09521225c6b4e8254d66593ce60b21c7356c014a78cf1dc1275ca1f3bbee4d1423dd430a33cb626' +
    '6fbf0eda4669075727f21d9bbc944303f811c7f690ef3ee706c3d52fc8661ed708e8eade8052eef784aa72ac354d6a2a' +
    '961ad2715a1549744b9fd05e0418a4ecc2e0416e0f51cbcc2491af50a1f47039997c3a8523b8b47afc02365b25559731' +
    '2d5dfa98e38a92ae05df2910676cbac9d300e6cfe19ea82c6316013f58e289a90d38341bab33ffb0bb480c5fb9b1cd2e' +
    'c5f3db47e5a59c770aa62068fe7fc1ad',
)

function fromHex(digits: string): Uint8Array {
  return Uint8Array.from({ length: digits.length / 2 }, (_, index) =>
    Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16),
  )
}

const lookUp = (index: number): number => table[index & 0xff] as number

/** Key expansion, section 2: 64 words of 16 bits. */
function expand(key: Uint8Array, effectiveBits: number): Uint16Array {
  const bytes = new Uint8Array(128)
  bytes.set(key)
  const effectiveBytes = (effectiveBits + 7) >> 3
  const mask = 0xff >> (effectiveBytes * 8 - effectiveBits)
  for (let at = key.length; at < 128; at++)
    bytes[at] = lookUp((bytes[at - 1] as number) + (bytes[at - key.length] as number))
  bytes[128 - effectiveBytes] = lookUp((bytes[128 - effectiveBytes] as number) & mask)
  for (let at = 127 - effectiveBytes; at >= 0; at--)
    bytes[at] = lookUp((bytes[at + 1] as number) ^ (bytes[at + effectiveBytes] as number))
  return Uint16Array.from(
    { length: 64 },
    (_, word) => (bytes[word * 2] as number) | ((bytes[word * 2 + 1] as number) << 8),
  )
}

/** Bits by which the four words are rotated. */
const turns = [1, 2, 3, 5]

/**
 * Makes the decryption of RC2 blocks.
 * @param key up to 128 bytes
 * @param effectiveBits bits of it that count
 */
export function rc2(key: Uint8Array, effectiveBits: number): BlockDecryption {
  const keys = expand(key, effectiveBits)
  return { size: 8, decrypt: (bytes, at) => decryptBlock(keys, bytes, at) }
}

/** Section 4: five, six and five rounds of unmixing with a mash undone between them. */
function decryptBlock(keys: Uint16Array, bytes: Uint8Array, at: number): Uint8Array {
  const r = Uint16Array.from(
    { length: 4 },
    (_, word) => (bytes[at + word * 2] as number) | ((bytes[at + word * 2 + 1] as number) << 8),
  )
  const word = (index: number): number => r[index & 3] as number
  let next = 63
  for (let round = 0; round < 16; round++) {
    for (let i = 3; i >= 0; i--) {
      const turn = turns[i] as number
      const turned = (word(i) >>> turn) | (word(i) << (16 - turn))
      r[i] = turned - (keys[next--] as number) - (word(i - 1) & word(i - 2)) - (~word(i - 1) & word(i - 3))
    }
    if (round === 4 || round === 10) for (let i = 3; i >= 0; i--) r[i] = word(i) - (keys[word(i - 1) & 63] as number)
  }
  return Uint8Array.from({ length: 8 }, (_, index) => (word(index >> 1) >> ((index & 1) * 8)) & 0xff)
}
