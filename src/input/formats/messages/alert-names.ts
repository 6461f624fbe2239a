/** TLS alerts by the names that libraries print. Sources: RFC 8446 section 6; Go crypto/tls alert.go; OpenSSL ssl_stat.c; rustls. */

const numbers: ReadonlyMap<string, number> = new Map(
  (
    [
      ['close notify', 0],
      ['unexpected message', 10],
      ['bad record mac', 20],
      ['record overflow', 22],
      ['handshake failure', 40],
      ['bad certificate', 42],
      ['unsupported certificate', 43],
      ['certificate revoked', 44],
      ['revoked certificate', 44],
      ['certificate expired', 45],
      ['expired certificate', 45],
      ['certificate unknown', 46],
      ['unknown certificate', 46],
      ['illegal parameter', 47],
      ['unknown ca', 48],
      ['unknown certificate authority', 48],
      ['access denied', 49],
      ['decode error', 50],
      ['error decoding message', 50],
      ['decrypt error', 51],
      ['error decrypting message', 51],
      ['protocol version', 70],
      ['protocol version not supported', 70],
      ['insufficient security', 71],
      ['insufficient security level', 71],
      ['internal error', 80],
      ['inappropriate fallback', 86],
      ['user canceled', 90],
      ['no renegotiation', 100],
      ['missing extension', 109],
      ['unsupported extension', 110],
      ['unrecognized name', 112],
      ['unrecognised name', 112],
      ['bad certificate status response', 113],
      ['unknown psk identity', 115],
      ['certificate required', 116],
      ['no application protocol', 120],
    ] as const
  ).map(([name, number]) => [name.replaceAll(' ', ''), number]),
)

/** The number for `handshake_failure`, `handshake failure`, `HandshakeFailure`; undefined for no alert's name. */
export const alertNumber = (name: string): number | undefined => numbers.get(name.toLowerCase().replace(/[\s_-]/g, ''))
