import { describe, expect, it } from 'vitest'
import type { Verdict } from '../core/finding.ts'
import type { InputDocument } from '../input/model.ts'
import { inspect } from '../inspect.ts'
import { runCaptureRules } from './run.ts'
import {
  alertLine,
  bundle,
  der,
  files,
  noIssuer,
  type SClientStory,
  sClient,
  toShop,
} from './testing/helpers/capture.ts'
import type { CertificateName } from './testing/helpers/certificates.ts'
import { today } from './testing/helpers/judge.ts'
import { type Facts, made, verdictOfMade } from './testing/helpers/made.ts'
import { captureVerdict, overallVerdict } from './verdict.ts'

async function verdictOf(
  paste: string | readonly InputDocument[],
  trusted: readonly CertificateName[] = [],
): Promise<Verdict> {
  const documents = typeof paste === 'string' ? [{ name: 'paste', text: paste }] : paste
  const report = await inspect({ documents }, { now: Date.parse(today), trustedRoots: trusted.map(der) })
  return report.verdict
}

const verdict = (
  story: Omit<SClientStory, 'command'> & { command?: string },
  trusted: readonly CertificateName[] = [],
) => verdictOf(sClient({ command: toShop, ...story }), trusted)

const R12 = "C = US, O = Let's Encrypt, CN = R12"

describe('which cause leads', () => {
  it('follows the last word of the tool between an expiry and a private CA', async () => {
    const sent = ['expiredShop', 'issuing'] as const
    expect(
      await verdict({
        sent,
        errors: [
          [20, 1],
          [10, 0],
        ],
      }),
    ).toMatchObject({ status: 'broken', cause: 'expired-leaf' })
    expect(await verdict({ sent, errors: [[20, 1]] })).toMatchObject({ status: 'broken', cause: 'private-ca' })
    expect(await verdict({ sent })).toMatchObject({ status: 'at-risk', cause: 'expired-leaf' })
  })

  it('puts interception before an intermediate that is missing', async () => {
    expect(await verdict({ sent: ['resigned'], errors: noIssuer })).toMatchObject({
      status: 'broken',
      cause: 'interception-proxy',
      owner: 'proxy-team',
    })
  })

  it('puts interception before the client certificate that cannot pass it', async () => {
    const story = { sent: ['resigned', 'zscaler'], asks: true, lines: [alertLine(116)] } as const
    expect(await verdict({ ...story, errors: [[20, 1]] })).toMatchObject({ cause: 'interception-proxy' })
    expect(await verdict(story)).toMatchObject({ status: 'broken', cause: 'interception-proxy' })
  })

  it('follows the tool between another name and a private CA', async () => {
    const sent = ['otherSite', 'issuing'] as const
    expect(await verdict({ sent, errors: [[20, 1]] })).toMatchObject({ status: 'broken', cause: 'private-ca' })
    expect(await verdict({ sent, errors: [[62, 0]] })).toMatchObject({ status: 'broken', cause: 'hostname-mismatch' })
    expect(await verdict({ sent })).toMatchObject({ status: 'broken', cause: 'hostname-mismatch' })
  })

  it('puts a server name that was not sent before the default certificate that answers', async () => {
    const command = '-connect 10.1.2.3:443 -showcerts'
    expect(await verdict({ command, sent: ['ingressFake'], errors: [[18, 0]] })).toMatchObject({
      cause: 'missing-or-wrong-sni',
      owner: 'reporter',
    })
    expect(await verdict({ sent: ['ingressFake'], errors: [[18, 0]] })).toMatchObject({
      cause: 'product-default-certificate',
    })
  })

  it('puts a Cloudflare Origin certificate before the private CA that it is', async () => {
    expect(await verdict({ sent: ['origin'], errors: noIssuer })).toMatchObject({
      status: 'broken',
      cause: 'cloudflare-origin',
    })
    expect(await verdict({ sent: ['staging'], errors: noIssuer })).toMatchObject({
      status: 'broken',
      cause: 'acme-staging',
    })
  })

  it('never lets a hint lead', async () => {
    expect(await verdict({ sent: ['singleTier'], errors: noIssuer })).toMatchObject({
      status: 'inconclusive',
      cause: 'undeterminable',
    })
    const command = '-connect 10.1.2.3:443 -showcerts'
    expect(await verdict({ command, sent: ['shop', 'issuing'] })).toMatchObject({ status: 'healthy', cause: 'healthy' })
  })

  it('puts what ended the connection before what the client thinks of the chain', async () => {
    const reset = {
      sent: ['shop', 'issuing'],
      errors: [[20, 1]],
      unfinished: true,
      lines: ['write:errno=104'],
    } as const
    expect(await verdict(reset)).toMatchObject({ cause: 'connection-failed' })
    expect(await verdict({ ...reset, asks: true })).toMatchObject({ cause: 'client-certificate-missing' })
  })

  it('puts limits of a CA before its being private only when the client names them', async () => {
    const sent = ['outside', 'constrained'] as const
    expect(await verdict({ sent, errors: [[47, 0]] })).toMatchObject({ cause: 'ca-constraint-violation', owner: 'ca' })
    expect(await verdict({ sent, errors: [[20, 1]] })).toMatchObject({ cause: 'private-ca' })
  })
})

