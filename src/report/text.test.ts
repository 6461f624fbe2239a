import { describe, expect, it } from 'vitest'
import type { Fix } from '../core/finding.ts'
import { reportMarkdown } from './markdown.ts'
import { reportText } from './text.ts'
import type { Report } from './types.ts'

const report = (headline: string, command: string): Report => ({
  schema: 'weaklink.report/1',
  evaluatedAt: '2026-12-01T00:00:00.000Z',
  evaluatedAtReason: 'now',
  verdict: { status: 'broken', cause: 'private-ca', headline, owner: 'client', finding: 'c0-private-ca' },
  documents: [],
  captures: [],
  certificates: [],
  paths: [],
  clients: [],
  findings: [
    {
      id: 'c0-private-ca',
      rule: 'private-ca',
      severity: 'error',
      confidence: 'likely',
      title: headline,
      explanation: 'First.\n\nSecond.',
      owner: 'client',
      evidence: [{ document: 0, start: 0, end: 5, quote: 'depth=0 ``` CN = x' }],
      nextCommand: command,
      fixes: [],
      references: [],
    },
  ],
  trustData: 'test',
})

describe('reportText', () => {
  it('begins with the verdict and shows evidence and next command', () => {
    const text = reportText(report('It ends at "X".', 'openssl version'))
    expect(text.startsWith('BROKEN  private-ca\nIt ends at "X".\n')).toBe(true)
    expect(text).toContain('seen: depth=0')
    expect(text).toContain('next: openssl version')
    expect(text).toContain('now, as the capture does not tell its time')
  })

  it('writes control and direction characters visibly', () => {
    const text = reportText(report('CN \u001b[2J\u202e gpj', 'x'))
    expect(text).toContain('CN \\u{001B}[2J\\u{202E} gpj')
  })
})

describe('reportMarkdown', () => {
  it('lets nothing of a paste become markup', () => {
    const markdown = reportMarkdown(report('<img src=x> [a](http://b) `c` **d**', 'x'))
    expect(markdown).toContain('## \\<img src=x\\> \\[a\\](http://b) \\`c\\` \\*\\*d\\*\\*')
    expect(markdown).not.toMatch(/(?<!\\)</)
  })

  it('lets nothing of a paste begin a list, a rule or a heading', () => {
    const markdown = reportMarkdown(report('- a\n1. b\n---\n===', 'x'))
    expect(markdown).toContain('## \\- a 1. b --- ===\n')
    const made = report('t', 'x')
    const [finding] = made.findings
    const explained = { ...made, findings: finding ? [{ ...finding, explanation: '1. b\n---\n+ c' }] : [] }
    expect(reportMarkdown(explained)).toContain('1\\. b\n\\---\n\\+ c')
  })

  it('links to the report when told where it is', () => {
    const link = 'https://tls.example/w/#w1fAbc-_e'
    expect(reportMarkdown(report('t', 'x'), link)).toContain(`](<${link}>)`)
    expect(reportMarkdown(report('t', 'x'), `${link}> <b>`)).toContain(`](<${link}%3E%20%3Cb%3E>)`)
    expect(reportMarkdown(report('t', 'x'))).not.toContain('](')
  })

  it('fences a quote with more backticks than it holds', () => {
    expect(reportMarkdown(report('t', 'x'))).toContain('````\ndepth=0 ``` CN = x\n````')
  })
})

describe('fixes', () => {
  const fix: Fix = {
    platform: 'kong',
    title: 'Trust <this> CA',
    steps: ['Get it.', 'Confirm `it`.'],
    prepare: 'openssl x509 -in ca.pem',
    command: "curl -X POST '<ADMIN_URL>/ca_certificates'\n```",
    reload: 'kong reload',
    verify: 'curl -fsS https://api.shop.example/',
    warning: 'It signs anything.',
    workaround: true,
  }
  const withFix = (fixes: readonly Fix[]) => {
    const made = report('t', 'x')
    return { ...made, findings: made.findings.map((finding) => ({ ...finding, fixes })) }
  }

  it('are printed with steps, commands and the check', () => {
    const text = reportText(withFix([fix, { platform: 'generic', title: 'Do it', steps: [] }]))
    expect(text).toContain('    workaround for kong: Trust <this> CA\n      mind: It signs anything.\n      1. Get it.')
    expect(text).toContain('      then:\n        kong reload\n      to verify:\n        curl -fsS')
    expect(text).toContain('    fix: Do it\n')
  })

  it('become Markdown that their texts cannot leave', () => {
    const markdown = reportMarkdown(withFix([fix]))
    expect(markdown).toContain('Workaround for kong: **Trust \\<this\\> CA**')
    expect(markdown).toContain('2. Confirm \\`it\\`.')
    expect(markdown).toContain("````\ncurl -X POST '<ADMIN_URL>/ca_certificates'\n```\n````")
  })
})
