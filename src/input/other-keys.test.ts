import { describe, expect, it } from 'vitest'
import { inspect } from '../inspect.ts'
import { leafPem } from './testing/pki.ts'
import { at, certificatesIn, read } from './testing/reading.ts'

const body = 'AAAAC3NzaC1lZDI1NTE5AAAAIA'.padEnd(68, 'x')
const putty = `PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nComment: a key\nPublic-Lines: 2\n${body}\nAAAA\nPrivate-Lines: 1\n${'s3cr'.repeat(11)}\nPrivate-MAC: ${'0a'.repeat(32)}`
const openvpn = `-----BEGIN OpenVPN Static key V1-----\n${`${'0f'.repeat(16)}\n`.repeat(16)}-----END OpenVPN Static key V1-----`

describe('keys that are not of TLS', () => {
  it('a public key of SSH is named, with its place', () => {
    for (const type of ['ssh-ed25519', 'ssh-rsa', 'ecdsa-sha2-nistp256', 'sk-ssh-ed25519@openssh.com']) {
      const text = `${type} ${body} ops@quay.example\n`
      const { skipped, secrets } = read(text)
      expect(skipped.map(({ span }) => at(text, span))).toEqual([`${type} ${body}`])
      expect(skipped[0]?.reason).toContain('SSH')
      expect(secrets).toEqual([])
    }
  })

  it('blocks of SSH and OpenPGP are named by what they are', () => {
    const block = (label: string, dashes = '-----', gap = '') =>
      `${dashes}${gap}BEGIN ${label}${gap}${dashes}\nComment: a\n\n${body}\n=abcd\n${dashes}${gap}END ${label}${gap}${dashes}\n`
    expect(read(block('SSH2 PUBLIC KEY', '----', ' ')).skipped[0]?.reason).toContain('belongs to SSH')
    expect(read(block('PGP PUBLIC KEY BLOCK')).skipped[0]?.reason).toContain('belongs to OpenPGP')
    expect(read(block('PGP MESSAGE')).skipped[0]?.reason).toContain('belongs to OpenPGP')
    for (const label of ['OPENSSH PRIVATE KEY', 'PGP PRIVATE KEY BLOCK'])
      expect(read(block(label)).secrets.map(({ kind }) => kind)).toEqual(['private key'])
  })

  it('a private key of PuTTY or OpenVPN is a secret, whole or cut', () => {
    for (const key of [putty, openvpn]) {
      const text = `Here:\n${key}\n\nThanks\n`
      expect(read(text).secrets.map(({ span }) => at(text, span))).toEqual([key])
      expect(read(key.slice(0, -70)).secrets).toHaveLength(1)
    }
  })

  it('the master key of a TLS session is one too', () => {
    const text = leafPem.replaceAll('CERTIFICATE', 'SSL SESSION PARAMETERS')
    expect(read(text).secrets.map(({ kind }) => kind)).toEqual(['TLS session key'])
  })

  it('never stands in a report, and certificates beside it are read', async () => {
    const report = await inspect({ documents: [{ name: 'paste', text: `${putty}\n${leafPem}` }] }, { now: 0 })
    expect(JSON.stringify(report)).not.toContain('s3crs3cr')
    expect(certificatesIn(`${putty}\n${leafPem}`)).toEqual(['shop.harbour.example'])
  })

  it('much of it is read in little time', () => {
    for (const unit of [
      'ssh-rsa AAAA',
      `ssh-rsa ${body} `,
      'PuTTY-User-Key-File-3: a\n',
      'PuTTY-User-Key-File-3: a\nA: b\n',
      '-----BEGIN OpenVPN Static key V1-----\n0f\n',
    ])
      read(unit.repeat(20_000))
  })
})
