/** Prints the short outputs of `openssl s_client`: `-brief`, and a handshake that brought no certificate. */
import { names, printName } from './names.ts'
import { type Generation, styles } from './s-client.ts'

/** `-brief`. */
export function briefRun(generation: '1.0.2' | '1.1.1' | '3.0' | '3.5', error?: string): string {
  const [style] = styles[generation]
  return [
    ...(generation === '3.5' ? ['Connecting to 192.0.2.7'] : []),
    ...(error ? [`depth=1 ${printName(names.issuing, style)}`, `verify error:num=20:${error}`] : []),
    'CONNECTION ESTABLISHED',
    'Protocol version: TLSv1.3',
    'Ciphersuite: TLS_AES_256_GCM_SHA384',
    `Peer certificate: ${printName(names.leaf, style)}`,
    'Hash used: SHA256',
    'Signature type: ECDSA',
    error ? `Verification error: ${error}` : 'Verification: OK',
    generation === '3.5' ? 'Peer Temp Key: X25519, 253 bits' : 'Server Temp Key: X25519, 253 bits',
    'DONE',
    '',
  ].join('\n')
}

/** A handshake that brought no certificate: the error line, and the dump that looks like a success. */
export function emptyRun(generation: Generation, error: string, command?: string): string {
  if (generation === '0.9.8') return [...(command ? [command] : []), 'CONNECTED(00000003)', error, ''].join('\n')
  const modern = ['1.1.1', '3.0', '3.5'].includes(generation)
  return [
    ...(command ? [command] : []),
    ...(generation === '3.5' ? ['Connecting to 192.0.2.7'] : []),
    'CONNECTED(00000003)',
    error,
    '---',
    'no peer certificate available',
    '---',
    'No client certificate CA names sent',
    '---',
    'SSL handshake has read 7 bytes and written 293 bytes',
    ...(modern ? ['Verification: OK'] : []),
    '---',
    'New, (NONE), Cipher is (NONE)',
    ...(generation === '3.5' ? ['Protocol: TLSv1.3'] : []),
    'Secure Renegotiation IS NOT supported',
    'Compression: NONE',
    'Expansion: NONE',
    ...(modern
      ? ['Early data was not sent', 'Verify return code: 0 (ok)']
      : [
          'SSL-Session:',
          '    Protocol  : TLSv1.2',
          '    Cipher    : 0000',
          '    Start Time: 1795546800',
          '    Verify return code: 0 (ok)',
        ]),
    '---',
    '',
  ].join('\n')
}
