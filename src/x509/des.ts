/**
 * Triple DES, decryption of one block at a time: old PKCS#12 files are encrypted with it, and no library in use has it.
 * Source: FIPS 46-3. Not for keeping secrets: the time of a table look-up depends on the key.
 */
import type { BlockDecryption } from './cbc.ts'

/** Bits of the key that are used, in order, counted from 1 (PC-1). */
const permutedChoice1 = [
  57, 49, 41, 33, 25, 17, 9, 1, 58, 50, 42, 34, 26, 18, 10, 2, 59, 51, 43, 35, 27, 19, 11, 3, 60, 52, 44, 36, 63, 55,
  47, 39, 31, 23, 15, 7, 62, 54, 46, 38, 30, 22, 14, 6, 61, 53, 45, 37, 29, 21, 13, 5, 28, 20, 12, 4,
]

/** Bits of the two rotated halves that make the key of a round, counted from 1 (PC-2). */
const permutedChoice2 = [
  14, 17, 11, 24, 1, 5, 3, 28, 15, 6, 21, 10, 23, 19, 12, 4, 26, 8, 16, 7, 27, 20, 13, 2, 41, 52, 31, 37, 47, 55, 30,
  40, 51, 45, 33, 48, 44, 49, 39, 56, 34, 53, 46, 42, 50, 36, 29, 32,
]

const rotations = [1, 1, 2, 2, 2, 2, 2, 2, 1, 2, 2, 2, 2, 2, 2, 1]

/** Which bit of the eight S-box results stands where afterwards, counted from 1 (P). */
const permutation = [
  16, 7, 20, 21, 29, 12, 28, 17, 1, 15, 23, 26, 5, 18, 31, 10, 2, 8, 24, 14, 32, 27, 3, 9, 19, 13, 30, 6, 22, 11, 4, 25,
]

/** The eight S-boxes: four rows of sixteen results each, in hexadecimal. */
const boxes = [
  'e4d12fb83a6c5907 0f74e2d1a6cb9538 41e8d62bfc973a50 fc8249175b3ea06d',
  'f18e6b34972dc05a 3d47f28ec01a69b5 0e7ba4d158c6932f d8a13f42b67c05e9',
  'a09e63f51dc7b428 d709346a285ecbf1 d6498f30b12c5ae7 1ad069874fe3b52c',
  '7de3069a1285bc4f d8b56f03472c1ae9 a690cb7df13e5284 3f06a1d8945bc72e',
  '2c417ab6853fd0e9 eb2c47d150fa3986 421bad78f9c5630e b8c71e2d6f09a453',
  'c1af92680d34e75b af427c9561de0b38 9ef528c3704a1db6 432c95fabe17608d',
  '4b2ef08d3c975a61 d0b7491ae35c2f86 14bdc37eaf680592 6bd814a7950fe23c',
  'd2846fb1a93e50c7 1fd8a374c56b0e92 7b419ce206adf358 21e74a8dfc90356b',
]

/** S-box and P in one: the word that six bits of each box give. */
const words: readonly Int32Array[] = boxes.map((box, number) => {
  const rows = box.split(' ')
  return Int32Array.from({ length: 64 }, (_, six) => {
    const row = rows[((six >> 4) & 2) | (six & 1)] as string
    const value = Number.parseInt(row[(six >> 1) & 15] as string, 16)
    let word = 0
    for (let bit = 0; bit < 4; bit++)
      if ((value >> (3 - bit)) & 1) word |= 1 << (31 - permutation.indexOf(number * 4 + bit + 1))
    return word
  })
})

/** Sixteen round keys of eight times six bits, in the order of decryption unless `encrypt`. */
function schedule(key: Uint8Array, encrypt: boolean): Uint8Array[] {
  const bits = permutedChoice1.map((bit) => ((key[(bit - 1) >> 3] as number) >> (7 - ((bit - 1) & 7))) & 1)
  let left = bits.slice(0, 28)
  let right = bits.slice(28)
  const keys = rotations.map((count) => {
    left = [...left.slice(count), ...left.slice(0, count)]
    right = [...right.slice(count), ...right.slice(0, count)]
    const both = [...left, ...right]
    const chosen = permutedChoice2.map((bit) => both[bit - 1] as number)
    return Uint8Array.from({ length: 8 }, (_, box) =>
      chosen.slice(box * 6, box * 6 + 6).reduce((six, bit) => six * 2 + bit, 0),
    )
  })
  return encrypt ? keys : keys.reverse()
}

/**
 * Makes the decryption of Triple DES blocks.
 * @param key 24 bytes; parity bits are ignored
 */
export function tripleDes(key: Uint8Array): BlockDecryption {
  const passes = [
    schedule(key.subarray(16, 24), false),
    schedule(key.subarray(8, 16), true),
    schedule(key.subarray(0, 8), false),
  ]
  return { size: 8, decrypt: (bytes, at) => decryptBlock(passes, bytes, at) }
}

function decryptBlock(passes: readonly Uint8Array[][], bytes: Uint8Array, at: number): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, 8)
  let [left, right] = initial(view.getInt32(0), view.getInt32(4))
  for (const keys of passes) {
    for (const key of keys) {
      const next = left ^ mix(right, key)
      left = right
      right = next
    }
    // The halves are not exchanged after the last round; between two passes the permutations cancel out.
    const swapped = left
    left = right
    right = swapped
  }
  const result = new Uint8Array(8)
  const out = new DataView(result.buffer)
  const [first, second] = final(left, right)
  out.setInt32(0, first)
  out.setInt32(4, second)
  return result
}

/** Each box gets six neighbouring bits of the word, which is a ring (E). */
function mix(word: number, key: Uint8Array): number {
  const ring = (word << 31) | (word >>> 1)
  let result = 0
  for (let box = 0; box < 8; box++) {
    const shift = 26 - box * 4
    const six = box === 7 ? ((word << 1) | (word >>> 31)) & 63 : (ring >>> shift) & 63
    result |= (words[box] as Int32Array)[six ^ (key[box] as number)] as number
  }
  return result
}

/** Exchanges the bits of `b` under the mask with those of `a`, `shift` places higher. */
function exchange(a: number, b: number, shift: number, mask: number): [number, number] {
  const bits = ((a >>> shift) ^ b) & mask
  return [a ^ (bits << shift), b ^ bits]
}

/** IP, as five exchanges of bits. */
function initial(l: number, r: number): [number, number] {
  let [left, right] = exchange(l, r, 4, 0x0f0f0f0f)
  ;[left, right] = exchange(left, right, 16, 0x0000ffff)
  ;[right, left] = exchange(right, left, 2, 0x33333333)
  ;[right, left] = exchange(right, left, 8, 0x00ff00ff)
  return exchange(left, right, 1, 0x55555555)
}

/** The inverse of IP. */
function final(l: number, r: number): [number, number] {
  let [left, right] = exchange(l, r, 1, 0x55555555)
  ;[right, left] = exchange(right, left, 8, 0x00ff00ff)
  ;[right, left] = exchange(right, left, 2, 0x33333333)
  ;[left, right] = exchange(left, right, 16, 0x0000ffff)
  return exchange(left, right, 4, 0x0f0f0f0f)
}
