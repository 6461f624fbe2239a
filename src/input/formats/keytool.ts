import type { Format } from '../format.ts'
import { parseKeytool } from './keytool-capture.ts'
import { certificateLine } from './keytool-certificate.ts'
import { x509 } from './x509.ts'

/** Lines of `keytool -printcert` and `-list`, JDK 8 to 21. */
const marks: readonly (readonly [string, RegExp])[] = [
  ['sent', /^Certificate #\d{1,4}\s*$/],
  ['numbered', /^Certificate\[\d{1,4}\]:\s*$/],
  ['store', /^(?:Keystore type: |Keystore provider: |Your keystore contains \d+ entr)/],
  ['alias', /^Alias name: /],
  [
    'entry',
    /^(?:Entry type: |Creation date: |Certificate chain length: \d)|^\S.{0,200}, .{6,40}, (?:PrivateKeyEntry|trustedCertEntry|SecretKeyEntry), ?$/,
  ],
  ['error', /^keytool error: /],
  ['warning', /^The JKS keystore uses a proprietary format/],
  ['rule', /^(?:={20,60}|\*{20,60})$/],
  ['print', /^Certificate fingerprint \((?:SHA1|SHA-256|MD5)\): /],
]

const weak: ReadonlySet<string> = new Set(['rule'])

export const keytool: Format = {
  id: 'keytool',
  programs: ['keytool'],
  mark(line, seen) {
    const text = line.trim()
    const found = /^(?:[CKYAET=*]|keytool|\S.{0,200}, )/.test(text)
      ? marks.find(([, pattern]) => pattern.test(text))?.[0]
      : undefined
    if (found !== undefined && (seen.size > 0 || !weak.has(found))) return found
    if (/^\s{0,8}(?:Owner: [A-Za-z0-9.]{1,40}=|Valid from: .{10,60} until: )/.test(line)) return 'certificate'
    if (seen.has('piped') && x509.mark(line, seen) !== undefined) return 'piped-line'
    return seen.size > 0 && certificateLine.test(line) ? 'certificate' : undefined
  },
  startsNew(mark, seen) {
    if (mark === 'store') return seen.has('alias') || seen.has('sent') || seen.has('error')
    if (mark === 'error') return seen.has('error')
    return mark === 'sent' && (seen.has('alias') || seen.has('numbered'))
  },
  acceptsPem: () => true,
  parse: parseKeytool,
}
