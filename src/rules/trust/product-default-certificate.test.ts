import { describe, expect, it } from 'vitest'
import { bundle, noIssuer, sClient, toShop } from '../testing/helpers/capture.ts'
import { judge } from '../testing/helpers/judge.ts'
import { productDefaultCertificate as rule } from './product-default-certificate.ts'

describe('product-default-certificate', () => {
  it('fails the fake certificate of an ingress controller', async () => {
    const judged = await judge(rule, sClient({ command: toShop, sent: ['ingressFake'], errors: [[18, 0]] }))
    expect(judged).toMatchObject({
      kind: 'fail',
      severity: 'error',
      confidence: 'certain',
      owner: 'server-operator',
      title: expect.stringContaining('presents the default certificate of Kubernetes ingress-nginx'),
    })
    expect(judged.quotes[0]).toContain('Kubernetes Ingress Controller Fake Certificate')
    expect(judged.quotes[1]).toBe('verify error:num=18:self-signed certificate')
  })

  it('fails the wildcard of a platform although it is publicly trusted', async () => {
    const story = { sent: ['azureDefault', 'azureCa'], path: ['azureDefault', 'azureCa', 'azureRoot'] } as const
    const judged = await judge(rule, sClient({ command: toShop, ...story }))
    expect(judged).toMatchObject({ kind: 'fail', title: expect.stringContaining('Azure App Service') })
    expect(judged.explanation).toContain('serves no site of the name that was asked for')
  })

  it('is only likely, and asks for the name first, when none was sent', async () => {
    const paste = sClient({ command: '-connect 10.1.2.3:443 -showcerts', sent: ['ingressFake'], errors: [[18, 0]] })
    const judged = await judge(rule, paste)
    expect(judged).toMatchObject({ kind: 'fail', confidence: 'likely' })
    expect(judged.explanation).toContain('repeat the command with -servername first')
    expect(judged.nextCommand).toContain('-servername HOST')
  })

  it('passes the wildcard for a name that it covers', async () => {
    const command = '-connect shop.azurewebsites.net:443 -servername shop.azurewebsites.net -showcerts'
    const paste = sClient({
      command,
      sent: ['azureDefault', 'azureCa'],
      path: ['azureDefault', 'azureCa', 'azureRoot'],
    })
    expect(await judge(rule, paste)).toMatchObject({ kind: 'pass' })
  })

  it('does not go by a name that is only a hint', async () => {
    const name = 'CN = localhost'
    const paste = sClient({ command: toShop, sent: [[name, name]], errors: [[18, 0]] })
    expect(await judge(rule, paste)).toMatchObject({ kind: 'pass' })
  })

  it('says of a file that it is one', async () => {
    expect((await judge(rule, bundle('ingressFake'))).title).toMatch(/^This file holds the default certificate of/)
  })

  it('passes a certificate of the operator’s own, and does not apply without one', async () => {
    expect(await judge(rule, sClient({ command: toShop, sent: ['shop'], errors: noIssuer }))).toMatchObject({
      kind: 'pass',
    })
    expect(await judge(rule, bundle('root'))).toMatchObject({ kind: 'not-applicable' })
  })
})
