import { describe, expect, it } from 'vitest'
import { javaName, keytoolList, keytoolServer } from '../testing/keytool.ts'
import { names } from '../testing/names.ts'
import { leafPem } from '../testing/pki.ts'
import { at, certificateIn, read, readOne } from '../testing/reading.ts'

describe('keytool -printcert -sslserver', () => {
  it('what was sent, in order', () => {
    const text = keytoolServer(['leaf', 'issuing'])
    const capture = readOne(text)
    expect(capture).toMatchObject({
      tool: 'keytool',
      kind: 'connection',
      chainListComplete: true,
      command: { host: 'shop.harbour.example', port: 8443 },
    })
    const [leaf, issuing] = capture.chainList
    expect(at(text, leaf?.subject?.span)).toBe(javaName(names.leaf))
    expect(leaf?.issuer?.name.key).toBe(issuing?.subject?.name.key)
    expect(leaf?.notAfter?.value).toBe(Date.UTC(2027, 10, 24, 18, 34, 4))
    expect(leaf?.serial?.value).toBe('0A4529B76AFE3BE3C0BB7965C3C8D4')
    expect(leaf?.sha256?.value).toBe('cd'.repeat(32))
    expect(leaf?.isCa).toBe(false)
    expect(issuing?.isCa).toBe(true)
    expect(leaf?.names?.value).toEqual([
      { type: 'DNS', value: 'shop.harbour.example' },
      { type: 'DNS', value: '*.harbour.example' },
      { type: 'IP', value: '192.0.2.7' },
    ])
  })

  it('nothing ends the list, so only a whole run with its command counts as whole', () => {
    const text = keytoolServer(['leaf'])
    expect(readOne(text).chainListComplete).toBe(true)
    expect(readOne(keytoolServer(['leaf'], '')).chainListComplete).toBe(false)
    expect(
      readOne(keytoolServer(['leaf'], '$ keytool -printcert -sslserver a.example:443 | head -40')).chainListComplete,
    ).toBe(false)
    expect(readOne(text.slice(0, text.indexOf('Version: 3'))).chainListComplete).toBe(false)
    const second = keytoolServer(['leaf', 'issuing'])
    expect(
      readOne(`$ keytool -printcert -sslserver a.example\n${second.slice(second.indexOf('Certificate #1'))}`)
        .chainListComplete,
    ).toBe(false)
  })

  it('-rfc, and a pipe to openssl', () => {
    const rfc = readOne(`$ keytool -printcert -rfc -sslserver shop.harbour.example:8443\n${leafPem}`)
    expect(rfc.blocks.map((block) => [certificateIn(block), block.role])).toEqual([['shop.harbour.example', 'server']])
    const piped = readOne(
      '$ keytool -printcert -rfc -sslserver a.example | openssl x509 -noout -subject -enddate\nsubject=CN = a.example\nnotAfter=Nov 24 18:34:04 2027 GMT\n',
    )
    expect(piped).toMatchObject({ tool: 'keytool', kind: 'connection', command: { host: 'a.example', port: 443 } })
    expect(piped.printed[0]?.notAfter?.value).toBe(Date.UTC(2027, 10, 24, 18, 34, 4))
  })

  it('what it says of a server that sent nothing leaves the reason open', () => {
    const text =
      '$ keytool -printcert -sslserver a.example:80\nkeytool error: java.lang.Exception: No certificate from the SSL server\n'
    expect(readOne(text)).toMatchObject({ kind: 'connection', failures: [{ kind: 'other' }] })
    expect(
      readOne('$ keytool -printcert -sslserver a.example\nkeytool error: java.net.UnknownHostException: a.example\n')
        .failures,
    ).toMatchObject([{ kind: 'dns' }])
  })
})

describe('keytool on files', () => {
  const entries = [
    { alias: 'root', type: 'trustedCertEntry', chain: ['root'] },
    { alias: 'shop', type: 'PrivateKeyEntry', chain: ['leaf', 'issuing'] },
  ] as const

  for (const form of ['-v', '-rfc'] as const) {
    it(`-list ${form}: a chain for each key, and the trusted certificates apart`, () => {
      const { captures } = read(keytoolList(entries, form))
      expect(captures.map(({ toolLabel, kind }) => [toolLabel, kind])).toEqual([
        ['keytool, entry "shop" (PrivateKeyEntry)', 'file'],
        ['keytool, entry "root" (trustedCertEntry)', 'file'],
      ])
      const found = captures.map((capture) => (form === '-v' ? capture.printed.length : capture.blocks.length))
      expect(found).toEqual([2, 1])
      expect(JSON.stringify(captures)).not.toContain('hunter2')
    })
  }

  it('a store with many trusted certificates is one of them', () => {
    const store = Array.from({ length: 30 }, (_, index) => ({
      alias: `ca${index}`,
      type: 'trustedCertEntry' as const,
      chain: ['root'] as const,
    }))
    const { captures } = read(keytoolList(store))
    expect(captures.map(({ toolLabel, printed }) => [toolLabel, printed.length])).toEqual([
      ['keytool, 30 trusted entries', 30],
    ])
  })

  it('-printcert -file', () => {
    const text = keytoolServer(['leaf', 'issuing'], '$ keytool -printcert -file chain.pem').replace(
      /Certificate #(\d)\n=+/g,
      (_, index) => `Certificate[${Number(index) + 1}]:`,
    )
    expect(readOne(text)).toMatchObject({ kind: 'file', printed: [{ isCa: false }, { isCa: true }] })
  })

  it('a store that cannot be opened', () => {
    const text =
      '$ keytool -list -keystore a.p12 -storepass hunter2\nkeytool error: java.io.IOException: keystore password was incorrect\n'
    const capture = readOne(text)
    expect(capture.failures).toMatchObject([{ kind: 'other' }])
    expect(capture.command?.text).toBe('keytool -list -keystore a.p12 -storepass ***')
  })
})