describe('the verdict for each verification code', () => {
  const issuing = ['shop', 'issuing'] as const
  const rows: readonly (readonly [string, Verdict['cause'], Omit<SClientStory, 'command'>])[] = [
    ['0 with a fitting name', 'healthy', { sent: issuing }],
    ['0 with another name', 'hostname-mismatch', { sent: ['otherSite', 'issuing'] }],
    ['18', 'self-signed-leaf', { sent: ['selfSigned'], errors: [[18, 0]] }],
    ['18 of a CA certificate', 'self-signed-leaf', { sent: ['selfSignedCa'], errors: [[18, 0]] }],
    ['19 of a private root', 'private-ca', { sent: ['shop', 'issuing', 'root'], errors: [[19, 2]] }],
    ['20 above a private intermediate', 'private-ca', { sent: issuing, errors: [[20, 1]] }],
    [
      '20 above a public intermediate',
      'stale-trust-store',
      {
        sent: [
          ['CN = shop.example', R12],
          [R12, 'C = US, O = Internet Security Research Group, CN = ISRG Root X1'],
        ],
        path: ['CN = shop.example', R12 as 'CN='],
        errors: [[20, 1]],
      },
    ],
    ['21 of a lone private leaf', 'missing-intermediate', { sent: ['shop'], errors: noIssuer }],
    ['21 of a lone public leaf', 'missing-intermediate', { sent: ['publicShop'], errors: noIssuer }],
    ['21 below a newer public CA', 'missing-intermediate', { sent: ['newerShop'], errors: noIssuer }],
    ['21 of the only CA of a cluster', 'private-ca', { sent: ['clusterLeaf'], errors: noIssuer }],
    ['20 below a newer public root', 'undeterminable', { sent: ['newestShop', 'underNewerRoot'], errors: [[20, 1]] }],
    [
      '0 below a newer public root',
      'healthy',
      { sent: ['newestShop', 'underNewerRoot'], path: ['newestShop', 'underNewerRoot', 'newerRoot'] },
    ],
    ['24', 'ca-constraint-violation', { sent: issuing, errors: [[24, 1]] }],
    ['26', 'ca-constraint-violation', { sent: ['client', 'issuing'], errors: [[26, 0]] }],
    ['62', 'hostname-mismatch', { sent: ['otherSite', 'issuing'], errors: [[62, 0]] }],
    ['10 of an issuer', 'expired-issuer', { sent: ['underLapsed', 'lapsed'], errors: [[10, 1]] }],
    ['9', 'not-yet-valid', { sent: ['earlyShop', 'issuing'], errors: [[9, 0]] }],
    ['23', 'revoked', { sent: issuing, errors: [[23, 0]] }],
    ['50, which no rule reads', 'undeterminable', { sent: issuing, errors: [[50, 0]] }],
  ]

  it.each(rows)('code %s: %s', async (_, cause, story) => {
    expect(await verdict(story)).toMatchObject({ cause })
  })
})

describe('several captures and files', () => {
  const failing = sClient({ command: toShop, sent: ['shop', 'issuing'], errors: [[20, 1]] })
  const working = sClient({ command: `${toShop} -CAfile root.pem`, sent: ['shop', 'issuing'] })

  it('takes the worst capture, whatever its place', async () => {
    for (const paste of [failing + working, working + failing])
      expect(await verdictOf(paste)).toMatchObject({ status: 'broken', cause: 'private-ca' })
  })

  it('takes the first of equals', async () => {
    const lone = sClient({
      command: '-connect 10.0.0.9:443 -servername shop.example -showcerts',
      sent: ['shop'],
      errors: noIssuer,
    })
    expect(await verdictOf(lone + failing)).toMatchObject({
      cause: 'missing-intermediate',
      finding: 'c0-missing-intermediate',
    })
  })

  it('lets CA files speak only when nothing else does', async () => {
    expect(await verdictOf(files(['ca.pem', bundle('clusterCa', 'newerCa')], ['paste', working]))).toMatchObject({
      cause: 'healthy',
    })
    expect(await verdictOf(bundle('clusterCa'))).toMatchObject({ status: 'inconclusive', cause: 'undeterminable' })
  })

  it('puts a connection before a file', async () => {
    expect(await verdictOf(files(['old.pem', bundle('expiredShop', 'issuing')], ['paste', working]))).toMatchObject({
      cause: 'healthy',
    })
  })

  it('says so when there is nothing to judge', async () => {
    expect(await verdictOf('hello')).toMatchObject({
      status: 'inconclusive',
      cause: 'undeterminable',
      owner: 'reporter',
    })
  })
})

