import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inspect } from '../../inspect.ts'

let directory: string
const at = (name: string) => path.join(directory, name)
const text = (name: string) => readFileSync(at(name), 'utf8')

/** A root, a leaf, a CRL that lists the leaf and one that does not. */
beforeAll(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'weaklink-crl-'))
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: directory, stdio: 'pipe' })
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '60']
  openssl('req', '-x509', ...key, '-keyout', 'root.key', '-out', 'root.pem', '-subj', '/O=Shop/CN=Shop Root')
  const names = ['-addext', 'subjectAltName=DNS:api.shop.example', '-addext', 'basicConstraints=CA:FALSE']
  const leaf = ['-CA', 'root.pem', '-CAkey', 'root.key', '-subj', '/CN=api.shop.example', ...names]
  openssl('req', '-x509', ...key, '-keyout', 'leaf.key', '-out', 'leaf.pem', ...leaf)
  writeFileSync(at('index.txt'), '')
  writeFileSync(at('ca.cnf'), '[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\ndefault_md=sha256\ndefault_crl_days=30\n')
  const ca = (...args: string[]) =>
    openssl('ca', '-config', 'ca.cnf', '-cert', 'root.pem', '-keyfile', 'root.key', ...args)
  ca('-gencrl', '-out', 'clean.crl')
  ca('-revoke', 'leaf.pem', '-crl_reason', 'keyCompromise')
  ca('-gencrl', '-out', 'revoked.crl')
})

afterAll(() => rmSync(directory, { recursive: true, force: true }))

const judge = (...names: string[]) =>
  inspect({ documents: names.map((name) => ({ name, text: text(name) })) }, { now: Date.now() })
const slugs = async (...names: string[]) => (await judge(...names)).findings.map(({ rule }) => rule)

describe('revoked', () => {
  it('leads when a CRL in the input lists the leaf, with the reason and the date', async () => {
    const report = await judge('leaf.pem', 'root.pem', 'revoked.crl')
    expect(report.verdict).toMatchObject({ status: 'broken', cause: 'revoked', owner: 'server-operator' })
    const finding = report.findings[0]
    expect(finding?.confidence).toBe('certain')
    expect(finding?.explanation).toMatch(/compromise/i)
    expect(finding?.evidence[0]?.quote).toContain('BEGIN CERTIFICATE')
  })

  it('passes when the CRL does not list it', async () => {
    expect(await slugs('leaf.pem', 'root.pem', 'clean.crl')).not.toContain('revoked')
  })

  it('does not take the word of a CRL with a broken signature', async () => {
    const body = text('revoked.crl').split('\n')
    const last = body.at(-3) as string
    body[body.length - 3] = last.replace(/[A-Za-z]/, (letter) => (letter === 'B' ? 'C' : 'B'))
    writeFileSync(at('broken.crl'), body.join('\n'))
    const found = await slugs('leaf.pem', 'root.pem', 'broken.crl')
    expect(found).not.toContain('revoked')
    expect(found).toContain('revocation-unavailable')
  })

  it('takes the word of a client that found it revoked', async () => {
    const capture = 'CONNECTED(00000003)\ndepth=0 CN = api.shop.example\nverify error:num=23:certificate revoked\n'
    const report = await inspect({ documents: [{ name: 'paste', text: capture }] }, { now: 0 })
    expect(report.verdict.cause).toBe('revoked')
    expect(report.findings[0]?.evidence[0]?.quote).toBe('verify error:num=23:certificate revoked')
  })

  it('reads it from a stapled response as printed, and is less sure of it', async () => {
    const response = [
      'OCSP response: ',
      '======================================',
      'OCSP Response Data:',
      '    OCSP Response Status: successful (0x0)',
      '      Serial Number: 0A1B',
      '    Cert Status: revoked',
      '    Revocation Time: Nov 20 10:00:00 2026 GMT',
      '    Revocation Reason: keyCompromise (0x1)',
      '    This Update: Nov 24 10:00:00 2026 GMT',
      '======================================',
    ].join('\n')
    const capture = (text: string) =>
      `CONNECTED(00000003)\n${text}\n---\nCertificate chain\n 0 s:CN = api.shop.example\n   i:CN = Shop CA\n---\n`
    const read = (text: string) => inspect({ documents: [{ name: 'paste', text: capture(text) }] }, { now: 0 })
    const finding = (await read(response)).findings.find(({ rule }) => rule === 'revoked')
    expect(finding?.confidence).toBe('likely')
    expect(finding?.title).toContain('2026-11-20 10:00 UTC')
    expect(finding?.evidence[0]?.quote.trim()).toBe('Cert Status: revoked')
    const good = await read(response.replace('Cert Status: revoked', 'Cert Status: good'))
    expect(good.findings.map(({ rule }) => rule)).not.toContain('revoked')
  })

  it('is not applicable without a certificate', async () => {
    expect(await slugs('clean.crl')).not.toContain('revoked')
  })
})
