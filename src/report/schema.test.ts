import { readFileSync } from 'node:fs'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { inspect } from '../inspect.ts'
import { bundle, noIssuer, sClient, toShop } from '../rules/testing/helpers/capture.ts'
import { redact, redactionClasses } from './redact.ts'
import { reportSchema } from './schema.ts'
import { reportJsonSchema } from './testing/json-schema.ts'

const now = Date.parse('2026-12-01T12:00:00Z')
/** Names what does not fit, as `captures.0.port: Invalid type`; strict, so that nothing goes undescribed. */
function misfits(report: unknown): string[] {
  const { issues = [] } = v.safeParse(strict(reportSchema) as typeof reportSchema, report)
  return issues.map((issue) => `${v.getDotPath(issue)}: ${issue.message}`)
}

/** The same schema, with objects that take no other keys. */
function strict(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(strict)
  if (typeof schema !== 'object' || schema === null) return schema
  const copy = schema as Record<string, unknown>
  if (copy.type === 'object')
    return v.strictObject(
      Object.fromEntries(Object.entries(copy.entries as object).map(([key, value]) => [key, strict(value)])) as never,
    )
  if (copy.type === 'exact_optional') return v.exactOptional(strict(copy.wrapped) as v.GenericSchema)
  if (copy.type === 'nullable') return v.nullable(strict(copy.wrapped) as v.GenericSchema)
  if (copy.type === 'array') return v.array(strict(copy.item) as v.GenericSchema)
  return schema
}

const inputs: Readonly<Record<string, readonly string[]>> = {
  nothing: [''],
  'a sentence': ['hello'],
  'a lone leaf': [sClient({ command: toShop, sent: ['shop'], errors: noIssuer })],
  'a public leaf': [sClient({ command: toShop, sent: ['publicShop'], errors: noIssuer })],
  'a chain with its root': [sClient({ command: toShop, sent: ['shop', 'issuing', 'root'] })],
  'a capture without PEM': [sClient({ command: toShop, sent: ['shop', 'issuing'], pem: 'leaf' })],
  'two captures and a bundle': [
    sClient({ command: toShop, sent: ['shop'], errors: noIssuer }),
    sClient({ command: toShop, sent: ['shop', 'root', 'otherSite', 'issuing', 'issuing'], errors: [] }),
    bundle('issuing', 'root'),
  ],
  'a message': ['curl: (60) SSL certificate problem: certificate has expired'],
  'a refused connection': ['$ openssl s_client -connect api.shop.example:443\nconnect:errno=111\n'],
  'a secret': ['-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\ncurl -k https://api.shop.example/\n'],
}

describe('the schema of the report', () => {
  it.each(Object.entries(inputs))('describes the report on %s', async (_, texts) => {
    const documents = texts.map((text, index) => ({ name: `document-${index}`, text }))
    const report = await inspect({ documents }, { now })
    expect(misfits(JSON.parse(JSON.stringify(report)))).toEqual([])
  })

  it('describes a binary file', async () => {
    const bytes = new Uint8Array([0x30, 0x03, 0x02, 0x01, 0x00, 0x00, 0xff])
    expect(
      misfits(JSON.parse(JSON.stringify(await inspect({ documents: [{ name: 'x.p12', bytes }] }, { now })))),
    ).toEqual([])
  })

  it('refuses another version and what has no place', async () => {
    const report = await inspect({ documents: [{ name: 'paste', text: 'hello' }] }, { now })
    expect(misfits({ ...report, schema: 'weaklink.report/2' })).toHaveLength(1)
    expect(misfits({ ...report, more: 1 })).toHaveLength(1)
    expect(misfits({ ...report, findings: [{ rule: 'xyzzy' }] }).length).toBeGreaterThan(1)
  })

  it('describes a redacted report', async () => {
    const [text = ''] = inputs['a chain with its root'] ?? []
    const report = await inspect({ documents: [{ name: 'paste', text }] }, { now })
    expect(misfits(redact(report, new Set(redactionClasses)).report)).toEqual([])
  })

  it('is as docs/report.schema.json has it; else run node scripts/report-schema.mjs', () => {
    const file = new URL('../../docs/report.schema.json', import.meta.url)
    expect(readFileSync(file, 'utf8')).toBe(reportJsonSchema())
  })
})
