import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inspect } from '../inspect.ts'
import { noIssuer, sClient, toShop } from '../rules/testing/helpers/capture.ts'
import { reportHtml } from './html.ts'
import { reportJira } from './jira.ts'
import type { Report } from './types.ts'

const link = 'https://tls.example/w/#w1fAbc-_e'
const judged = () =>
  inspect(
    { documents: [{ name: 'paste', text: sClient({ command: toShop, sent: ['shop'], errors: noIssuer }) }] },
    { now: Date.parse('2026-12-01T12:00:00Z') },
  )

/** The same report with a text in every place that a paste or a certificate can reach. */
const withText = (report: Report, text: string): Report => ({
  ...report,
  verdict: { ...report.verdict, headline: text },
  captures: report.captures.map((capture) => ({
    ...capture,
    host: text,
    chain: capture.chain.map((rung) => ({ ...rung, subject: text, notes: [text] })),
  })),
  findings: report.findings.map((finding) => ({
    ...finding,
    title: text,
    explanation: text,
    evidence: finding.evidence.map((evidence) => ({ ...evidence, quote: text })),
    nextCommand: text,
  })),
})

describe('the report as HTML', () => {
  it('holds verdict, chain, evidence, next command and link', async () => {
    const html = reportHtml(await judged(), link)
    expect(html).toMatch(/<h1 data-tone="broken">.*Example Retail Issuing CA 2.*<\/h1>/)
    expect(html).toContain('verify error:num=20')
    expect(html).toContain(`href="${link}"`)
    expect(html).not.toContain('<script')
  })

  it('lets nothing become markup', async () => {
    const report = await judged()
    fc.assert(
      fc.property(fc.oneof(fc.constant('<img src=x onerror=alert(1)>"\'&'), fc.string()), (text) => {
        const html = reportHtml(withText(report, text))
        const tags = [...html.matchAll(/<\/?([a-z0-9!]+)/gi)].map((match) => match[1])
        const known =
          'html head meta title style body h1 h2 h3 p a dl dt dd ol ul li figure figcaption pre strong !doctype'
        for (const tag of tags) expect(known.split(' ')).toContain(tag)
      }),
      { numRuns: 100 },
    )
  })
})

describe('the report for Jira', () => {
  it('holds verdict, chain, evidence, next command and link', async () => {
    const jira = reportJira(await judged(), link)
    expect(jira).toMatch(/^h2\. /)
    expect(jira).toMatch(/\{noformat\}\n[^{]*verify error:num=20/)
    expect(jira).toContain(`|${link}]`)
  })

  it('lets nothing become markup', async () => {
    const report = await judged()
    const jira = reportJira(withText(report, '{noformat}\n{code} *b* [x|http://y] !i! ||t||'))
    const outside = jira.split(/^\{noformat\}$/m).filter((_, index) => index % 2 === 0)
    for (const part of outside) expect(part).not.toMatch(/(?<!\\)(?:\{code|\[x|!i)/)
  })
})
