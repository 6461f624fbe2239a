import { describe, expect, it } from 'vitest'
import { parseArguments } from './args.ts'

const value = (...words: string[]) => {
  const result = parseArguments(words)
  return result.ok ? result.value : result.error
}

describe('parseArguments', () => {
  it('takes files and options in any order', () => {
    expect(
      value('a.txt', '--json', '--host', 'api.shop.example', '--trust', 'r1.pem', '-', '--trust=r2.pem'),
    ).toMatchObject({
      format: 'json',
      host: 'api.shop.example',
      trust: ['r1.pem', 'r2.pem'],
      files: ['a.txt', '-'],
      publicRoots: true,
    })
  })

  it('reads the instant of judgement as ISO 8601', () => {
    expect(value('--at', '2026-12-01T00:00:00Z')).toMatchObject({ at: Date.UTC(2026, 11, 1) })
    expect(value('--at', '2026-12-01')).toMatchObject({ at: Date.UTC(2026, 11, 1) })
    expect(value('--at=2026-12-01T02:00+02:00')).toMatchObject({ at: Date.UTC(2026, 11, 1) })
    for (const text of ['tomorrow', '1', '2026', 'Dec 1, 2026', '2026-12-01T00:00:00', '2026-02-30', '2026-13-01'])
      expect(value('--at', text), text).toContain('--at needs an instant')
  })

  it('takes a host name or an address', () => {
    for (const host of ['printer', 'api.shop.example.', 'bücher.example', '192.0.2.7', '2001:db8::1', '[2001:db8::1]'])
      expect(value('--host', host)).toMatchObject({ host })
    for (const host of ['https://shop.example/', 'shop.example:443', 'a b', 'user@shop.example', ''])
      expect(value('--host', host), host).toMatch(/^--host (?:is|needs) a/)
  })

  it('does not take an option for the value of another', () => {
    expect(value('--trust', '--json', 'a.txt')).toContain('--trust needs a file')
    expect(value('--trust=--json', 'a.txt')).toMatchObject({ trust: ['--json'], format: 'text' })
    expect(value('--purpose', '--each')).toContain('server, client or any')
  })

  it('takes what follows -- as files', () => {
    expect(value('--', '--json')).toMatchObject({ format: 'text', files: ['--json'] })
  })

  it('reads what is to be printed in place of the report', () => {
    expect(parseArguments(['--link', '--redact', '--link-base', 'https://w.example/x/', 'a'])).toMatchObject({
      ok: true,
      value: { output: 'link', redact: true, linkBase: 'https://w.example/x/', files: ['a'] },
    })
    expect(parseArguments(['--repair', '-'])).toMatchObject({ ok: true, value: { output: 'repair', redact: false } })
  })

  it.each([
    [['--frobnicate'], 'unknown option --frobnicate'],
    [['--json', '--markdown'], 'exclude each other'],
    [['--purpose', 'mail'], 'server, client or any'],
    [['--host'], '--host needs a name'],
    [['--trust'], '--trust needs a file'],
    [['--each'], '--each needs files'],
    [['--each', '--markdown', 'a.txt'], '--each writes JSON lines'],
    [['--each', '--sarif', 'a.txt'], '--each writes JSON lines, not SARIF'],
    [['--sarif', '--markdown'], '--sarif and --markdown exclude each other'],
    [['--sarif', '--repair', 'a.txt'], '--sarif and --repair exclude each other'],
    [['--at'], '--at needs an instant'],
    [['--crl'], '--crl needs a file'],
    [['--purpose'], 'server, client or any'],
    [['--json=yes'], '--json takes no value'],
    [['--trust', '-'], 'standard input (-) can be read only once'],
    [['--trust', '-', '-'], 'standard input (-) can be read only once'],
    [['--link', '--repair'], 'exclude each other'],
    [['--anchors', 'none'], '--anchors is'],
    [['--json', '--link'], 'exclude each other'],
    [['--each', '--repair', 'a.txt'], 'exclude each other'],
    [['--redact', '--repair'], 'cannot be redacted'],
    [['--link-base', 'file:///x'], 'web address'],
    [['--link=yes'], 'takes no value'],
  ])('answers %j with one line that says what is wrong', (words, message) => {
    expect(value(...words)).toContain(message)
    expect(value(...words)).not.toContain('\n')
  })

  it('takes a password from a file or a variable, and never as a word', () => {
    expect(value('--password', 'secret.txt', 'a.p12')).toMatchObject({ password: 'secret.txt', files: ['a.p12'] })
    expect(value('--password=env:STORE_PASSWORD', 'a.p12')).toMatchObject({ password: 'env:STORE_PASSWORD' })
    expect(value('a.p12', '--password')).toBe('--password needs a file, or env:NAME')
    expect(value('--password', 'env:')).toBe('--password needs a file, or env:NAME')
  })
})