describe('at risk', () => {
  it('is a chain that works and expires soon, or has no alternative name', async () => {
    expect(await verdict({ sent: ['soonShop', 'issuing'] })).toMatchObject({
      status: 'at-risk',
      cause: 'healthy',
      headline: expect.stringContaining('expires on'),
    })
  })

  it('is a chain that works only for clients that complete or sort it', async () => {
    expect(await verdict({ sent: ['shop'], path: ['shop', 'issuing', 'root'] })).toMatchObject({
      status: 'at-risk',
      cause: 'missing-intermediate',
    })
    expect(await verdict({ sent: ['threeTier', 'policy', 'tlsCa'] })).toMatchObject({
      status: 'at-risk',
      cause: 'wrong-order',
    })
  })

  it('is a private bundle, whose root every client has to be given', async () => {
    expect(await verdictOf(bundle('shop', 'issuing', 'root'))).toMatchObject({ status: 'at-risk', cause: 'private-ca' })
    expect(await verdictOf(bundle('shop', 'issuing', 'root'), ['root'])).toMatchObject({ status: 'healthy' })
  })
})

describe('captures that are no connection of their own', () => {
  const engine = { run: runCaptureRules, captureVerdict, overallVerdict }
  const host = 'shop.example'
  const connection = (sent: readonly CertificateName[], more: Facts = {}) =>
    made({ host, sent, version: 'TLSv1.3', ...more }, 'curl.txt', 1)
  const failed = (more: Facts = {}) =>
    made({ kind: 'message', tool: 'java', host, errors: [[20, 'PKIX path building failed']], ...more })

  it('lets the connection decide where it shows the failure that a message speaks of', async () => {
    const broken = connection(['shop'], {
      errors: [
        [20, 'unable to get local issuer certificate', 0],
        [21, 'unable to verify the first certificate', 0],
      ],
    })
    for (const documents of [
      [failed(), broken],
      [failed({ kind: 'message', errors: [[10, 'certificate has expired']] }), broken],
    ])
      expect(await verdictOfMade(engine, documents, { trusted: [] })).toMatchObject({
        status: 'broken',
        cause: 'missing-intermediate',
        finding: 'c1-missing-intermediate',
      })
  })

  it('lets the message lead where the connection works', async () => {
    const documents = [failed(), connection(['shop', 'issuing'], { ok: true })]
    expect(await verdictOfMade(engine, documents, { trusted: [] })).toMatchObject({
      status: 'broken',
      cause: 'private-ca',
      finding: 'c0-private-ca',
    })
  })

  it('takes a message that says nothing more than a working connection for explained', async () => {
    const documents = [failed({ errors: [] }), connection(['shop', 'issuing'], { ok: true })]
    expect(await verdictOfMade(engine, documents)).toMatchObject({ status: 'healthy', cause: 'healthy' })
  })

  it('does not count a message of another host as explained', async () => {
    const documents = [failed({ host: 'other.example', alert: 116, errors: [] }), connection(['otherSite', 'issuing'])]
    expect(await verdictOfMade(engine, documents)).toMatchObject({ cause: 'client-certificate-missing' })
  })

  it('lets the log of a server speak of its client only', async () => {
    const log = made({ kind: 'log', role: 'server', tool: 'nginx', errors: [[10, 'certificate has expired']] })
    expect(await verdictOfMade(engine, [log, connection(['shop', 'issuing'], { ok: true })])).toMatchObject({
      status: 'broken',
      cause: 'client-certificate-rejected',
      owner: 'client',
    })
  })
})

describe('what leaves no room for anything else', () => {
  const engine = { run: runCaptureRules, captureVerdict, overallVerdict }
  const host = 'shop.example'

  it('is a proxy that opens no tunnel, whatever certificate it shows itself', async () => {
    const facts = { host, tool: 'curl', program: 'curl', proxy: 'https://proxy.example:8443' } as const
    const refused = { ...facts, failure: ['proxy-refused', 'CONNECT tunnel failed, response 407', 407] } as const
    const sent = { ...refused, sent: ['resigned', 'zscaler'], errors: [[20, 'unable', 1]] } as const
    for (const story of [refused, sent])
      expect(await verdictOfMade(engine, [made(story)])).toMatchObject({
        cause: 'proxy-connect-failed',
        owner: 'client',
      })
  })

  it('is the refusal of the client, before what the client thinks of the chain', async () => {
    const facts = { host, program: 's_client', sent: ['shop'], version: 'TLSv1.3', requested: 'yes' } as const
    const errors = [
      [20, 'unable', 0],
      [21, 'unable', 0],
    ] as const
    expect(await verdictOfMade(engine, [made({ ...facts, errors, alert: 116 })], { trusted: [] })).toMatchObject({
      cause: 'client-certificate-missing',
    })
  })

  it('is not the success of a run without verification', async () => {
    const facts = {
      host,
      tool: 'curl',
      program: 'curl',
      sent: ['shop', 'issuing'],
      version: 'TLSv1.3',
      ok: true,
    } as const
    const trusted = { trusted: [] }
    expect(await verdictOfMade(engine, [made(facts)], trusted)).toMatchObject({ status: 'healthy' })
    const insecure = await verdictOfMade(engine, [made({ ...facts, insecure: true })], trusted)
    expect(insecure.status).not.toBe('healthy')
    expect(insecure.findings.map(({ rule }) => rule)).toContain('verification-misused')
  })
})
