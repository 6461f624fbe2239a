import { describe, expect, it } from 'vitest'
import { bundle, sClient, toShop } from '../testing/helpers/capture.ts'
import { judge } from '../testing/helpers/judge.ts'
import { secretInPaste as rule } from './secret-in-paste.ts'

const key = `-----BEGIN PRIVATE KEY-----\n${'QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWY='}\n-----END PRIVATE KEY-----\n`

describe('secret-in-paste', () => {
  it('warns of a private key and points at it', async () => {
    const judged = await judge(rule, bundle('shop') + key)
    expect(judged).toMatchObject({
      kind: 'fail',
      severity: 'warning',
      owner: 'reporter',
      title: 'The input holds a private key.',
    })
    expect(judged.quotes[0]).toContain('BEGIN PRIVATE KEY')
  })

  it('gives one finding per kind', async () => {
    const judged = await judge(rule, `${key}${key}\n    Master-Key: ${'0A'.repeat(48)}\n${bundle('shop')}`)
    expect(judged).toMatchObject({ kind: 'fail', findings: 2, title: 'The input holds 2 secrets (private key).' })
  })

  it('mentions a session key only as information', async () => {
    const judged = await judge(
      rule,
      `${sClient({ command: toShop, sent: ['shop'] })}\n    Master-Key: ${'0A'.repeat(48)}\n`,
    )
    expect(judged).toMatchObject({ kind: 'fail', severity: 'info' })
  })

  it('passes certificates and an empty session key', async () => {
    for (const paste of [bundle('shop'), `${bundle('shop')}\n    Master-Key: \n`])
      expect(await judge(rule, paste)).toMatchObject({ kind: 'pass' })
  })
})
