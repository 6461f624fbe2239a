/** Reads the data files of the scenarios: paragraphs of `field: value`, and certificates in PEM under their labels. */

import type { UnixMs } from '../../core/brand.ts'
import { unixMs } from '../../core/brand.ts'

export interface Scenario {
  readonly title: string
  readonly leaf: string
  readonly served: readonly string[]
  readonly roots: readonly string[]
  readonly at: UnixMs
  readonly purpose: 'server' | 'client' | 'any'
  /** Policies that are accepted, and `explicit`, `no-mapping`, `no-any`. */
  readonly policy: readonly string[]
  /** Every path in order, with its problems. */
  readonly paths: readonly string[]
  readonly hosts: readonly { readonly host: string; readonly outcome: string }[]
  /** Why OpenSSL may come to another verdict. */
  readonly differs?: string
}

export interface FamilyData {
  readonly scenarios: readonly Scenario[]
  /** PEM by label. */
  readonly certificates: ReadonlyMap<string, string>
}

/** When a scenario is judged that does not say it; every plain certificate is valid then. */
const usualTime = '2030-06-15T12:00:00Z'

/** @param text of one data file; throws when it is not in their form */
export function readFamily(text: string): FamilyData {
  const scenarios: Scenario[] = []
  const certificates = new Map<string, string>()
  for (const part of text.split(/\n(?=scenario: |certificate: )/).slice(1)) {
    const [head = '', ...rest] = part.split('\n')
    const [, kind, title = ''] = /^(scenario|certificate): (.+)$/.exec(head) ?? []
    if (kind === 'certificate') certificates.set(title, rest.join('\n'))
    else scenarios.push(readScenario(title, rest))
  }
  return { scenarios, certificates }
}

function readScenario(title: string, lines: readonly string[]): Scenario {
  const fields = lines
    .filter((line) => line !== '')
    .map((line): [string, string] => {
      const [, name = '', value = ''] = /^([a-z]+): (.*)$/.exec(line) ?? []
      if (!known.has(name)) throw new Error(`"${title}" has the line "${line}"`)
      return [name, value]
    })
  const all = (name: string) => fields.flatMap(([field, value]) => (field === name ? [value] : []))
  const one = (name: string) => all(name)[0]
  const words = (name: string) => (one(name) ?? '').split(' ').filter((word) => word !== '')
  const purpose = one('purpose') ?? 'server'
  if (purpose !== 'server' && purpose !== 'client' && purpose !== 'any') throw new Error(`"${title}" is for ${purpose}`)
  const differs = one('differs')
  return {
    title,
    leaf: one('leaf') ?? '',
    served: words('served'),
    roots: words('roots'),
    at: unixMs(Date.parse(one('at') ?? usualTime)),
    purpose,
    policy: words('policy'),
    paths: all('path'),
    hosts: all('host').map((line) => {
      const [host = '', outcome = ''] = line.split(' | ')
      return { host, outcome }
    }),
    ...(differs === undefined ? {} : { differs }),
  }
}

const known: ReadonlySet<string> = new Set([
  'leaf',
  'served',
  'roots',
  'at',
  'purpose',
  'policy',
  'path',
  'host',
  'differs',
])

/** Labels of every certificate that a scenario speaks of. */
export const labelsOf = ({ leaf, served, roots }: Scenario): readonly string[] => [leaf, ...served, ...roots]

/** The bytes of a PEM block, without any platform's help. */
export function derOf(pem: string): Uint8Array {
  const base64 = pem.replace(/-----[^-]+-----/g, '').replace(/[^A-Za-z0-9+/]/g, '')
  const bytes = new Uint8Array(Math.floor((base64.length * 3) / 4))
  let bits = 0
  let held = 0
  let at = 0
  for (const character of base64) {
    held = ((held << 6) | alphabet.indexOf(character)) & 0xffff
    bits += 6
    if (bits < 8) continue
    bits -= 8
    bytes[at++] = (held >> bits) & 255
  }
  return bytes
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
