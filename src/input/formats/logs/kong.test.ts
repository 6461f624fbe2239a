import { describe, expect, it } from 'vitest'
import { outcomeOf } from '../../gateway-request.ts'
import type { Capture } from '../../model.ts'
import { inContainerLog, kongLine, kongPretty } from '../../testing/logs/kong.ts'
import { at, read, readOne } from '../../testing/reading.ts'

const outcome = ({ requests }: Capture) => requests?.[0] && outcomeOf(requests[0])
const refused = { status: 502, upstreamStatus: '' } as const

describe('Kong log entries', () => {
  it('say who was asked, how it went, and how long it took', () => {
    const line = kongLine({ status: 500, upstreamStatus: '500', proxyLatency: 21, source: 'upstream' })
    const capture = readOne(line)
    expect(capture).toMatchObject({
      tool: 'kong',
      side: 'upstream',
      role: 'client',
      target: { host: 'pay.harbour.internal', port: 8443, address: '10.0.0.5' },
      startTime: { value: 1_795_537_861_123 },
    })
    expect(capture.requests).toMatchObject([
      {
        host: 'api.harbour.example',
        path: '/pay',
        status: 500,
        upstreamStatus: 500,
        upstream: 'https://10.0.0.5:8443',
        tls: { version: 'TLSv1.3', cipher: 'TLS_AES_256_GCM_SHA384' },
        clientVerify: 'NONE',
        latencies: { gateway: 3, upstream: 21, total: 27 },
        answeredBy: 'upstream',
      },
    ])
    expect(capture.requests?.[0]?.places?.map((span) => at(line, span))).toEqual([
      '"status":500',
      '"upstream_status":"500"',
      '"client_verify":"NONE"',
    ])
    expect(outcome(capture)).toBe('upstream-error')
  })

  it.each([
    ['', 'no-answer'],
    ['-', 'no-answer'],
    ['502, 500', 'gateway-refused'],
    ['500, 502', 'unclear'],
  ])('take the last of several tries (%s)', (upstreamStatus, expected) => {
    expect(outcome(readOne(kongLine({ status: 502, upstreamStatus, proxyLatency: 4 })))).toBe(expected)
  })

  it('take the status of an upstream for its own only where nginx does not write it itself', () => {
    const entry = { status: 502, upstreamStatus: '502', proxyLatency: 4 } as const
    expect(outcome(readOne(kongLine(entry)))).toBe('unclear')
    expect(outcome(readOne(kongLine({ ...entry, source: 'upstream' })))).toBe('upstream-error')
    expect(outcome(readOne(kongLine({ ...entry, source: 'kong' })))).toBe('no-answer')
    const header = { 'x-kong-upstream-latency': '4' }
    expect(outcome(readOne(kongLine({ ...entry, headers: header })))).toBe('upstream-error')
    expect(outcome(readOne(kongLine({ ...entry, status: 500, upstreamStatus: '500' })))).toBe('upstream-error')
  })

  it('know plain HTTP by what a whole entry does not have, and not by a cut one', () => {
    const line = kongLine({ status: 429, plain: true, routeless: true })
    expect(readOne(line).requests?.[0]?.tls).toBeNull()
    expect(readOne(line.slice(0, -40)).requests?.[0]?.tls).toBeUndefined()
    expect(outcome(readOne(line))).toBe('gateway-refused')
  })

  it('are about the client certificate where that was refused', () => {
    const failed = readOne(kongLine({ status: 400, clientVerify: 'FAILED:self-signed certificate' }))
    expect(failed).toMatchObject({
      role: 'server',
      side: 'downstream',
      target: { host: 'api.harbour.example', port: 8443 },
    })
    expect(failed.clientAuth.sent).toBe('unknown')
    expect(outcome(failed)).toBe('client-certificate')
    const none = readOne(kongLine({ status: 401 }))
    expect(none).toMatchObject({ role: 'server', clientAuth: { requested: 'yes', sent: 'empty' } })
  })

  it('are about other credentials where the answer asks for them, or some were given', () => {
    for (const more of [
      { headers: { 'www-authenticate': 'Bearer realm="api"' } },
      { requestHeaders: { authorization: 'REDACTED' } },
    ])
      expect(outcome(readOne(kongLine({ status: 401, ...more })))).toBe('gateway-refused')
  })

  it('do not blame a client certificate for what the upstream answered', () => {
    const capture = readOne(kongLine({ status: 401, upstreamStatus: '401', proxyLatency: 9 }))
    expect(outcome(capture)).toBe('upstream-error')
    expect(capture.clientAuth.sent).toBe('unknown')
  })
})

describe('the ways in which entries are pasted', () => {
  const expected = {
    tool: 'kong',
    target: { address: '10.0.0.5', port: 8443 },
    requests: [{ status: 502, upstreamStatus: null, tls: { version: 'TLSv1.3' } }],
  }

  it.each([
    ['a line', kongLine(refused)],
    ['several lines', kongPretty(refused)],
    ['a container log', inContainerLog(kongLine(refused))],
    ['a collector with a time', `2026-11-24T16:31:01.123Z stdout F ${kongLine(refused)}`],
    ['syslog', `Nov 24 16:31:01 kong1 kong[31]: ${kongLine(refused)}`],
    ['a quoted block', kongPretty(refused).replace(/^/gm, '> ')],
  ])('%s', (_, text) => {
    expect(readOne(text)).toMatchObject(expected)
  })

  it('several objects one after another, printed or in a line each', () => {
    const stories = [refused, { status: 500, upstreamStatus: '500', proxyLatency: 5 }] as const
    for (const print of [kongLine, kongPretty])
      expect(read(stories.map(print).join('\n')).captures.map(outcome)).toEqual(['no-answer', 'upstream-error'])
  })

  it('cut beginnings and ends keep what is there', () => {
    const lines = kongPretty({ status: 500, upstreamStatus: '500', proxyLatency: 5 }).split('\n')
    const from = lines.findIndex((line) => line.includes('"response"'))
    expect(readOne(lines.slice(from).join('\n')).requests).toMatchObject([{ status: 500, upstreamStatus: 500 }])
    const line = kongLine(refused)
    const cut = readOne(line.slice(0, line.indexOf('"upstream_uri"')))
    expect(cut.requests).toMatchObject([{ status: 502, upstreamStatus: null }])
  })

  it('entries that say the same are counted', () => {
    const text = Array.from({ length: 500 }, () => kongLine(refused)).join('\n')
    expect(readOne(text)).toMatchObject({ lines: 500 })
    expect(readOne(text).requests).toHaveLength(500)
  })
})
