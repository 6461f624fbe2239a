import { describe, expect, it } from 'vitest'
import { inspect } from '../../../inspect.ts'
import { sClient } from '../../../rules/testing/helpers/capture.ts'
import * as print from '../../testing/logs/gateways.ts'
import { kongLine, kongPretty } from '../../testing/logs/kong.ts'
import { accessLine, handshakeLine, requestLine, sslFailed, upstreamLine } from '../../testing/logs/nginx.ts'
import { at, read, spansOf } from '../../testing/reading.ts'

const lines = [
  upstreamLine('upstream SSL certificate verify error: (10:certificate has expired)'),
  upstreamLine('upstream SSL certificate does not match "pay.harbour.internal"'),
  upstreamLine(sslFailed('0A000410', 'sslv3 alert handshake failure', 40)),
  requestLine('client sent no required SSL certificate'),
  handshakeLine(sslFailed('0A000418', 'tlsv1 alert unknown ca', 48)),
  accessLine('\\x16\\x03\\x01\\x02', 400),
  kongLine({ status: 502, upstreamStatus: '' }),
  ...kongPretty({ status: 500, upstreamStatus: '500', proxyLatency: 3 }).split('\n'),
  print.haproxyFront('SSL client certificate not trusted'),
  print.haproxyDown('be_pay/s1', 'Layer6 invalid response, info: "SSL handshake failure"'),
  ...print.apacheUpstream(18, 'self-signed certificate'),
  print.f5Line('01260009:4: Connection error: ssl_hs_rxhello:9210: unsupported version (40)'),
  print.istioLine(503, 'UF,URX', 'upstream_reset_before_response_started{connection_failure}'),
  print.envoyBody(268435581, 'CERTIFICATE_VERIFY_FAILED'),
  print.iisHead,
  print.iisLine(403, 16),
  print.cloudflareLine({ EdgeResponseStatus: 526, OriginResponseStatus: 0 }),
  ...print.tomcatLines('Empty client certificate chain'),
]

/** A small generator, so that a failing case can be run again. */
const randomOf = (seed: number) => () => {
  seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff
  return seed / 0x7fffffff
}

function mutate(random: () => number): string {
  const changed = lines.flatMap((line) => {
    const dice = random()
    if (dice < 0.1) return []
    if (dice < 0.2) return [line, line]
    if (dice < 0.35) return [line.slice(Math.floor(random() * line.length))]
    if (dice < 0.5) return [line.slice(0, Math.floor(random() * line.length))]
    return [line]
  })
  for (let index = changed.length - 1; index > 0; index--) {
    const other = random() < 0.5 ? index : Math.floor(random() * (index + 1))
    const kept = changed[index] as string
    changed[index] = changed[other] as string
    changed[other] = kept
  }
  return changed.join(random() < 0.2 ? '\r\n' : '\n')
}

describe('mutilated logs', () => {
  it('never throw, keep every place inside the text, and leave no certain finding without evidence', async () => {
    const random = randomOf(20_261_124)
    for (let round = 0; round < 25; round++) {
      const text = mutate(random)
      for (const span of spansOf(read(text).captures)) {
        expect(span.start).toBeLessThanOrEqual(span.end)
        expect(span.end).toBeLessThanOrEqual(text.length)
      }
      const report = await inspect({ documents: [{ name: 'log', text }] }, { now: Date.parse('2026-12-01T00:00:00Z') })
      for (const finding of report.findings)
        if (finding.confidence === 'certain') expect(finding.evidence.length, finding.title).toBeGreaterThan(0)
    }
  })

  it('count ten thousand lines into a few captures', () => {
    const many = Array.from({ length: 10_000 }, (_, index) => lines[index % 5] ?? '')
    const { captures, skipped } = read(many.join('\n'))
    expect(captures).toHaveLength(5)
    expect(captures.map((capture) => capture.lines)).toEqual([2_000, 2_000, 2_000, 2_000, 2_000])
    expect(captures[0]?.verifyErrors).toHaveLength(3)
    expect(skipped).toEqual([])
  }, 60_000)

  it('do not become a capture per address', () => {
    const many = Array.from({ length: 5_000 }, (_, index) =>
      upstreamLine('peer closed connection in SSL handshake', {
        upstream: `https://10.0.${index >> 8}.${index & 255}:8443/`,
      }),
    )
    const { captures } = read(many.join('\n'))
    expect(captures.length).toBeLessThan(100)
    expect(captures.reduce((sum, capture) => sum + (capture.lines ?? 0), 0)).toBe(5_000)
  })

  it('end, however deep the braces and however long the strings', () => {
    for (const text of [
      `{"upstream_status":${'{"a":'.repeat(20_000)}`,
      `{"upstream_status":"${'\\"'.repeat(50_000)}`,
      `${'{"upstream_status":"502"\n'.repeat(20_000)}`,
      `2026/11/24 16:31:01 [error] 1#1: *1 ${'while '.repeat(20_000)}`,
      `${'"upstream_status": "502",\n'.repeat(20_000)}`,
    ])
      expect(read(text).captures.length).toBeLessThan(100)
  })
})

describe('a log beside other output', () => {
  it('leaves the capture of a client before and after it whole', () => {
    const capture = sClient({
      command: '-connect shop.example:443 -servername shop.example -showcerts',
      sent: ['shop', 'issuing'],
    })
    const log = lines.slice(0, 2).join('\n')
    const text = `${capture}\n${log}\n${capture}`
    const { captures } = read(text)
    expect(captures.map(({ tool }) => tool)).toEqual(['s_client', 'nginx', 'nginx', 's_client'])
    const blocks = read(capture).captures[0]?.blocks.length
    expect(captures.map((entry) => entry.blocks.length)).toEqual([blocks, 0, 0, blocks])
    expect(at(text, captures[1]?.verifyErrors[0]?.span)).toBe(lines[0])
  })

  it('is not seen in prose and in what other tools print', () => {
    const prose =
      'We get a 502 from the gateway, TLS looks fine.\nreason: unknown\nHTTP/1.1 403 Forbidden\n"status": "ok",\n{ "name": "x" }\n'
    expect(read(prose).captures.filter(({ kind }) => kind === 'log')).toEqual([])
  })
})
