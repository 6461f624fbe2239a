import { describe, expect, it } from 'vitest'
import { bundle, noIssuer, sClient, toShop, verification } from '../testing/helpers/capture.ts'
import { judge } from '../testing/helpers/judge.ts'
import { staleTrustStore as rule } from './stale-trust-store.ts'

const leaf = 'CN = shop.example'
const r12 = "C = US, O = Let's Encrypt, CN = R12"
const x1 = 'C = US, O = Internet Security Research Group, CN = ISRG Root X1'
const complete = {
  sent: [
    [leaf, r12],
    [r12, x1],
  ],
  path: [leaf, r12],
  errors: [[20, 1]],
} as const

describe('stale-trust-store', () => {
  it('fails a complete public chain that the client does not trust', async () => {
    const judged = await judge(rule, sClient({ command: toShop, ...complete }))
    expect(judged).toMatchObject({
      kind: 'fail',
      severity: 'error',
      confidence: 'likely',
      owner: 'client',
      title:
        'The chain at shop.example:443 is complete up to the public root "ISRG Root X1" (Internet Security Research Group), which this client does not trust.',
      nextCommand: expect.stringMatching(/^openssl version -d; /),
    })
    expect(judged.quotes[0]).toContain(`1 s:${r12}`)
    expect(judged.quotes[1]).toBe('verify error:num=20:unable to get local issuer certificate')
  })

  it('points at the trust file that the command names', async () => {
    const judged = await judge(rule, sClient({ command: `${toShop} -CAfile corp.pem`, ...complete }))
    expect(judged.explanation).toContain('its own trust file (corp.pem)')
  })

  it('calls a root that was removed everywhere a matter of the server', async () => {
    const root =
      'C = ES, O = AC Camerfirma SA CIF A82743287, OU = http://www.chambersign.org, CN = Global Chambersign Root'
    const issuing = 'O = Example Issuers, CN = Example Issuers TLS CA'
    const story = {
      sent: [
        [leaf, issuing],
        [issuing, root],
      ],
      path: [leaf, issuing],
      errors: [[20, 1]],
    } as const
    expect(await judge(rule, sClient({ command: toShop, ...story }))).toMatchObject({
      kind: 'fail',
      owner: 'server-operator',
      title: expect.stringContaining(
        '"Global Chambersign Root" (AC Camerfirma SA CIF A82743287), a root that the public stores have removed.',
      ),
    })
  })

  it('reads the client’s own account when only its error stream is there', async () => {
    const lines = verification({ sent: [], path: [leaf, r12], errors: [[20, 1]] })
    expect(await judge(rule, `${lines.join('\n')}\nDONE\n`)).toMatchObject({
      kind: 'fail',
      title: 'The chain is complete up to the public CA "R12" (Let\'s Encrypt), whose root this client does not trust.',
    })
  })

  it('passes when the client trusts the chain, and when the issuer is missing or private', async () => {
    const pastes = [
      sClient({ command: toShop, sent: complete.sent, path: [leaf, r12, x1] }),
      sClient({ command: toShop, sent: ['publicShop'], errors: noIssuer }),
      sClient({ command: toShop, sent: ['shop', 'issuing'], errors: [[20, 1]] }),
    ]
    for (const paste of pastes) expect(await judge(rule, paste)).toMatchObject({ kind: 'pass' })
  })

  it('does not blame the store for an error of another kind', async () => {
    const story = { command: toShop, ...complete, errors: [[10, 0]] } as const
    expect(await judge(rule, sClient(story))).toMatchObject({ kind: 'pass' })
  })

  it('does not apply where no client verified anything', async () => {
    expect(await judge(rule, bundle('publicShop', 'r12'))).toMatchObject({ kind: 'not-applicable' })
    expect(await judge(rule, sClient({ command: toShop, sent: [] }))).toMatchObject({ kind: 'not-applicable' })
  })
})
