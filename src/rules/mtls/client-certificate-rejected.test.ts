import { describe, expect, it } from 'vitest'
import { alertLine, bundle, sClient, toShop } from '../testing/helpers/capture.ts'
import { judge } from '../testing/helpers/judge.ts'
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

  it('passes when no certificate was presented, or no alert came', async () => {
    const silent = sClient({ command: presenting('client.pem'), ...chain, asks: true })
    const none = sClient({ command: toShop, ...chain, asks: true, lines: [alertLine(48)] })
    for (const paste of [silent, none]) expect(await judge(rule, paste)).toMatchObject({ kind: 'pass' })
  })

  it('does not apply to files, nor to an error line whose side is not known', async () => {
    for (const paste of [bundle('client'), `${alertLine(48)}\n`])
      expect(await judge(rule, paste)).toMatchObject({ kind: 'not-applicable' })
  })
})
