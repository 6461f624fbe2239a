import { describe, expect, it } from 'vitest'
import type { CaptureContext } from '../context.ts'
import { bundle, noIssuer, sClient, toShop, verification } from '../testing/helpers/capture.ts'
import { judge } from '../testing/helpers/judge.ts'
import { contextOfMade, made } from '../testing/helpers/made.ts'
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

  it('takes the chain of a message from the connection beside it', async () => {
    const judged = rule.check(await besidePublic('java'))
    const draft = judged.kind === 'fail' ? judged.drafts[0] : undefined
    expect(draft).toMatchObject({ severity: 'error', confidence: 'likely', owner: 'client' })
    expect(draft?.explanation).toContain('Another capture of this input shows what the server sends.')
    expect(draft?.explanation).toContain('Java has ISRG Root X1 since 7u151, 8u141 and 9.')
    expect(draft?.evidence).toHaveLength(1)
    const python = rule.check(await besidePublic('python'))
    expect(python.kind === 'fail' && python.drafts[0]?.explanation).not.toContain('Java has')
  })
})

/** A message of a failure beside a connection whose chain leads to a public root: the fixtures' own, with the key of one. */
async function besidePublic(tool: 'java' | 'python'): Promise<CaptureContext> {
  const host = 'shop.example'
  const input = await contextOfMade([
    made({ kind: 'message', tool, host, errors: [[20, 'unable to get local issuer certificate']] }),
    made({ host, sent: ['shop', 'issuing'], ok: true, version: 'TLSv1.3' }, 'curl.txt', 1),
  ])
  const captures: CaptureContext[] = []
  const shared = { ...input, captures }
  const [message, connection] = input.captures
  const path = connection?.servedBuild?.paths[0]
  const root = path?.certificates.at(-1)
  if (!message || !connection?.servedBuild || !path || !root)
    throw new Error('the chain leads to the root of the tests')
  const publicKey = { ...root.publicKey, spkiSha256: '0b9fa5a59eed715c'.padEnd(64, '0') }
  const certificates = [...path.certificates.slice(0, -1), { ...root, publicKey }]
  const servedBuild = { ...connection.servedBuild, paths: [{ ...path, certificates }] }
  const anchored = { kind: 'anchored', by: 'store' } as const
  captures.push({ ...message, input: shared }, { ...connection, input: shared, servedBuild, end: anchored })
  return captures[0] as CaptureContext
}
