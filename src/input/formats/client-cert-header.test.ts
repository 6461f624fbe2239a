import { describe, expect, it } from 'vitest'
import { inspect } from '../../inspect.ts'
import { at, read } from '../testing/reading.ts'

const hash = '3a'.repeat(32)
const element = `By=spiffe://shop.example/gateway;Hash=${hash};Subject="CN=payments-client,O=Quay Shop,C=NL";URI=spiffe://shop.example/payments;DNS=payments.shop.example`
const only = (text: string) => read(text).captures[0]

describe('X-Forwarded-Client-Cert without a certificate', () => {
  it('tells of the certificate that the client showed, with the place of each fact', () => {
    const text = `GET / HTTP/1.1\nx-forwarded-client-cert: ${element}\nhost: a\n`
    const capture = only(text)
    expect([capture?.tool, capture?.role]).toEqual(['envoy', 'server'])
    const [printed] = capture?.printed ?? []
    expect(at(text, printed?.subject?.span)).toBe('CN=payments-client,O=Quay Shop,C=NL')
    expect(at(text, printed?.sha256?.span)).toBe(hash)
    expect(printed?.names?.value).toEqual([
      { type: 'URI', value: 'spiffe://shop.example/payments' },
      { type: 'DNS', value: 'payments.shop.example' },
    ])
  })

  it('has an element for each proxy on the way', () => {
    expect(only(`X-Forwarded-Client-Cert: ${element},By=spiffe://b;Hash=${'4b'.repeat(32)}`)?.printed).toHaveLength(2)
    expect(only(`X-Forwarded-Client-Cert: Hash=${hash},Hash=${'4b'.repeat(32)}`)?.printed).toHaveLength(2)
  })

  it('is read from JSON too, and cut anywhere', () => {
    const json = JSON.stringify({ 'x-forwarded-client-cert': element })
    expect(only(json)?.printed[0]?.subject?.text).toBe('CN=payments-client,O=Quay Shop,C=NL')
    for (let end = 0; end < json.length; end += 3) read(json.slice(0, end))
    expect(only('x-forwarded-client-cert: ')).toBeUndefined()
  })

  it('accuses nobody', async () => {
    const report = await inspect(
      { documents: [{ name: 'paste', text: `x-forwarded-client-cert: ${element}` }] },
      { now: 0 },
    )
    expect(report.verdict.status).toBe('inconclusive')
    expect(report.findings.filter(({ severity }) => severity === 'error')).toEqual([])
  })
})
