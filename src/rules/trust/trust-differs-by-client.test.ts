import { describe, expect, it } from 'vitest'
import type { BuiltPath } from '../../chain/model.ts'
import { storesOf } from '../../trust/public-cas.ts'
import { builtInRoots, rootBySha256 } from '../../trust/roots.ts'
import type { CaptureContext } from '../context.ts'
import type { Draft } from '../contract.ts'
import { bundle, certificateOf, sClient, toShop } from '../testing/helpers/capture.ts'
import { contextOf } from '../testing/helpers/judge.ts'
import { trustDiffersByClient as rule } from './trust-differs-by-client.ts'

const isrgX1 = '96bcec06264976f37460779acf28c5a7cfe8a3c0aae11a8ffcee05c0bddf08c6'

/** A root that Mozilla has removed and Java still has. */
const removed =
  builtInRoots().find((root) => storesOf(root).includes('openjdk') && !storesOf(root).includes('mozilla'))?.sha256 ?? ''

/** The capture of a leaf, as if the built-in root had signed it. */
async function under(root: string, host?: string): Promise<CaptureContext> {
  const input = await contextOf(sClient({ command: toShop, sent: ['publicShop', 'r12'] }), host ? { host } : {})
  const [context] = input.captures
  const anchor = rootBySha256(root)
  if (context === undefined || anchor === undefined) throw new Error('no capture or no root')
  const path: BuiltPath = {
    certificates: [certificateOf('publicShop'), certificateOf('r12'), anchor],
    sources: ['served', 'served', 'store'],
    signatures: ['valid', 'valid', 'valid'],
    anchored: true,
    valid: true,
    problems: [],
  }
  const build = { paths: [path], budgetExhausted: false, exhausted: [], work: { steps: 0, signatureChecks: 0 } }
  return { ...context, build, servedBuild: build, end: { kind: 'anchored', by: 'store' } }
}

function draftOf(context: CaptureContext): Draft {
  const outcome = rule.check(context)
  if (outcome.kind !== 'fail' || outcome.drafts[0] === undefined) throw new Error(`it is ${outcome.kind}`)
  return outcome.drafts[0]
}

describe('trust-differs-by-client', () => {
  it('informs when only old clients refuse the chain, and says why', async () => {
    const context = await under(isrgX1)
    const draft = draftOf(context)
    expect(draft).toMatchObject({ severity: 'info', confidence: 'likely', owner: 'nobody' })
    expect(draft.title).toMatch(
      /^The chain at shop\.example:443 is accepted by Chrome, .* and refused by Android 7\.0 /,
    )
    expect(draft.explanation).toContain('Refused by Android 7.0: "ISRG Root X1" is not in its list of 2016-03-21.')
    expect(draft.evidence[0]).toEqual(context.leaf?.span)
  })

  it('warns when current clients refuse it', async () => {
    const draft = draftOf(await under(removed))
    expect(draft).toMatchObject({ severity: 'warning', owner: 'server-operator' })
    expect(draft.explanation).toMatch(/Refused by Python requests .* is not in its list of 2026-07-19/)
  })

  it('passes when everybody refuses the chain', async () => {
    expect(rule.check(await under(isrgX1, 'other.example'))).toMatchObject({ kind: 'pass' })
    const [own] = (await contextOf(sClient({ command: toShop, sent: ['shop', 'issuing', 'root'] }))).captures
    expect(own && rule.check(own)).toMatchObject({ kind: 'pass' })
  })

  it('is unknown when no client can be judged', async () => {
    const context = await under(isrgX1)
    const none = { ...context.build, paths: [] } as NonNullable<CaptureContext['build']>
    expect(rule.check({ ...context, servedIs: 'partial', build: none, servedBuild: none })).toMatchObject({
      kind: 'unknown',
    })
  })

  it('does not apply to authorities and client certificates', async () => {
    for (const paste of [bundle('root', 'issuing'), bundle('client')]) {
      const [context] = (await contextOf(paste)).captures
      expect(context && rule.check(context)).toMatchObject({ kind: 'not-applicable' })
    }
  })
})
