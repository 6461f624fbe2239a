import { describe, expect, it } from 'vitest'
import { inspect } from '../inspect.ts'
import { noIssuer, sClient, toShop } from '../rules/testing/helpers/capture.ts'
import { reportSarif } from './sarif.ts'

const text = sClient({ command: toShop, sent: ['shop'], errors: noIssuer })
const judged = (name = 'paste') => inspect({ documents: [{ name, text }] }, { now: Date.parse('2026-12-01T12:00:00Z') })

describe('the report as SARIF', () => {
  it('has a result for each finding, at the lines of its evidence', async () => {
    const report = await judged()
    const { version, runs } = JSON.parse(reportSarif(report, [{ name: 'paste', text }], '1.2.3'))
    const [run] = runs
    expect([version, run.tool.driver.version]).toEqual(['2.1.0', '1.2.3'])
    expect(run.results.map(({ ruleId }: { ruleId: string }) => ruleId)).toEqual(report.findings.map(({ rule }) => rule))
    const [first] = run.results
    expect(first).toMatchObject({
      ruleId: 'missing-intermediate',
      level: 'error',
      properties: { confidence: 'likely' },
    })
    expect(run.tool.driver.rules[first.ruleIndex].id).toBe('missing-intermediate')
    const lines = text.split('\n')
    for (const { physicalLocation } of first.locations) {
      const { startLine, startColumn, endLine, endColumn, snippet } = physicalLocation.region
      const found = lines.slice(startLine - 1, endLine).join('\n')
      const tail = (lines[endLine - 1] as string).length - (endColumn - 1)
      expect(found.slice(startColumn - 1, found.length - tail)).toContain(snippet.text.split('\n')[0])
    }
  })

  it('counts CR LF as one end of a line, and names no line of a binary file', async () => {
    const report = await judged()
    const [finding] = report.findings
    const at = (document: string | undefined, start: number, end: number) => {
      const evidence = [{ document: 0, start, end, quote: 'x' }]
      const one = { ...report, findings: finding ? [{ ...finding, evidence }] : [] }
      const documents = [document === undefined ? { name: 'a' } : { name: 'a', text: document }]
      return JSON.parse(reportSarif(one, documents, '1')).runs[0].results[0].locations[0].physicalLocation
    }
    expect(at('a\r\nbx', 4, 5).region).toMatchObject({ startLine: 2, startColumn: 2, endLine: 2, endColumn: 3 })
    expect(at(undefined, 4, 5)).toEqual({ artifactLocation: { uri: 'paste', index: 0 } })
  })

  it('makes a relative reference of any file name', async () => {
    const sarif = JSON.parse(reportSarif(await judged('c:x y\ud800.pem'), [], '1'))
    expect(sarif.runs[0].artifacts[0].location.uri).toBe('c%3Ax%20y%EF%BF%BD.pem')
  })
})
