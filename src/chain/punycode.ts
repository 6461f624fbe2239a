/** Host names in other scripts: U-labels to A-labels. Source: RFC 3492 (Punycode), RFC 5891 section 4.4. */

const base = 36
const tMin = 1
const tMax = 26
const skew = 38
const damp = 700
const firstBias = 72
const firstPoint = 128
/** Code points of a label that are encoded; DNS allows 63 octets, and the encoder is quadratic. */
const labelPoints = 63

/**
 * The ASCII form of a host: each label with other characters becomes `xn--...`.
 * Characters are composed and lower-cased (NFKC), which is what UTS 46 does to nearly all of them; its tables of
 * exceptions are left out.
 *
 * @returns `undefined` when a label is too long to be one
 */
export function toAscii(host: string): string | undefined {
  const labels: string[] = []
  for (const label of host
    .normalize('NFKC')
    .toLowerCase()
    .split(/[.\u3002\uff0e\uff61]/u)) {
    const ascii = isAscii(label) ? label : encodeLabel(label)
    if (ascii === undefined || ascii.length > 63) return undefined
    labels.push(ascii)
  }
  return labels.join('.')
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) >= firstPoint) return false
  return true
}

function encodeLabel(label: string): string | undefined {
  if (label.length > 2 * labelPoints) return undefined
  const points = Array.from(label, (character) => character.codePointAt(0) ?? 0)
  if (points.length > labelPoints) return undefined
  const plain = points.filter((point) => point < firstPoint)
  let output = `xn--${String.fromCodePoint(...plain)}${plain.length > 0 ? '-' : ''}`
  let current = firstPoint
  let delta = 0
  let bias = firstBias
  let handled = plain.length
  while (handled < points.length) {
    const next = Math.min(...points.filter((point) => point >= current))
    delta += (next - current) * (handled + 1)
    current = next
    for (const point of points) {
      if (point < current) delta++
      if (point !== current) continue
      output += variableLength(delta, bias)
      bias = adapt(delta, handled + 1, handled === plain.length)
      delta = 0
      handled++
    }
    delta++
    current++
  }
  return output
}

function variableLength(delta: number, bias: number): string {
  let output = ''
  let rest = delta
  for (let k = base; ; k += base) {
    const threshold = Math.min(tMax, Math.max(tMin, k - bias))
    if (rest < threshold) return output + digit(rest)
    output += digit(threshold + ((rest - threshold) % (base - threshold)))
    rest = Math.floor((rest - threshold) / (base - threshold))
  }
}

function adapt(delta: number, points: number, first: boolean): number {
  let rest = first ? Math.floor(delta / damp) : delta >> 1
  rest += Math.floor(rest / points)
  let k = 0
  for (; rest > ((base - tMin) * tMax) >> 1; k += base) rest = Math.floor(rest / (base - tMin))
  return k + Math.floor(((base - tMin + 1) * rest) / (rest + skew))
}

const digit = (value: number): string => 'abcdefghijklmnopqrstuvwxyz0123456789'.charAt(value)
