/** IP addresses as hosts: text forms to bytes, and which of them are public. */

/**
 * Bytes of an address as people write it: dotted IPv4 (four decimal numbers), IPv6 in any form of RFC 4291 section 2.2,
 * with brackets (RFC 3986) or a zone (RFC 6874), which is dropped.
 *
 * @returns 4 or 16 bytes; `undefined` for anything else, also for octal and shortened IPv4 forms
 */
export function parseIp(host: string): Uint8Array | undefined {
  const bare = host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host
  return parseIpv4(bare) ?? parseIpv6(bare.replace(/%.*$/, ''))
}

/** Is the host an IP address? */
export const isIpAddress = (host: string): boolean => parseIp(host.trim()) !== undefined

function parseIpv4(text: string): Uint8Array | undefined {
  const parts = text.split('.', 5)
  if (parts.length !== 4 || !parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256))
    return undefined
  return Uint8Array.from(parts, Number)
}

function parseIpv6(text: string): Uint8Array | undefined {
  if (text.length > 45 || !text.includes(':')) return undefined
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const [head, tail] = halves.map(groupsOf)
  if (head === undefined || (halves.length === 2 && tail === undefined)) return undefined
  if (tail === undefined) return head.length === 16 ? Uint8Array.from(head) : undefined
  const zeros = 16 - head.length - tail.length
  return zeros < 2 ? undefined : Uint8Array.from([...head, ...new Array<number>(zeros).fill(0), ...tail])
}

/** Bytes of the groups between colons; the last one may be dotted. */
function groupsOf(text: string): number[] | undefined {
  if (text === '') return []
  const groups = text.split(':')
  const bytes: number[] = []
  for (const [at, group] of groups.entries()) {
    const dotted = at === groups.length - 1 ? parseIpv4(group) : undefined
    if (dotted !== undefined) bytes.push(...dotted)
    else if (/^[0-9a-f]{1,4}$/i.test(group))
      bytes.push(Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 0xff)
    else return undefined
  }
  return bytes
}

/**
 * Blocks that are not reachable from the Internet, as address and prefix length.
 * Source: IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890), and multicast (RFC 5771, RFC 4291).
 */
const specialBlocks: readonly (readonly [address: string, prefix: number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  ['::', 127],
  ['100::', 64],
  ['2001:db8::', 32],
  ['3fff::', 20],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
]

/** Is the address one of the public Internet? IPv4 addresses in IPv6 form are judged as IPv4. */
export function isPublicIp(bytes: Uint8Array): boolean {
  const mapped = bytes.length === 16 && hasPrefix(bytes, parseIp('::ffff:0:0'), 96)
  const address = mapped ? bytes.subarray(12) : bytes
  return !specialBlocks.some(([block, prefix]) => hasPrefix(address, parseIp(block), prefix))
}

function hasPrefix(address: Uint8Array, block: Uint8Array | undefined, prefix: number): boolean {
  if (block === undefined || block.length !== address.length) return false
  return block.every((byte, at) => {
    const bits = Math.max(0, Math.min(8, prefix - 8 * at))
    const mask = 0xff & (0xff << (8 - bits))
    return (byte & mask) === ((address[at] ?? 0) & mask)
  })
}
