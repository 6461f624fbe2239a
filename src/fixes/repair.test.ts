import { describe, expect, it } from 'vitest'
import { inspect } from '../inspect.ts'
import { bundle, noIssuer, sClient, toShop } from '../rules/testing/helpers/capture.ts'
import { caBundle, chainToRepair, repairedChain } from './repair.ts'

const now = Date.parse('2026-12-01T12:00:00Z')
const judge = (...texts: string[]) =>
  inspect({ documents: texts.map((text, index) => ({ name: `document-${index}`, text })) }, { now })
const names = (list: readonly { readonly subject: { readonly short: string } }[]) =>
  list.map(({ subject }) => subject.short)

describe('the repaired chain', () => {
  it('takes the missing intermediate from anywhere in the input', async () => {
    const report = await judge(
      sClient({ command: toShop, sent: ['shop'], errors: noIssuer }),
      bundle('issuing', 'root'),
    )
    const chain = chainToRepair(report)
    expect(names(chain?.certificates ?? [])).toEqual(['shop.example', 'Example Retail Issuing CA 2'])
    expect(chain).toMatchObject({ capture: 0, missing: [], asServed: false, leftOut: [] })
    expect(chain?.pem).toBe(bundle('shop', 'issuing'))
  })

  it('puts them in order, and leaves out the root, strangers and repeats', async () => {
    const report = await judge(
      sClient({ command: toShop, sent: ['shop', 'root', 'otherSite', 'issuing', 'issuing'], errors: [] }),
    )
    const chain = repairedChain(report, 0)
    expect(names(chain?.certificates ?? [])).toEqual(['shop.example', 'Example Retail Issuing CA 2'])
    expect(chain?.leftOut).toHaveLength(2)
    expect(chain?.asServed).toBe(false)
  })

  it('says that nothing has to be repaired', async () => {
    const report = await judge(sClient({ command: toShop, sent: ['shop', 'issuing'] }))
    expect(repairedChain(report, 0)?.asServed).toBe(true)
  })

  it('names what is missing, with the command that fetches it', async () => {
    const report = await judge(sClient({ command: toShop, sent: ['publicShop'], errors: noIssuer }))
    const chain = repairedChain(report, 0)
    expect(names(chain?.certificates ?? [])).toEqual(['shop.example'])
    expect(chain?.missing).toHaveLength(1)
    const [missing] = chain?.missing ?? []
    expect(missing?.command ?? missing?.name).toMatch(/curl -fsSL -o issuer\.bin|\w/)
  })

  it('does not count what is in the paste by name only as missing', async () => {
    const report = await judge(sClient({ command: toShop, sent: ['shop', 'issuing'], pem: 'leaf' }))
    expect(repairedChain(report, 0)).toBeUndefined()
  })

  it('is none without a leaf', async () => {
    expect(chainToRepair(await judge(bundle('root')))).toBeUndefined()
    expect(chainToRepair(await judge('nothing'))).toBeUndefined()
  })
})

describe('the CA file', () => {
  it('holds the private roots of the input and no others', async () => {
    const report = await judge(sClient({ command: toShop, sent: ['shop', 'issuing', 'root'] }))
    const ca = caBundle(report)
    expect(ca?.pem).toBe(bundle('root'))
    expect(ca?.commands[0]?.command).toContain('-file private-ca.pem')
    expect(caBundle(await judge(sClient({ command: toShop, sent: ['shop', 'issuing'] })))).toBeUndefined()
  })
})
