/** Prints what `openssl verify` and `openssl x509` print, old and new. */
import { type NameParts, names, printName } from './names.ts'

/** A failing `openssl verify FILE` of each generation. */
export function failedVerify(
  generation: '1.0.2' | '1.1.1' | '3.5' | 'libressl',
  file: string,
  code: number,
  text: string,
): string {
  const subject = (style: 'slash' | 'spaced' | 'tight') => printName(names.leaf, style)
  switch (generation) {
    case '1.0.2':
      return `${file}: ${subject('spaced')}\nerror ${code} at 0 depth lookup:${text}\n`
    case 'libressl':
      return `${file}: verification failed: ${code} (${text})\n`
    default:
      return `${subject(generation === '3.5' ? 'tight' : 'spaced')}\nerror ${code} at 0 depth lookup: ${text}\nerror ${file}: verification failed\n`
  }
}

/** `openssl x509 -noout -subject -issuer -dates -serial -fingerprint -sha256`. */
export function nooutFacts(generation: 'old' | 'new', subject: NameParts, issuer: NameParts): string {
  const style = generation === 'old' ? 'slash' : 'tight'
  const gap = generation === 'old' ? ' ' : ''
  return [
    `subject=${gap}${printName(subject, style)}`,
    `issuer=${gap}${printName(issuer, style)}`,
    'notBefore=Nov 24 18:20:00 2026 GMT',
    'notAfter=Nov  4 18:20:00 2027 GMT',
    'serial=0F11',
    `${generation === 'old' ? 'SHA256' : 'sha256'} Fingerprint=${'AB:'.repeat(31)}AB`,
    '',
  ].join('\n')
}

/** `openssl x509 -noout -text`; the old one has a small serial number and blank lines. */
export function textDump(generation: 'old' | 'new', subject: NameParts, issuer: NameParts): string {
  const print = (name: NameParts) => printName(name, generation === 'old' ? 'spaced' : 'tight')
  const serial =
    generation === 'old'
      ? ['        Serial Number: 3857 (0xf11)']
      : ['        Serial Number:', '            0a:1b:2c:3d:4e:5f:60:71:82']
  return [
    'Certificate:',
    '    Data:',
    '        Version: 3 (0x2)',
    ...serial,
    generation === 'old'
      ? '    Signature Algorithm: ecdsa-with-SHA256'
      : '        Signature Algorithm: ecdsa-with-SHA256',
    `        Issuer: ${print(issuer)}`,
    '        Validity',
    '            Not Before: Nov 24 18:20:00 2026 GMT',
    '            Not After : Nov  4 18:20:00 2027 GMT',
    `        Subject: ${print(subject)}`,
    '        Subject Public Key Info:',
    '            Public Key Algorithm: id-ecPublicKey',
    '        X509v3 extensions:',
    '            X509v3 Basic Constraints: critical',
    '                CA:FALSE',
    '            X509v3 Subject Alternative Name: ',
    '                DNS:shop.harbour.example, DNS:*.harbour.example, IP Address:192.0.2.7',
    ...(generation === 'old'
      ? ['', '    Signature Algorithm: ecdsa-with-SHA256']
      : ['    Signature Algorithm: ecdsa-with-SHA256', '    Signature Value:']),
    '         30:45:02:20:16:32',
    '',
  ].join('\n')
}
