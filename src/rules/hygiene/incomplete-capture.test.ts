import { describe, expect, it } from 'vitest'
import { bundle, noIssuer, sClient, toShop } from '../testing/helpers/capture.ts'
import { judge } from '../testing/helpers/judge.ts'
import { incompleteCapture as rule } from './incomplete-capture.ts'

const whole = sClient({ command: toShop, sent: ['shop', 'issuing'], errors: noIssuer })

describe('incomplete-capture', () => {
  it('warns of a capture that ends in the middle', async () => {
    const judged = await judge(rule, whole.slice(0, whole.indexOf('Server certificate')))
    expect(judged).toMatchObject({ kind: 'fail', severity: 'warning', owner: 'reporter' })
    expect(judged.title).toMatch(/^The capture is not whole: /)
    expect(judged.quotes).toHaveLength(1)
  })

  it('names the pipe that cut it', async () => {
    const judged = await judge(
      rule,
      `$ openssl s_client ${toShop} 2>/dev/null | sed -n '/BEGIN/,/END/p'\n${bundle('shop')}`,
    )
    expect(judged.explanation).toContain(`through "sed -n '/BEGIN/,/END/p'"`)
    expect(judged.nextCommand).toBe(`openssl s_client ${toShop} </dev/null`)
  })

  it('warns of a certificate block without its end', async () => {
    const judged = await judge(rule, bundle('issuing', 'shop').slice(0, -200))
    expect(judged).toMatchObject({ kind: 'fail', title: 'A certificate block is cut off.' })
    expect(judged.quotes[0]).toContain('BEGIN CERTIFICATE')
  })

  it('passes a whole capture and a whole bundle', async () => {
    for (const paste of [whole, bundle('shop', 'issuing')])
      expect(await judge(rule, paste)).toMatchObject({ kind: 'pass' })
  })

  it('does not apply to the output of other tools', async () => {
    expect(await judge(rule, '$ openssl verify a.pem\na.pem: OK\n')).toMatchObject({ kind: 'not-applicable' })
  })
})
