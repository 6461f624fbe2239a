import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { openLink } from './link.ts'

const read = (name: string) => readFileSync(fileURLToPath(new URL(`golden/${name}`, import.meta.url)), 'utf8').trim()
const expected = JSON.parse(read('1-expected.json'))
const known = () => undefined

/** Links that were sent out must open for ever. A failure here means: write another version beside this one. */
describe('links of version 1', () => {
  it('open: findings', async () => {
    const opened = await openLink(read('1-findings.txt'), known)
    if (!opened.ok || opened.value.kind !== 'findings') throw new Error('not opened')
    const { report, version } = opened.value
    expect(version).toBe('0.1.0')
    expect(report.verdict).toMatchObject({
      status: expected.status,
      cause: expected.cause,
      headline: expected.headline,
    })
    expect(report.findings.map(({ rule }) => rule)).toEqual(expected.findings)
    expect(report.captures[0]).toMatchObject({ tool: 's_client', host: 'shop.example', port: 443 })
    expect(report.captures[0]?.chain[0]).toMatchObject({ role: 'leaf', name: 'shop.example', source: 'served' })
    expect(report.clients.length).toBeGreaterThan(10)
    expect(report.clients.every(({ client, reason }) => client !== '' && reason !== '')).toBe(true)
  })

  it.each(['certificates', 'input'])('open: %s', async (kind) => {
    const opened = await openLink(read(`1-${kind}.txt`), known)
    if (!opened.ok || opened.value.kind === 'findings') throw new Error('not opened')
    expect(opened.value.kind).toBe(kind)
    expect(opened.value.input.documents).toEqual(expected.documents)
    expect(opened.value.input.host).toBe('shop.example')
    expect(opened.value.input.sender).toMatchObject({ status: expected.status, headline: expected.headline })
  })

  it('open: encrypted', async () => {
    expect(await openLink(read('1-encrypted.txt'), known)).toEqual({ ok: false, error: 'needs-passphrase' })
    expect(await openLink(read('1-encrypted.txt'), known, 'golden')).toMatchObject({
      ok: true,
      value: { kind: 'findings', encrypted: true, report: { verdict: { headline: expected.headline } } },
    })
  }, 60_000)
})
