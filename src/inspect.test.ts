import { describe, expect, it } from 'vitest'
import { inspect } from './inspect.ts'

const now = Date.UTC(2026, 11, 1)
const judge = (text: string) => inspect({ documents: [{ name: 'paste', text }] }, { now })
const judgeBytes = (bytes: Uint8Array) => inspect({ documents: [{ name: 'file.bin', bytes }] }, { now })

/** A deterministic stream of bytes. */
function noise(length: number): Uint8Array {
  let state = 12_345
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return state >>> 24
  })
}

describe('inspect', () => {
  it.each([
    ['nothing', ''],
    ['white space', ' \n\t\r\n'],
    ['prose', 'Dear team, the connection to the shop fails since Tuesday. Can you have a look?'],
    ['only a marker', '-----BEGIN CERTIFICATE-----'],
    ['NUL and direction marks', '\u0000\u202e\u2066 depth=0 CN = \u0000'],
    ['lone surrogates', '\ud800 \udc00 0 s:CN = \ud800'],
  ])('judges %s as undeterminable and says so in words', async (_, text) => {
    const report = await judge(text)
    expect(report.schema).toBe('weaklink.report/1')
    expect(report.verdict).toMatchObject({ status: 'inconclusive', cause: 'undeterminable' })
    expect(report.verdict.headline).not.toBe('')
  })

  it('has a report for no documents at all', async () => {
    expect((await inspect({ documents: [] }, { now })).verdict.cause).toBe('undeterminable')
  })

  it('takes random bytes and odd DER without throwing', async () => {
    for (const length of [0, 1, 2, 300, 70_000]) {
      const bytes = noise(length)
      expect((await judgeBytes(bytes)).verdict.status).toBe('inconclusive')
      expect((await judgeBytes(Uint8Array.from([0x30, 0x82, 0x01, 0x00, ...bytes]))).verdict.status).toBe(
        'inconclusive',
      )
    }
  })

  it('tells half a certificate with its place, and reads the rest', async () => {
    const text = `${'-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUQ29mZmVlQ29mZmVlQ29mZmVlQ28wCgYIKoZIzj0EAwIw'}\n\ndepth=0 CN = api.shop.example\nverify error:num=18:self-signed certificate\n`
    const report = await judge(text)
    expect(report.documents[0]?.skipped[0]?.reason).toContain('no END line')
    expect(report.findings.find(({ rule }) => rule === 'incomplete-capture')?.evidence[0]?.start).toBe(0)
    expect(report.captures.some(({ tool }) => tool === 's_client')).toBe(true)
  })

  it('never repeats a private key, in any part of the report', async () => {
    const body = 'MC4CAQAwBQYDK2VwBCIEIAwHCQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZ'
    const report = await judge(`-----BEGIN PRIVATE KEY-----\n${body}\n-----END PRIVATE KEY-----\n`)
    expect(report.findings.find(({ rule }) => rule === 'secret-in-paste')?.severity).toBe('warning')
    expect(JSON.stringify(report)).not.toContain(body.slice(0, 20))
  })

  it('gives plain data that survives JSON', async () => {
    const report = await judge('CONNECTED(00000003)\ndepth=0 CN = a\nverify error:num=20:x\n')
    expect(JSON.parse(JSON.stringify(report))).toEqual(report)
  })

  it('judges many captures one by one', async () => {
    const one = 'connect:errno=111\n'
    const report = await judge(
      `$ openssl s_client -connect a.example:443\n${one}$ openssl s_client -connect b.example:443\n${one}`,
    )
    expect(report.captures.map(({ host, verdict }) => [host, verdict.cause])).toEqual([
      ['a.example', 'connection-failed'],
      ['b.example', 'connection-failed'],
    ])
  })

  it('judges at the time that is asked for, else at that of the capture, else now', async () => {
    const text = 'CONNECTED(00000003)\n---\n    Start Time: 1795536083\n'
    expect((await judge(text)).evaluatedAtReason).toBe('capture')
    expect((await judge(text)).evaluatedAt).toBe('2026-11-24T16:01:23.000Z')
    expect((await judge('CONNECTED(00000003)\n')).evaluatedAt).toBe('2026-12-01T00:00:00.000Z')
    const asked = await inspect({ documents: [{ name: 'paste', text }] }, { now, at: 0 })
    expect([asked.evaluatedAt, asked.evaluatedAtReason]).toEqual(['1970-01-01T00:00:00.000Z', 'option'])
  })
})
