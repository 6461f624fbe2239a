import { describe, expect, it } from 'vitest'
import { at, read } from './testing/reading.ts'

/** The texts of the secrets found in a paste. */
const secretsOf = (text: string) => read(text).secrets.map(({ span, kind }) => [kind, at(text, span)])

describe('secrets', () => {
  const cases: readonly (readonly [text: string, kind: string, secret: string])[] = [
    ['    Master-Key: 00112233445566778899AABBCCDDEEFF', 'TLS session key', '00112233445566778899AABBCCDDEEFF'],
    ['    Resumption PSK: 00112233445566778899aabbccddeeff', 'TLS session key', '00112233445566778899aabbccddeeff'],
    ['    Session-ID: 00112233445566778899AABBCCDDEEFF', 'session ticket', '00112233445566778899AABBCCDDEEFF'],
    [`CLIENT_RANDOM ${'ab'.repeat(32)} ${'cd'.repeat(48)}`, 'TLS session key', 'cd'.repeat(48)],
    ['> Authorization: Bearer abc.def', 'credential', 'Bearer abc.def'],
    ['"authorization": "Basic dXNlcjpwYXNz",', 'credential', 'Basic dXNlcjpwYXNz'],
    ['> Proxy-Authorization: Basic dXNlcjpwYXNz', 'credential', 'Basic dXNlcjpwYXNz'],
    ['< Set-Cookie: sid=abcdef; Path=/', 'credential', 'sid=abcdef; Path=/'],
    ['x-api-key: 0123456789abcdef', 'credential', '0123456789abcdef'],
    ['curl -x http://me:s3cret@proxy.example:3128 https://a.example', 'password', 's3cret'],
    ['$ curl -U me:s3cret -x proxy.example:3128 https://a.example', 'password', 's3cret'],
    ['$ curl --proxy-user "me:s3cret" https://a.example', 'password', 's3cret'],
    ['$ curl --cert client.pem:s3cret https://a.example', 'password', 's3cret'],
    [
      '$ openssl s_client -connect a.example:443 -proxy p:1 -proxy_user me -proxy_pass pass:s3cret',
      'password',
      's3cret',
    ],
    ['$ openssl pkcs12 -in a.p12 -passin pass:s3cret', 'password', 's3cret'],
    ['$ keytool -list -keystore a.jks -storepass s3cret', 'password', 's3cret'],
    ['java -Djavax.net.ssl.trustStorePassword=s3cret -jar a.jar', 'password', 's3cret'],
    ['<Connector keystorePass="s3cret" />', 'password', 's3cret'],
    ['server.ssl.key-store-password: s3cret', 'password', 's3cret'],
    ['KONG_PG_PASSWORD=s3cret', 'password', 's3cret'],
    ['{"password": "s3cret"}', 'password', 's3cret'],
    ['token eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.c2ln here', 'token', 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.c2ln'],
  ]
  for (const [text, kind, secret] of cases) {
    it(`are found in ${text.slice(0, 60).trim()}`, () => {
      expect(secretsOf(`${text}\n`)).toContainEqual([kind, secret])
    })
  }

  it('are not seen where none is', () => {
    for (const text of [
      'openssl pkcs12 -in a.p12 -passin file:pass.txt -passout env:P',
      'Enter Import Password:',
      'keystore password was incorrect',
      'password: $DB_PASSWORD',
      'curl -u me https://a.example',
      'Session-ID: ',
      'connect to https://a.example:8443/x@y',
      'PSK identity: None',
    ])
      expect(secretsOf(`${text}\n`), text).toEqual([])
  })

  it('are searched in linear time', () => {
    const time = (text: string) => {
      const start = performance.now()
      read(text)
      return performance.now() - start
    }
    for (const part of [
      'password=',
      '-u a',
      'https://a:',
      'Cookie: ',
      'x-api-key',
      'key_store_pass',
      'eyJ',
      'Authorization: Basic ',
    ]) {
      const count = Math.ceil(100_000 / part.length)
      time(part.repeat(count))
      const small = time(part.repeat(count))
      const large = time(part.repeat(count * 4))
      expect(large, part).toBeLessThan(small * 12 + 400)
    }
  })
})
