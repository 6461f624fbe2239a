import { describe, expect, it } from 'vitest'
import { reportMarkdown, reportText } from './text.ts'
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

  it('fences a quote with more backticks than it holds', () => {
    expect(reportMarkdown(report('t', 'x'))).toContain('````\ndepth=0 ``` CN = x\n````')
  })
})
