/** Length of the first DER element as its header states it, header included; undefined when it is no definite length. */
export function derLength(bytes: Uint8Array): number | undefined {
  const first = bytes[1]
  if (first === undefined) return undefined
  if (first < 0x80) return 2 + first
  const count = first & 0x7f
  if (count === 0 || count > 4 || bytes.length < 2 + count) return undefined
  let length = 0
  for (let index = 0; index < count; index++) length = length * 256 + (bytes[2 + index] as number)
  return 2 + count + length
}

/** True when the bytes begin like one DER SEQUENCE, as every certificate does. */
export function startsLikeDer(bytes: Uint8Array): boolean {
  return bytes[0] === 0x30 && derLength(bytes) !== undefined
}

/** Tag of the first element inside of the first one. */
export function innerTag(bytes: Uint8Array): number | undefined {
  const first = bytes[1]
  if (first === undefined || bytes[0] !== 0x30) return undefined
  return bytes[first < 0x80 ? 2 : 2 + (first & 0x7f)]
}

/** True when a SEQUENCE begins with an INTEGER, as all private keys and no certificate do. */
export const holdsIntegerFirst = (bytes: Uint8Array): boolean => innerTag(bytes) === 0x02
