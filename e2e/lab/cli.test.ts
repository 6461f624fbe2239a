import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openLink } from '../../src/share/link.ts'
import { buildCommand } from './command.ts'

describe('the command line', () => {
  let directory: string
  let command: string
  const at = (name: string) => path.join(directory, name)

  beforeAll(() => {
    directory = mkdtempSync(path.join(tmpdir(), 'weaklink-cli-'))
    command = buildCommand(directory)
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '30']
    const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: directory, stdio: 'pipe' })
    openssl('req', '-x509', ...key, '-keyout', 'root.key', '-out', 'root.pem', '-subj', '/CN=Shop Root')
    const leaf = ['-CA', 'root.pem', '-CAkey', 'root.key', '-subj', '/CN=api.shop.example']
    const names = [
      '-addext',
      'subjectAltName=DNS:api.shop.example,IP:192.0.2.7',
      '-addext',
      'basicConstraints=CA:FALSE',
    ]
    openssl('req', '-x509', ...key, '-keyout', 'leaf.key', '-out', 'leaf.pem', ...leaf, ...names)
    openssl('req', '-x509', ...key, '-keyout', 'other.key', '-out', 'other.pem', '-subj', '/CN=Other Root')
    const till = ['-CA', 'root.pem', '-CAkey', 'root.key', '-subj', '/CN=till 17']
    const forClients = ['-addext', 'extendedKeyUsage=clientAuth', '-addext', 'basicConstraints=CA:FALSE']
    openssl('req', '-x509', ...key, '-keyout', 'till.key', '-out', 'till.pem', ...till, ...forClients)
    for (const name of ['root', 'leaf']) openssl('x509', '-in', `${name}.pem`, '-outform', 'DER', '-out', `${name}.der`)
    writeFileSync(at('roots.pem'), ['other.pem', 'root.pem'].map((name) => readFileSync(at(name), 'utf8')).join(''))
    openssl('crl2pkcs7', '-nocrl', '-certfile', 'roots.pem', '-out', 'roots.p7b')
    writeFileSync(at('index.txt'), '')
    writeFileSync(at('ca.cnf'), '[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\ndefault_md=sha256\ndefault_crl_days=30\n')
    const ca = (...args: string[]) =>
      openssl('ca', '-config', 'ca.cnf', '-cert', 'root.pem', '-keyfile', 'root.key', ...args)
    ca('-revoke', 'leaf.pem')
    ca('-gencrl', '-out', 'root.crl')
    openssl('crl', '-in', 'root.crl', '-outform', 'DER', '-out', 'root.der.crl')
    openssl('ca', '-config', 'ca.cnf', '-cert', 'other.pem', '-keyfile', 'other.key', '-gencrl', '-out', 'other.crl')
    writeFileSync(at('both.crl'), ['other.crl', 'root.crl'].map((name) => readFileSync(at(name), 'utf8')).join(''))
    writeFileSync(at('refused.txt'), '$ openssl s_client -connect api.shop.example:443\nconnect:errno=111\n')
  })

  afterAll(() => rmSync(directory, { recursive: true, force: true }))

  const run = (args: string[], input?: string) =>
    spawnSync(process.execPath, [command, ...args], { cwd: directory, encoding: 'utf8', input: input ?? '' })

  it('exits with 1 for broken and says what is wrong', () => {
    const { status, stdout, stderr } = run(['refused.txt'])
    expect([status, stderr]).toEqual([1, ''])
    expect(stdout).toContain('BROKEN  connection-failed')
  })

  it('exits with 0 when the chain leads to a root given with --trust', () => {
    const { status, stdout } = run(['--json', '--trust', 'root.pem', '--host', 'api.shop.example', 'leaf.pem'])
    expect([status, JSON.parse(stdout).verdict.cause]).toEqual([0, 'healthy'])
  })

  it.each([
    [['--trust', 'root.der']],
    [['--trust', 'roots.pem']],
    [['--trust', 'roots.p7b']],
    [['--trust', 'other.pem', '--trust', 'root.pem']],
    [['--no-public-roots', '--trust=root.pem']],
  ])('trusts the roots of %j, in any form and number', (args) => {
    const { status, stdout } = run(['--json', ...args, 'leaf.der'])
    const { verdict, paths } = JSON.parse(stdout)
    expect([status, verdict.cause, paths[0].valid]).toEqual([0, 'healthy', true])
  })

  it.each([[[]], [['--no-public-roots']], [['--trust', 'other.pem']]])('does not trust the chain with %j', (args) => {
    const { stdout } = run(['--json', ...args, 'leaf.pem'])
    expect(JSON.parse(stdout)).toMatchObject({ verdict: { cause: 'private-ca' }, paths: [{ anchored: false }] })
  })

  it.each([
    ['192.0.2.7', 'healthy'],
    ['API.shop.example.', 'healthy'],
    ['192.0.2.8', 'hostname-mismatch'],
    ['[2001:db8::1]', 'hostname-mismatch'],
  ])('compares %s as name or address: %s', (host, cause) => {
    const { stdout } = run(['--json', '--trust', 'root.pem', '--host', host, 'leaf.pem'])
    expect(JSON.parse(stdout).verdict.cause).toBe(cause)
  })

  it.each([
    ['till.pem', [], 'healthy'],
    ['till.pem', ['--purpose', 'client'], 'healthy'],
    ['till.pem', ['--purpose', 'client', '--host', 'api.shop.example'], 'healthy'],
    ['till.pem', ['--purpose', 'any'], 'healthy'],
    ['till.pem', ['--purpose', 'server'], 'ca-constraint-violation'],
    ['leaf.pem', ['--purpose', 'client'], 'healthy'],
  ])('judges %s for the purpose that %j gives: %s', (file, args, cause) => {
    const { stdout } = run(['--json', '--trust', 'root.pem', ...args, file])
    expect(JSON.parse(stdout).verdict.cause).toBe(cause)
  })

  it('judges the name that --host gives', () => {
    const { status, stdout } = run(['--json', '--trust', 'root.pem', '--host', 'other.shop.example', 'leaf.pem'])
    expect([status, JSON.parse(stdout).verdict.cause]).toEqual([1, 'hostname-mismatch'])
  })

  it('judges at the instant that --at gives', () => {
    const { stdout } = run(['--json', '--trust', 'root.pem', '--at', '2060-01-01T00:00:00Z', 'leaf.pem'])
    expect(JSON.parse(stdout)).toMatchObject({ verdict: { cause: 'expired-leaf' }, evaluatedAtReason: 'option' })
  })

  it.each([
    [['--crl', 'root.crl']],
    [['--crl', 'root.der.crl']],
    [['--crl', 'both.crl']],
    [['--crl', 'other.crl', '--crl', 'root.crl']],
  ])('uses the CRLs of %j', (args) => {
    const { status, stdout } = run(['--json', '--trust', 'root.pem', ...args, 'leaf.pem'])
    expect([status, JSON.parse(stdout).verdict.cause]).toEqual([1, 'revoked'])
  })

  it('makes nothing of a CRL of another issuer', () => {
    const { status, stdout } = run(['--json', '--trust', 'root.pem', '--crl', 'other.crl', 'leaf.pem'])
    expect([status, JSON.parse(stdout).verdict.cause]).toEqual([0, 'healthy'])
  })

  it('reads standard input, and exits with 3 when the evidence does not tell', () => {
    const { status, stdout } = run(['--markdown', '-'], 'hello')
    expect(status).toBe(3)
    expect(stdout).toContain('**inconclusive**')
  })

  it('writes SARIF, with the line of the evidence', () => {
    const { status, stdout } = run(['--sarif', 'refused.txt'])
    const [{ results, artifacts }] = JSON.parse(stdout).runs
    expect([status, artifacts[0].location.uri, results[0].ruleId]).toEqual([1, 'refused.txt', 'connection-failed'])
    expect(results[0].locations[0].physicalLocation.region).toMatchObject({ startLine: 2, startColumn: 1 })
  })

  it('judges file by file with --each, a JSON line each, and exits with the worst', () => {
    const { status, stdout } = run(['--each', '--trust', 'root.pem', 'leaf.pem', 'refused.txt'])
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines.map(({ file, verdict }) => [file, verdict.status])).toEqual([
      ['leaf.pem', 'healthy'],
      ['refused.txt', 'broken'],
    ])
    expect(status).toBe(1)
  })

  it('prints the chain in the right order and nothing else with --repair', () => {
    const files = ['roots.pem', 'leaf.pem'].map((name) => readFileSync(at(name), 'utf8'))
    writeFileSync(at('mixed.pem'), files.join(''))
    const { stdout, stderr } = run(['--repair', 'mixed.pem'])
    expect(stdout).toBe(readFileSync(at('leaf.pem'), 'utf8'))
    expect(stderr).toBe('')
    const none = run(['--repair', 'refused.txt'])
    expect([none.status, none.stdout]).toEqual([2, ''])
    expect(none.stderr).toMatch(/^weaklink: the input holds no server certificate/)
  })

  it('prints a link that opens to the same input with --link', async () => {
    const { stdout } = run(['--link', '--link-base', 'https://w.example/x/', 'leaf.pem'])
    const fragment = /^https:\/\/w\.example\/x\/#(w1c[\w-]+e)\n$/.exec(stdout)?.[1] ?? ''
    const opened = await openLink(fragment, () => undefined)
    if (!opened.ok || opened.value.kind === 'findings') throw new Error('not opened')
    expect(opened.value.input.documents).toEqual([{ name: 'leaf.pem', text: readFileSync(at('leaf.pem'), 'utf8') }])
  })

  it('names nobody with --redact, in the report and in links', async () => {
    for (const format of [[], ['--json'], ['--markdown']])
      expect(run([...format, '--redact', 'leaf.pem']).stdout).not.toMatch(/shop\.example|Shop Root/)
    const fragment = run(['--link', '--redact', 'leaf.pem']).stdout.trim().slice(1)
    const opened = await openLink(fragment, () => undefined)
    if (!opened.ok || opened.value.kind !== 'findings') throw new Error('not opened')
    expect(JSON.stringify(opened.value.report)).not.toMatch(/shop\.example|Shop Root/)
  })

  it.each([
    [['--frobnicate'], /^weaklink: unknown option --frobnicate/],
    [['nowhere.txt'], /^weaklink: cannot read nowhere\.txt/],
    [['--trust', 'nowhere.pem', 'leaf.pem'], /^weaklink: cannot read nowhere\.pem/],
    [['--at', 'tomorrow', 'leaf.pem'], /^weaklink: --at needs an instant/],
    [['--host', 'https://shop.example/', 'leaf.pem'], /^weaklink: --host is a host name/],
    [['--purpose', 'mail', 'leaf.pem'], /^weaklink: --purpose is server, client or any/],
    [['--each'], /^weaklink: --each needs files/],
    [['--each', 'nowhere.txt', 'leaf.pem'], /^weaklink: cannot read nowhere\.txt/],
    [['--trust', 'refused.txt', 'leaf.pem'], /^weaklink: refused\.txt holds no certificate/],
    [['--crl', 'root.pem', 'leaf.pem'], /^weaklink: root\.pem holds no CRL/],
    [['--redact', '--repair', 'leaf.pem'], /^weaklink: a certificate cannot be redacted/],
  ])('answers %j with one line on standard error and status 2', (args, message) => {
    const { status, stdout, stderr } = run(args)
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(message)
    expect(stderr.trim()).not.toContain('\n')
  })
})
