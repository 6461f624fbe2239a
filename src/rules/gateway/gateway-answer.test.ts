import { describe, expect, it } from 'vitest'
import { f5Line, haproxyFront } from '../../input/testing/logs/gateways.ts'
import { kongLine } from '../../input/testing/logs/kong.ts'
import { requestLine, upstreamLine } from '../../input/testing/logs/nginx.ts'
import { bundle } from '../testing/helpers/capture.ts'
import { judge } from '../testing/helpers/judge.ts'
import { gatewayAnswer as rule } from './gateway-answer.ts'

const expired = upstreamLine('upstream SSL certificate verify error: (10:certificate has expired)')

describe('gateway-answer', () => {
  it('places a failure in TLS behind the gateway, and counts the entries', async () => {
    const judged = await judge(rule, Array.from({ length: 1_200 }, () => expired).join('\n'))
    expect(judged).toMatchObject({
      kind: 'fail',
      severity: 'info',
      owner: 'nobody',
      title: 'The request ended in TLS, between nginx and its upstream 10.0.0.5:8443.',
    })
    expect(judged.explanation).toContain('nginx is the client on this side')
    expect(judged.explanation).toContain('1,200 entries of this log say the same.')
    expect(judged.quotes).toEqual([expired, expired, expired])
    expect(judged.nextCommand).toContain('grep -F 10.0.0.5:8443 /var/log/nginx/error.log')
  })

  it('tells a failure before TLS from one in it', async () => {
    const refused = upstreamLine('connect() failed (111: Connection refused)', { phase: 'connecting to upstream' })
    expect((await judge(rule, refused)).title).toBe(
      'The request ended before TLS began, between nginx and its upstream 10.0.0.5:8443.',
    )
  })

  it('places a refused client in front of the gateway', async () => {
    const judged = await judge(rule, requestLine('client sent no required SSL certificate'))
    expect(judged.title).toBe('The connection ended in TLS, between the client and nginx (api.harbour.example:8443).')
    expect(judged.explanation).toContain('What stands behind it had no part in this.')
    expect((await judge(rule, haproxyFront('SSL handshake failure'))).title).toContain('HAProxy (fe_mtls)')
  })

  it.each([
    [
      { status: 500, upstreamStatus: '500', proxyLatency: 9 },
      'The request went through Kong; the upstream 10.0.0.5:8443 answered 500.',
    ],
    [{ status: 429 }, 'The request ended at Kong, which answered 429 itself.'],
    [
      { status: 400, clientVerify: 'FAILED:certificate has expired' },
      'The request ended at Kong, over the client certificate.',
    ],
    [
      { status: 502, upstreamStatus: '' },
      'The request ended behind Kong, between Kong and its upstream 10.0.0.5:8443.',
    ],
  ])('reads an access log: %o', async (story, title) => {
    const judged = await judge(rule, kongLine(story))
    expect(judged.title).toBe(title)
    expect(judged.quotes[0]).toBe(`"status":${story.status}`)
  })

  it('passes what was answered', async () => {
    expect(await judge(rule, kongLine({ status: 200, upstreamStatus: '200', proxyLatency: 9 }))).toMatchObject({
      kind: 'pass',
    })
  })

  it('does not know the side that the log does not tell', async () => {
    expect(
      await judge(rule, f5Line('01260013:4: SSL Handshake failed for TCP 203.0.113.9:51234 -> 198.51.100.7:443')),
    ).toMatchObject({ kind: 'unknown' })
  })

  it('does not apply to anything but a log', async () => {
    expect(await judge(rule, bundle('shop'))).toMatchObject({ kind: 'not-applicable' })
  })
})
