import { describe, expect, it } from 'vitest'
import { bundle, sClient, toShop, verification } from '../testing/helpers/capture.ts'
import { judge } from '../testing/helpers/judge.ts'
import { weakKeyOrSignature as rule } from './weak-key-or-signature.ts'

const sent = ['weakKey', 'issuing'] as const
const path = ['weakKey', 'issuing', 'root'] as const

describe('weak-key-or-signature', () => {
  it('fails a short key that the client refuses', async () => {
    const judged = await judge(rule, sClient({ command: toShop, sent, path, errors: [[66, 0]] }))
    expect(judged).toMatchObject({ kind: 'fail', severity: 'error', confidence: 'certain', owner: 'server-operator' })
    expect(judged.title).toMatch(/^The key of "shop.example" is RSA 1024; at least 2048 bits are needed/)
    expect(judged.quotes[1]).toBe('verify error:num=66:EE certificate key too weak')
  })

  it('warns where the client does not object, whatever else it says', async () => {
    const accepted = sClient({ command: toShop, sent, path })
    const other = sClient({ command: toShop, sent, errors: [[20, 1]] })
    for (const paste of [accepted, other])
      expect(await judge(rule, paste)).toMatchObject({ kind: 'fail', severity: 'warning' })
  })

  it('fails a file that no client has seen', async () => {
    expect(await judge(rule, bundle('weakKey', 'issuing'))).toMatchObject({ kind: 'fail', severity: 'error' })
  })

  it('takes the word of a client whose certificates are not there', async () => {
    const lines = verification({ sent, path, errors: [[66, 0]] })
    expect(await judge(rule, `${lines.join('\n')}\nDONE\n`)).toMatchObject({
      kind: 'fail',
      severity: 'error',
      title: 'The client refuses a key or digest of the chain as too weak.',
    })
  })

  it('passes keys of usual size, and does not apply without certificates', async () => {
    expect(await judge(rule, bundle('shop', 'issuing'))).toMatchObject({ kind: 'pass' })
    expect(await judge(rule, sClient({ command: toShop, sent: [] }))).toMatchObject({ kind: 'not-applicable' })
  })
})
