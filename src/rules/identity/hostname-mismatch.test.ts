import { describe, expect, it } from 'vitest'
import { bundle, sClient, toShop } from '../testing/helpers/capture.ts'
import { judge } from '../testing/helpers/judge.ts'
import { hostnameMismatch as rule } from './hostname-mismatch.ts'

const sent = ['otherSite', 'issuing'] as const
const path = ['otherSite', 'issuing', 'root'] as const

describe('hostname-mismatch', () => {
  it('fails a certificate for other names, as the client says', async () => {
    const command = `${toShop} -verify_hostname shop.example`
    const judged = await judge(rule, sClient({ command, sent, path, errors: [[62, 0]] }))
    expect(judged).toMatchObject({
      kind: 'fail',
      severity: 'error',
      confidence: 'certain',
      owner: 'server-operator',
      title: 'The certificate "stock.example" (Example Retail) is not valid for shop.example.',
      nextCommand: expect.stringMatching(/-checkhost shop\.example$/),
    })
    expect(judged.explanation).toContain('It is valid for: stock.example, *.stock.example.')
    expect(judged.quotes.at(-1)).toBe('verify error:num=62:hostname mismatch')
  })

  it('fails it also when the tool reports success, and says why it does', async () => {
    const judged = await judge(rule, sClient({ command: toShop, sent, path }))
    expect(judged).toMatchObject({ kind: 'fail', severity: 'error', confidence: 'certain' })
    expect(judged.explanation).toContain('compares names only with -verify_hostname')
  })

  it('is only likely when the name is merely where -connect led', async () => {
    const judged = await judge(rule, sClient({ command: '-connect node-1.internal:8443 -showcerts', sent, path }))
    expect(judged).toMatchObject({ kind: 'fail', confidence: 'likely' })
    expect(judged.explanation).toContain('Only -connect says node-1.internal.')
  })

  it('cannot tell from an address alone', async () => {
    const paste = sClient({ command: '-connect 10.1.2.3:443 -showcerts', sent, path })
    expect(await judge(rule, paste)).toMatchObject({ kind: 'unknown', reason: expect.stringContaining('10.1.2.3') })
    expect(await judge(rule, paste, { host: 'shop.example' })).toMatchObject({ kind: 'fail', confidence: 'certain' })
  })

  it('says which clients still look at the common name', async () => {
    const judged = await judge(rule, sClient({ command: toShop, sent: ['noNames', 'issuing'], path }))
    expect(judged.explanation).toContain('It has no subject alternative name at all.')
    expect(judged.explanation).toContain('OpenSSL, curl, wget, Java and Node still look there')
    expect(judged.explanation).toContain('browsers, Apple, Android, Go and Python do not')
  })

  it('takes the word of the client where the names are not in the paste', async () => {
    const paste = sClient({ command: toShop, sent: [['CN = stock.example', 'CN = Some CA']], errors: [[62, 0]] })
    expect(await judge(rule, paste)).toMatchObject({ kind: 'fail', confidence: 'certain' })
    const silent = sClient({ command: toShop, sent: [['CN = stock.example', 'CN = Some CA']], errors: [[20, 0]] })
    expect(await judge(rule, silent)).toMatchObject({ kind: 'unknown' })
  })

  it('keeps what a paste says out of the shell', async () => {
    const command = `-connect 10.1.2.3:443 -servername 'x;reboot' -showcerts`
    expect((await judge(rule, sClient({ command, sent, path }))).nextCommand).toMatch(/-checkhost 'x;reboot'$/)
  })

  it('matches a wildcard for one label only', async () => {
    const at = (host: string) => judge(rule, bundle('otherSite'), { host })
    expect(await at('a.stock.example')).toMatchObject({ kind: 'pass' })
    expect(await at('a.b.stock.example')).toMatchObject({ kind: 'fail' })
  })

  it('says who takes a wildcard over a registry for the name', async () => {
    const judged = await judge(rule, bundle('wildcards'), { host: 'example.co.uk' })
    expect(judged).toMatchObject({ kind: 'fail', explanation: expect.stringContaining('Java and Go do not.') })
    expect((await judge(rule, bundle('wildcards'), { host: 'other.example' })).explanation).not.toContain('Java')
  })

  it('passes a fitting name, and does not apply to client certificates and CA files', async () => {
    expect(await judge(rule, sClient({ command: toShop, sent: ['shop', 'issuing'], errors: [[20, 1]] }))).toMatchObject(
      { kind: 'pass' },
    )
    expect(await judge(rule, bundle('client'), { host: 'shop.example' })).toMatchObject({ kind: 'not-applicable' })
    expect(await judge(rule, bundle('root'), { host: 'shop.example' })).toMatchObject({ kind: 'not-applicable' })
    expect(await judge(rule, bundle('shop'))).toMatchObject({ kind: 'unknown' })
  })
})
