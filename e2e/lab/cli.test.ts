import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

describe('the command line', () => {
  let directory: string
  let command: string
  const at = (name: string) => path.join(directory, name)

  beforeAll(() => {
    directory = mkdtempSync(path.join(tmpdir(), 'weaklink-cli-'))
    const vite = path.join(root, 'node_modules/vite/bin/vite.js')
    const build = ['build', '--config', 'vite.cli.config.ts', '--outDir', directory, '--logLevel', 'warn']
    execFileSync(process.execPath, [vite, ...build], { cwd: root, stdio: 'pipe' })
    command = at('weaklink.mjs')
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '30']
    const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: directory, stdio: 'pipe' })
    openssl('req', '-x509', ...key, '-keyout', 'root.key', '-out', 'root.pem', '-subj', '/CN=Shop Root')
    const leaf = ['-CA', 'root.pem', '-CAkey', 'root.key', '-subj', '/CN=api.shop.example']
    const names = ['-addext', 'subjectAltName=DNS:api.shop.example', '-addext', 'basicConstraints=CA:FALSE']
    openssl('req', '-x509', ...key, '-keyout', 'leaf.key', '-out', 'leaf.pem', ...leaf, ...names)
    writeFileSync(at('index.txt'), '')
    writeFileSync(at('ca.cnf'), '[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\ndefault_md=sha256\ndefault_crl_days=30\n')
    const ca = (...args: string[]) =>
      openssl('ca', '-config', 'ca.cnf', '-cert', 'root.pem', '-keyfile', 'root.key', ...args)
    ca('-revoke', 'leaf.pem')
    ca('-gencrl', '-out', 'root.crl')
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

  it('judges the name that --host gives', () => {
    const { status, stdout } = run(['--json', '--trust', 'root.pem', '--host', 'other.shop.example', 'leaf.pem'])
    expect([status, JSON.parse(stdout).verdict.cause]).toEqual([1, 'hostname-mismatch'])
  })

  it('judges at the instant that --at gives', () => {
    const { stdout } = run(['--json', '--trust', 'root.pem', '--at', '2060-01-01T00:00:00Z', 'leaf.pem'])
    expect(JSON.parse(stdout)).toMatchObject({ verdict: { cause: 'expired-leaf' }, evaluatedAtReason: 'option' })
  })

  it('uses the CRLs that --crl gives', () => {
    const { status, stdout } = run(['--json', '--trust', 'root.pem', '--crl', 'root.crl', 'leaf.pem'])
    expect([status, JSON.parse(stdout).verdict.cause]).toEqual([1, 'revoked'])
  })

  it('reads standard input, and exits with 3 when the evidence does not tell', () => {
    const { status, stdout } = run(['--markdown', '-'], 'hello')
    expect(status).toBe(3)
    expect(stdout).toContain('**inconclusive**')
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

  it.each([
    [['--frobnicate'], /^weaklink: unknown option --frobnicate/],
    [['nowhere.txt'], /^weaklink: cannot read nowhere\.txt/],
    [['--trust', 'refused.txt', 'leaf.pem'], /^weaklink: refused\.txt holds no certificate/],
    [['--crl', 'root.pem', 'leaf.pem'], /^weaklink: root\.pem holds no CRL/],
    [['--repair', 'leaf.pem'], /^weaklink: --repair is not supported by this version/],
  ])('answers %j with one line on standard error and status 2', (args, message) => {
    const { status, stdout, stderr } = run(args)
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(message)
    expect(stderr.trim()).not.toContain('\n')
  })
})
