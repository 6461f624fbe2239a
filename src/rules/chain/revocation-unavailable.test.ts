import { describe, expect, it } from 'vitest'
import { inspect } from '../../inspect.ts'
import { judgeMade } from '../testing/helpers/made.ts'
import { revocationUnavailable as rule } from './revocation-unavailable.ts'

const judge = (text: string) => inspect({ documents: [{ name: 'paste', text }] }, { now: 0 })
const capture = (code: number, words: string) =>
  `CONNECTED(00000003)\ndepth=0 CN = api.shop.example\nverify error:num=${code}:${words}\nverify return:1\n`

describe('revocation-unavailable', () => {
  it('leads when the client insists on a CRL that it does not have', async () => {
    const report = await judge(capture(3, 'unable to get certificate CRL'))
    expect(report.verdict).toMatchObject({ status: 'broken', cause: 'revocation-unavailable', owner: 'client' })
    expect(report.findings[0]?.evidence[0]?.quote).toBe('verify error:num=3:unable to get certificate CRL')
  })

  it('covers an expired CRL too', async () => {
    expect((await judge(capture(12, 'CRL has expired'))).verdict.cause).toBe('revocation-unavailable')
  })

  it('says nothing of a failure of another kind', async () => {
    const report = await judge(capture(18, 'self-signed certificate'))
    expect(report.findings.map(({ rule }) => rule)).not.toContain('revocation-unavailable')
  })

  it('is not applicable when nobody asked about revocation', async () => {
    const report = await judge('CONNECTED(00000003)\ndepth=0 CN = api.shop.example\nverify return:1\n')
    expect(report.findings.map(({ rule }) => rule)).not.toContain('revocation-unavailable')
  })

  it('tells clients that ask the CA themselves from those that are given lists', async () => {
    const facts = {
      host: 'shop.example',
      kind: 'message',
      errors: [[3, 'The revocation function was unable to check']],
    } as const
    const windows = await judgeMade(rule, { ...facts, tool: 'powershell' })
    expect(windows).toMatchObject({ kind: 'fail', owner: 'client', confidence: 'certain' })
    expect(windows.explanation).toContain('Clients on Windows')
    expect((await judgeMade(rule, { ...facts, tool: 's_client' })).explanation).toContain('-crl_check')
  })
})
