/** IP addresses as text. Source: RFC 5952 (IPv6), RFC 5280 section 4.2.1.10 (address and mask). */

/** Text of 4 or 16 bytes; undefined for any other number. */
export function ipText(bytes: Uint8Array): string | undefined {
  if (bytes.length === 4) return bytes.join('.')
  return bytes.length === 16 ? ipv6Text(bytes) : undefined
}

/** Text of an address with its mask (8 or 32 bytes): `10.0.0.0/8`, or the mask itself where it is no prefix. */
export function ipRangeText(bytes: Uint8Array): string | undefined {
  const half = bytes.length / 2
  const address = ipText(bytes.subarray(0, half))
  const mask = bytes.subarray(half)
  if (address === undefined || mask.length !== half) return undefined
  return `${address}/${prefixLength(mask) ?? ipText(mask)}`
}

function ipv6Text(bytes: Uint8Array): string {
  const groups = Array.from({ length: 8 }, (_, at) =>
    (((bytes[at * 2] as number) << 8) | (bytes[at * 2 + 1] as number)).toString(16),
  )
  let best = { start: 0, length: 1 }
  for (let start = 0; start < 8; start++) {
    let length = 0
    while (groups[start + length] === '0') length++
    if (length > best.length) best = { start, length }
  }
  if (best.length < 2) return groups.join(':')
  return `${groups.slice(0, best.start).join(':')}::${groups.slice(best.start + best.length).join(':')}`
}

/** Number of leading ones; undefined when a one follows a zero. */
function prefixLength(mask: Uint8Array): number | undefined {
  const bits = Array.from(mask, (byte) => byte.toString(2).padStart(8, '0')).join('')
  const ones = bits.indexOf('0')
  if (ones === -1) return bits.length
  return bits.includes('1', ones) ? undefined : ones
}
