import { describe, expect, it } from 'vitest'
import { runCaptureRules } from '../run.ts'
import { alertLine, bundle, sClient, toShop } from '../testing/helpers/capture.ts'
import { type Circumstances, conclude as concluded } from '../testing/helpers/judge.ts'
import { healthy as rule } from './healthy.ts'

const conclude = (paste: string, circumstances: Circumstances = {}) =>
  concluded(runCaptureRules, rule, paste, circumstances)

const chain = { command: toShop, sent: ['shop', 'issuing'], path: ['shop', 'issuing', 'root'] } as const

describe('healthy', () => {
  it('finds a chain to an imported root healthy, for certain', async () => {
    const judged = await conclude(sClient(chain), { trusted: ['root'] })
    expect(judged).toMatchObject({
      kind: 'fail',
      severity: 'info',
      confidence: 'certain',
      owner: 'nobody',
      title:
        'The chain at shop.example:443 is complete and leads to the trusted root "Example Retail Root CA" (Example Retail).',
    })
    expect(judged.quotes[0]).toContain('0 s:C = GB, O = Example Retail, CN = shop.example')
    expect(judged.quotes[1]).toBe('Verify return code: 0 (ok)')
  })

  it('takes the word of a client for likely', async () => {
    const judged = await conclude(sClient(chain))
    expect(judged).toMatchObject({ kind: 'fail', confidence: 'likely' })
    expect(judged.explanation).toContain('clients without that root fail')
  })

  it('says that the name was not checked when only an address is known', async () => {
    const judged = await conclude(sClient({ ...chain, command: '-connect 10.1.2.3:443 -showcerts' }))
    expect(judged.explanation).toContain('the name was not checked')
  })

  it('judges a bundle by itself', async () => {
    expect(await conclude(bundle('shop', 'issuing'), { trusted: ['root'] })).toMatchObject({
      kind: 'fail',
      title: expect.stringMatching(/^The chain in this file is complete/),
    })
  })

  it('reads "openssl verify"', async () => {
    const paste = '$ openssl verify -CAfile root.pem -untrusted int.pem shop.pem\nshop.pem: OK\n'
    expect(await conclude(paste)).toMatchObject({
      kind: 'fail',
      title: '"openssl verify" accepts shop.pem with the files it was given.',
      quotes: ['shop.pem: OK'],
    })
  })

  it('lets a failure of the tool stand, also one that no rule explains', async () => {
    const paste = sClient({ ...chain, command: `${toShop} -crl_check`, errors: [[3, 0]] })
    expect(await conclude(paste, { trusted: ['root'] })).toMatchObject({ kind: 'pass' })
  })

  it('does not call a connection healthy that ended with an alert', async () => {
    expect(await conclude(sClient({ ...chain, lines: [alertLine(48)] }))).toMatchObject({ kind: 'pass' })
  })

  it('passes where an error was found', async () => {
    const paste = sClient({ ...chain, sent: ['otherSite', 'issuing'] })
    expect(await conclude(paste, { trusted: ['root'] })).toMatchObject({ kind: 'pass' })
  })

  it('does not apply without a certificate or to CA files', async () => {
    for (const paste of [sClient({ command: toShop, sent: [] }), bundle('root')])
      expect((await conclude(paste)).kind).not.toBe('fail')
  })
})
