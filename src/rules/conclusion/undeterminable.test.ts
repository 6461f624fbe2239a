import { describe, expect, it } from 'vitest'
import type { InputDocument } from '../../input/model.ts'
import { runCaptureRules } from '../run.ts'
import { alertLine, bundle, files, noIssuer, sClient, toShop, verification } from '../testing/helpers/capture.ts'
import { type Circumstances, conclude as concluded } from '../testing/helpers/judge.ts'
import { undeterminable as rule } from './undeterminable.ts'

const conclude = (paste: string | readonly InputDocument[], circumstances: Circumstances = {}) =>
  concluded(runCaptureRules, rule, paste, circumstances)

describe('undeterminable', () => {
  it('asks what an issuer is when its name does not tell', async () => {
    const judged = await conclude(sClient({ command: toShop, sent: ['singleTier'], errors: noIssuer }))
    expect(judged).toMatchObject({
      kind: 'fail',
      severity: 'info',
      owner: 'reporter',
      title:
        'The client does not find "Example Works Authority" (Example Works), the issuer of "shop.example" (Example Works); whether it is a root to trust or an intermediate to send is not known.',
      nextCommand: 'curl -s http://pki.works.example/authority.crt | openssl x509 -inform DER -noout -subject -issuer',
    })
    expect(judged.explanation).toContain('Not known: nothing tells whether "Example Works Authority"')
    expect(judged.quotes[0]).toBe('verify error:num=20:unable to get local issuer certificate')
  })

  it('looks into the trust file of the command where the issuer cannot be fetched', async () => {
    const sent = [['CN = shop.example', 'O = Example Works, CN = Example Works Authority']] as const
    const own = await conclude(sClient({ command: `${toShop} -CAfile works.pem`, sent, errors: noIssuer }))
    expect(own.nextCommand).toBe('openssl crl2pkcs7 -nocrl -certfile works.pem | openssl pkcs7 -print_certs -noout')
    const system = `${toShop} -CAfile /etc/ssl/certs/ca-certificates.crt`
    expect((await conclude(sClient({ command: system, sent, errors: noIssuer }))).nextCommand).toBe(
      'openssl x509 -noout -subject -issuer -in ISSUER.pem',
    )
  })

  it('asks for the whole output of a paste that is cut', async () => {
    const judged = await conclude(
      `$ openssl s_client ${toShop} 2>/dev/null | sed -n '/BEGIN/,/END/p'\n${bundle('publicShop')}`,
    )
    expect(judged).toMatchObject({ kind: 'fail', nextCommand: `openssl s_client ${toShop} </dev/null` })
    expect(judged.explanation).toContain('the paste does not show everything the server sent')
  })

  it('draws no conclusion from an error stream that ends at the leaf', async () => {
    const lines = verification({ sent: ['publicShop'], errors: noIssuer })
    expect(await conclude(`${lines.join('\n')}\nDONE\n`)).toMatchObject({
      kind: 'fail',
      title: expect.stringContaining('"shop.example"'),
    })
  })

  it('quotes the tool where no rule knows its error', async () => {
    const paste = sClient({ command: toShop, sent: ['shop', 'issuing'], errors: [[50, 0]] })
    expect((await conclude(paste)).title).toBe(
      'The tool reports "application verification failure" for "shop.example" (Example Retail), but the paste does not show why.',
    )
  })

  it('names an alert that alone does not tell why', async () => {
    expect((await conclude(`${alertLine(40)}\n`)).title).toContain('TLS alert 40')
  })

  it('says of files what they are', async () => {
    const titles = [
      [bundle('publicShop'), /^Only the certificate "shop.example" is here/],
      [bundle('root'), /^This file holds CA certificates only/],
      [bundle('client'), /is for a client \(mutual TLS\)/],
      [files(['cert.pem', bundle('shop')], ['chain.pem', bundle('issuing')]), /are in separate files/],
    ] as const
    for (const [paste, title] of titles) expect((await conclude(paste)).title).toMatch(title)
  })

  it('says of a certificate that only has its issuer’s name what is missing', async () => {
    const paste = sClient({ command: toShop, sent: ['selfIssued'], errors: noIssuer })
    expect((await conclude(paste)).title).toContain('but another key signed it')
  })

  it('passes where a cause or a working chain was found, or a likely risk', async () => {
    const pastes = [
      sClient({ command: toShop, sent: ['shop'], errors: noIssuer }),
      sClient({ command: toShop, sent: ['shop', 'issuing'] }),
      bundle('shop', 'issuing', 'root'),
    ]
    for (const paste of pastes) expect(await conclude(paste)).toMatchObject({ kind: 'pass' })
  })
})
