import { describe, expect, it } from 'vitest'
import { noIssuer, sClient, toShop } from '../testing/helpers/capture.ts'
import { judge } from '../testing/helpers/judge.ts'
import { judgeMade } from '../testing/helpers/made.ts'
import { verificationMisused as rule } from './verification-misused.ts'

const run = (options: string, name: string, error: string) => `$ openssl verify ${options}
${name}
error ${error}
error bundle.pem: verification failed
`
const leaf = 'C = GB, O = Example Retail, CN = shop.example'

describe('verification-misused', () => {
  it('fails a bundle given as the certificate to verify', async () => {
    const judged = await judge(
      rule,
      run('-CAfile root.pem bundle.pem', leaf, '20 at 0 depth lookup: unable to get local issuer certificate'),
    )
    expect(judged).toMatchObject({
      kind: 'fail',
      severity: 'error',
      confidence: 'likely',
      owner: 'reporter',
      title:
        '"openssl verify" was given no intermediates for "shop.example" (Example Retail), so it cannot find the issuer.',
      nextCommand: 'openssl verify -show_chain -CAfile root.pem -untrusted bundle.pem bundle.pem',
    })
    expect(judged.quotes).toEqual([
      '$ openssl verify -CAfile root.pem bundle.pem',
      'error 20 at 0 depth lookup: unable to get local issuer certificate',
    ])
  })

  it('tells an intermediate in the trust file from a root', async () => {
    const issuing = 'C = GB, O = Example Retail, CN = Example Retail Issuing CA 2'
    const judged = await judge(
      rule,
      run('-CAfile issuing.pem shop.pem', issuing, '2 at 1 depth lookup: unable to get issuer certificate'),
    )
    expect(judged).toMatchObject({
      kind: 'fail',
      title:
        '"openssl verify" was given an intermediate ("Example Retail Issuing CA 2" (Example Retail)) with -CAfile, but not its root.',
      nextCommand: 'openssl verify -show_chain -CAfile root.pem -untrusted issuing.pem shop.pem',
    })
    expect(judged.explanation).toContain('-partial_chain')
  })

  it('quotes file names for the shell', async () => {
    const judged = await judge(
      rule,
      run(`-CAfile 'my root.pem' 'b;undle.pem'`, leaf, '20 at 0 depth lookup: unable to get local issuer certificate'),
    )
    expect(judged.nextCommand).toBe(
      `openssl verify -show_chain -CAfile 'my root.pem' -untrusted 'b;undle.pem' 'b;undle.pem'`,
    )
  })

  it('passes when intermediates were given, and when the error is another', async () => {
    const given = run(
      '-CAfile root.pem -untrusted int.pem shop.pem',
      leaf,
      '20 at 0 depth lookup: unable to get local issuer certificate',
    )
    const expired = run('-CAfile root.pem shop.pem', leaf, '10 at 0 depth lookup: certificate has expired')
    for (const paste of [given, expired]) expect(await judge(rule, paste)).toMatchObject({ kind: 'pass' })
  })

  it('does not apply without the command, nor to a connection', async () => {
    const withoutCommand = run('x', leaf, '20 at 0 depth lookup: unable to get local issuer certificate')
      .split('\n')
      .slice(1)
      .join('\n')
    for (const paste of [withoutCommand, sClient({ command: toShop, sent: ['shop'], errors: noIssuer })])
      expect(await judge(rule, paste)).toMatchObject({ kind: 'not-applicable' })
  })

  it('says that a run without verification proves nothing', async () => {
    const facts = {
      host: 'shop.example',
      tool: 'curl',
      program: 'curl',
      insecure: true,
      version: 'TLSv1.3',
      ok: true,
    } as const
    const judged = await judgeMade(rule, facts)
    expect(judged).toMatchObject({ kind: 'fail', severity: 'info', owner: 'reporter' })
    expect(judged.quotes).toEqual(['$ curl -k'])
    expect(await judgeMade(rule, { ...facts, errors: [[20, 'unable to get local issuer certificate']] })).toMatchObject(
      {
        kind: 'pass',
      },
    )
  })
})
