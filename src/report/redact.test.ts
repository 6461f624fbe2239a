import { describe, expect, it } from 'vitest'
import { inspect } from '../inspect.ts'
import { bundle, noIssuer, sClient } from '../rules/testing/helpers/capture.ts'
import { attributesOf } from './identities.ts'
import { redact, redactionClasses } from './redact.ts'

const all = new Set(redactionClasses)
const now = Date.parse('2026-12-01T12:00:00Z')
const judge = (...texts: string[]) =>
  inspect({ documents: texts.map((text, index) => ({ name: `capture-${index}`, text })) }, { now })

const secretCommand = '-connect 10.20.30.40:8443 -servername shop.example -CAfile own.pem -showcerts'

describe('redaction', () => {
  it('leaves no host, address, organisation, serial or fingerprint anywhere in the report', async () => {
    const report = await judge(sClient({ command: secretCommand, sent: ['shop', 'issuing'], errors: noIssuer }))
    const { report: redacted, replacements } = redact(report, all)
    const text = JSON.stringify({ ...redacted, trustData: '' })
    for (const value of ['shop.example', '10.20.30.40', 'Example Retail'])
      expect(JSON.stringify(report), value).toContain(value)
    for (const { original } of replacements) expect(text.toLowerCase(), original).not.toContain(original.toLowerCase())
    for (const { sha256, serial } of report.certificates) {
      expect(text).not.toContain(sha256)
      expect(text).not.toContain(serial)
    }
    expect(text).not.toContain('BEGIN CERTIFICATE')
    expect(redacted.verdict.headline).toMatch(/Organisation \d/)
    expect(redacted.findings[0]?.nextCommand).toMatch(/-connect address-1:8443 -servername host-1/)
    expect(redacted.verdict.cause).toBe(report.verdict.cause)
    // A file name is no host.
    expect(text).toContain('own.pem')
  })

  it('gives the same value the same placeholder, in every capture', async () => {
    const one = sClient({ command: secretCommand, sent: ['shop'], errors: noIssuer })
    const { report, replacements } = redact(await judge(one, one.replace('10.20.30.40', '10.20.30.41')), all)
    expect(report.captures.map(({ host }) => host)).toEqual(['host-1', 'host-1'])
    expect(report.captures.map(({ command }) => /address-\d/.exec(command ?? '')?.[0])).toEqual([
      'address-1',
      'address-2',
    ])
    expect(new Set(replacements.map(({ placeholder }) => placeholder)).size).toBe(replacements.length)
  })

  it('keeps the classes that were not chosen', async () => {
    const report = await judge(sClient({ command: secretCommand, sent: ['shop'], errors: noIssuer }))
    const text = JSON.stringify(redact(report, new Set(['addresses'])).report)
    expect(text).not.toContain('10.20.30.40')
    expect(text).toContain('shop.example')
    expect(redact(report, new Set()).report).toBe(report)
  })

  it('keeps the names of public CAs', async () => {
    const report = await judge(bundle('publicShop'))
    const issuer = report.certificates[0]?.issuer.short ?? ''
    const { report: redacted } = redact(report, all)
    expect(report.captures[0]?.chain.some(({ source }) => source === 'known' || source === 'store')).toBe(true)
    expect(JSON.stringify(redacted.captures)).toContain(issuer)
    expect(JSON.stringify(redacted)).not.toContain('shop.example')
  })

  it('finds names, also with commas in them, in what tools print', () => {
    expect(attributesOf(' 0 s:C=NL, O=Lab Trust, B.V., CN=shop.example')).toEqual(['Lab Trust, B.V.', 'shop.example'])
    expect(attributesOf('subject=C = NL, O = "Lab Trust, B.V.", CN = x y')).toEqual(['Lab Trust, B.V.', 'x y'])
    expect(attributesOf('/C=NL/O=Works/CN=a.example')).toEqual(['Works', 'a.example'])
    expect(attributesOf('no name in here = at all')).toEqual([])
  })

  it('is quick on long hostile quotes', async () => {
    const report = await judge(sClient({ command: secretCommand, sent: ['shop'], errors: noIssuer }))
    const quotes = [
      'a'.repeat(50_000),
      'a.'.repeat(25_000),
      '1.'.repeat(25_000),
      ':'.repeat(50_000),
      'CN=,'.repeat(12_000),
      '0a:'.repeat(16_000),
    ]
    const findings = report.findings.map((finding) => ({
      ...finding,
      evidence: quotes.map((quote) => ({ document: 0, start: 0, end: 0, quote })),
    }))
    const start = performance.now()
    redact({ ...report, findings }, all)
    expect(performance.now() - start).toBeLessThan(5_000)
  })
})
