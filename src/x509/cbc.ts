/** Cipher block chaining and its padding. Source: NIST SP 800-38A section 6.2, RFC 5652 section 6.3. */

/** A block cipher that decrypts with one key. */
export interface BlockDecryption {
  /** Bytes of a block. */
  readonly size: number
  /** Decrypts the block at an offset. */
  readonly decrypt: (bytes: Uint8Array, at: number) => Uint8Array
}

/** Decrypts data of whole blocks; undefined when it is none. */
export function undoCbc(cipher: BlockDecryption, iv: Uint8Array, data: Uint8Array): Uint8Array | undefined {
  const { size } = cipher
  if (iv.length !== size || data.length === 0 || data.length % size !== 0) return undefined
  const result = new Uint8Array(data.length)
  for (let at = 0; at < data.length; at += size) {
    const block = cipher.decrypt(data, at)
    for (let index = 0; index < size; index++) {
      const before = at === 0 ? (iv[index] as number) : (data[at - size + index] as number)
      result[at + index] = (block[index] as number) ^ before
    }
  }
  return result
}

/** Takes the padding off; undefined when it is none, as after a wrong key. */
export function withoutPadding(bytes: Uint8Array, size: number): Uint8Array | undefined {
  const count = bytes.at(-1) ?? 0
  if (count === 0 || count > size || count > bytes.length) return undefined
  return bytes.subarray(-count).every((byte) => byte === count) ? bytes.subarray(0, -count) : undefined
}
