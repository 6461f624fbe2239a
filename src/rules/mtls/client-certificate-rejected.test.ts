import { describe, expect, it } from 'vitest'
import { alertLine, bundle, sClient, toShop } from '../testing/helpers/capture.ts'
import { judge } from '../testing/helpers/judge.ts'
import { judgeMade } from '../testing/helpers/made.ts'
import { clientCertificateRejected as rule } from './client-certificate-rejected.ts'

const chain = { sent: ['shop', 'issuing'], path: ['shop', 'issuing', 'root'] } as const
const presenting = (file: string) => `${toShop} -cert ${file} -key client.key`

describe('client-certificate-rejected', () => {
  it('fails when the server does not know the CA of the client', async () => {
    const paste = sClient({
      command: presenting('client.pem'),
      ...chain,
      asks: true,
      lines: [alertLine(48, 'tlsv1 alert unknown ca')],
    })
    const judged = await judge(rule, paste)
    expect(judged).toMatchObject({
      kind: 'fail',
      severity: 'error',
      confidence: 'certain',
      owner: 'client',
      title: 'The server at shop.example:443 refuses the client certificate: its CA is not trusted there (unknown_ca).',
    })
    expect(judged.quotes[0]).toContain('SSL alert number 48')
  })

  it('is only likely when the request is not in the paste', async () => {
    const paste = sClient({ command: presenting('client.pem'), ...chain, lines: [alertLine(45)] })
    expect(await judge(rule, paste)).toMatchObject({ kind: 'fail', confidence: 'likely' })
  })

  it('keeps a file name out of the shell', async () => {
    const paste = sClient({ command: presenting(`'my cert;.pem'`), ...chain, asks: true, lines: [alertLine(48)] })
    expect((await judge(rule, paste)).nextCommand).toContain(`-cert 'my cert;.pem'`)
  })

  it('says what to do about each reason', async () => {
    const facts = { host: 'shop.example', program: 'curl', tool: 'curl', requested: 'yes', wasSent: 'yes' } as const
    const unknownCa = await judgeMade(rule, { ...facts, alert: 48, accepts: ['O=Partners, CN=Partners CA'] })
    expect(unknownCa.explanation).toContain('send it with its intermediates')
    expect(unknownCa.explanation).toContain('It accepts certificates that lead to "Partners CA" (Partners).')
    const denied = await judgeMade(rule, { ...facts, alert: 49 })
    expect(denied).toMatchObject({ owner: 'server-operator', confidence: 'certain' })
  })

  it('reads the log of a server: by number, with the name of the client', async () => {
    const facts = { kind: 'log', role: 'server', tool: 'apache', printed: 'O=Shop, CN=till 17' } as const
    const judged = await judgeMade(rule, { ...facts, errors: [[26, 'unsuitable certificate purpose', 0]] })
    expect(judged.title).toBe('Apache refuses the client certificate "till 17" (Shop): it is not meant for clients.')
    expect(judged.quotes).toEqual(['26 unsuitable certificate purpose', 'O=Shop, CN=till 17'])
    const long = await judgeMade(rule, { ...facts, errors: [[22, 'certificate chain too long', 0]] })
    expect(long.owner).toBe('server-operator')
    expect(long.explanation).toContain('ssl_verify_depth')
  })

  it('passes when no alert came, or another one', async () => {
    const silent = sClient({ command: presenting('client.pem'), ...chain, asks: true })
    const other = sClient({ command: presenting('client.pem'), ...chain, asks: true, lines: [alertLine(80)] })
    for (const paste of [silent, other]) expect(await judge(rule, paste)).toMatchObject({ kind: 'pass' })
  })

  it('cannot tell when none was presented, nor from a line whose side is not known', async () => {
    const none = sClient({ command: toShop, ...chain, asks: true, lines: [alertLine(48)] })
    expect(await judge(rule, none)).toMatchObject({ kind: 'unknown', reason: expect.stringContaining('none was sent') })
    expect(await judge(rule, `${alertLine(48)}\n`)).toMatchObject({
      kind: 'unknown',
      reason: 'the error line alone does not tell which side printed it',
    })
  })

  it('does not apply to files', async () => {
    expect(await judge(rule, bundle('client'))).toMatchObject({ kind: 'not-applicable' })
  })
})
