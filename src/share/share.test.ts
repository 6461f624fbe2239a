import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { deflateSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import type { Finding } from '../core/finding.ts'
import { inspect } from '../inspect.ts'
import type { CaptureReport, Report } from '../report/types.ts'
import { noIssuer, sClient, toShop } from '../rules/testing/helpers/capture.ts'
import { fromBase64url, toBase64url } from './base64url.ts'
import { fromCompact, toCompact } from './compact.ts'
import { decompress } from './compress.ts'
import { inputDictionary } from './dictionary.ts'
import { findFragment, readFrame, writeFrame } from './frame.ts'
import { shareLimits } from './limits.ts'
import { findingsLink, inputLink, openLink } from './link.ts'
import { piecesOf, textsOf, withoutNoise } from './pieces.ts'

const random = (length: number) => new Uint8Array(randomBytes(length))
const known = () => undefined

const text = fc.string({ unit: 'binary', maxLength: 60 })
const verdict = fc.record({
  status: fc.constantFrom('broken', 'at-risk', 'healthy', 'inconclusive'),
  cause: fc.constantFrom('missing-intermediate', 'healthy', 'undeterminable'),
  headline: text,
  owner: fc.constantFrom('server-operator', 'client', 'nobody'),
})
const instant = fc.integer({ min: 0, max: 4e9 }).map((time) => new Date(time * 1000).toISOString().replace('.000', ''))
const finding = fc.record({
  rule: fc.constantFrom('missing-intermediate', 'expires-soon'),
  severity: fc.constantFrom('error', 'warning', 'info'),
  confidence: fc.constantFrom('certain', 'likely', 'hint'),
  title: text,
  explanation: text,
  owner: fc.constantFrom('ca', 'reporter', 'proxy-team'),
  nextCommand: text.filter((value) => value !== ''),
})
const rung = fc.record({
  role: fc.constantFrom('leaf', 'intermediate', 'root'),
  name: text,
  subject: text,
  source: fc.constantFrom('served', 'store', 'unknown'),
  missing: fc.boolean(),
  link: fc.constantFrom('verified', 'failed', 'none'),
  notes: fc.array(text, { maxLength: 3 }),
})

/** Arbitrary reports of what a link of findings carries. */
const reports: fc.Arbitrary<Report> = fc
  .record({
    at: instant,
    verdict,
    findings: fc.array(finding, { maxLength: 4 }),
    captures: fc.array(
      fc.record({ host: text.filter(Boolean), port: fc.nat(65535), chain: fc.array(rung, { maxLength: 4 }) }),
      {
        maxLength: 3,
      },
    ),
  })
  .map(({ at, verdict, findings, captures }) => ({
    schema: 'weaklink.report/1',
    evaluatedAt: at,
    evaluatedAtReason: 'now',
    verdict: { ...verdict, ...(findings.length > 0 ? { finding: 'shared-1' } : {}) },
    documents: [],
    captures: captures.map((capture, index) => ({
      index,
      document: 0,
      start: 0,
      end: 0,
      tool: 's_client',
      toolLabel: 'openssl s_client',
      evaluatedAt: at,
      evaluatedAtReason: 'now',
      served: [],
      verdict: { ...verdict, ...(findings.length > 0 ? { finding: 'shared-1' } : {}) },
      ...capture,
    })) as CaptureReport[],
    certificates: [],
    paths: [],
    clients: [],
    findings: findings.map((one, index) => ({
      id: `shared-${index + 1}`,
      evidence: [],
      fixes: [],
      references: [],
      ...one,
    })) as Finding[],
    trustData: 'roots',
  }))

describe('base64url', () => {
  it('is the same after a round trip, whatever the length', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(fromBase64url(toBase64url(bytes))).toEqual(bytes)
      }),
    )
  })

  it('refuses what is none', () => {
    for (const one of ['a', 'ab=', 'a+b/', 'a b']) expect(fromBase64url(one)).toBeUndefined()
  })
})

describe('a frame', () => {
  const content = new Uint8Array([1, 2, 3, 250])
  const fragment = writeFrame({ kind: 'findings', content })

  it('holds only characters that survive, and ends with a letter', () => {
    expect(fragment).toMatch(/^w1f[\w-]+e$/)
    expect(readFrame(fragment)).toEqual({ ok: true, value: { kind: 'findings', content } })
  })

  it('says that a link was cut', () => {
    for (let length = 3; length < fragment.length; length++) {
      const answer = readFrame(fragment.slice(0, length))
      expect(answer.ok ? 'opened' : answer.error).toMatch(/^(?:cut|damaged)$/)
    }
    expect(readFrame(fragment.slice(0, -1))).toEqual({ ok: false, error: 'cut' })
  })

  it('notices a changed character', () => {
    for (let at = 3; at < fragment.length - 1; at++) {
      const other = fragment[at] === 'A' ? 'B' : 'A'
      const answer = readFrame(fragment.slice(0, at) + other + fragment.slice(at + 1))
      // The last character may hold unused bits, which change nothing.
      if (answer.ok) expect(answer.value.content).toEqual(content)
      else expect(answer.error).toBe('damaged')
    }
  })

  it('tells a later version, another text and a huge one apart', () => {
    expect(readFrame('w2fAAAAe')).toEqual({ ok: false, error: 'too-new' })
    expect(readFrame('section-3')).toEqual({ ok: false, error: 'not-a-link' })
    expect(readFrame(`w1f${'A'.repeat(shareLimits.fragmentCharacters)}e`)).toEqual({ ok: false, error: 'too-large' })
  })

  it('is found in an address or alone', () => {
    expect(findFragment(` https://tls.example/w/#${fragment}\n`)).toBe(fragment)
    expect(findFragment(fragment)).toBe(fragment)
    expect(findFragment('w is a letter')).toBeUndefined()
  })
})

describe('links of findings', () => {
  it('bring arbitrary reports back', async () => {
    await fc.assert(
      fc.asyncProperty(reports, async (report) => {
        const opened = await openLink(await findingsLink(report, '1.2.3'), known)
        expect(opened).toEqual({ ok: true, value: { kind: 'findings', encrypted: false, report, version: '1.2.3' } })
      }),
      { numRuns: 60 },
    )
  })

  it('keep a server name that was not sent apart from one that is not known', () => {
    const [report] = fc.sample(reports, { seed: 3, numRuns: 1 }) as [Report]
    const capture = { ...(report.captures[0] as CaptureReport), servername: null }
    const back = fromCompact(toCompact({ ...report, captures: [capture] }, '1'))
    expect(back.ok && back.value.report.captures[0]?.servername).toBeNull()
  })

  it('refuse what is no report', () => {
    for (const data of [null, [], {}, [1, 2, 3], 'x', [0, 0, [0, 'a', 'b', 0, 0, 0], 'captures', [], [], '', '']])
      expect(fromCompact(data)).toEqual({ ok: false, error: 'invalid' })
  })

  it('let nothing of a prototype through', () => {
    const data = JSON.parse(
      '[0,0,[0,"healthy","h",6,0,-1],[],[["__proto__",0,0,"t","e",0,-1,[],0]],[],"","",{"__proto__":{"polluted":1}}]',
    )
    const back = fromCompact(data)
    expect(back.ok).toBe(true)
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
  })
})

describe('hostile fragments', () => {
  const outcome = async (fragment: string) => {
    const answer = await openLink(fragment, known)
    return answer.ok ? 'opened' : answer.error
  }

  it('never throw, whatever their content', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('findings' as const, 'certificates' as const, 'input' as const),
        fc.uint8Array({ maxLength: 200 }),
        async (kind, content) => {
          expect(await outcome(writeFrame({ kind, content }))).toMatch(/^(?:opened|damaged|invalid|too-large)$/)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('never throw, whatever their data', async () => {
    await fc.assert(
      fc.asyncProperty(fc.json(), async (json) => {
        const content = deflateSync(new TextEncoder().encode(json), { dictionary: inputDictionary() })
        expect(await outcome(writeFrame({ kind: 'findings', content }))).toMatch(/^(?:opened|damaged|invalid)$/)
      }),
      { numRuns: 200 },
    )
  })

  it('inflate to no more than is allowed', () => {
    // About 1 GB of zeros, as DEFLATE makes them small: a thousand to one, and this stream is that again and again.
    const million = deflateSync(new Uint8Array(16_000_000), { level: 9 })
    expect(million.length).toBeLessThan(20_000)
    const before = process.memoryUsage().arrayBuffers
    expect(decompress(million, new Uint8Array(), shareLimits.findingsBytes)).toEqual({ ok: false, error: 'too-large' })
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 * shareLimits.findingsBytes)
  })
})

describe('links of the input', () => {
  const pem = `-----BEGIN CERTIFICATE-----\n${btoa('not really a certificate, but bytes of one all the same').replace(/.{1,64}/g, '$&\n')}-----END CERTIFICATE-----`
  const paste = `$ openssl s_client -connect a.example:443\n${pem}\nMaster-Key: 00112233\n${pem}\nend \u{1F512}`
  const at = (needle: string, from = 0) => ({
    document: 0,
    start: paste.indexOf(needle, from),
    end: paste.indexOf(needle, from) + needle.length,
  })
  const report = {
    documents: [{ secrets: [{ ...at('00112233'), kind: 'TLS session key' }] }],
    certificates: [{ sha256: 'ab'.repeat(32), pem: `${pem}\n`, places: [at(pem), at(pem, 60)] }],
  } as unknown as Report
  const documents = [{ name: 'paste', text: paste }]
  const sender = { status: 'broken', cause: 'x', headline: 'y', evaluatedAt: '2026-12-01T00:00:00Z', version: '1' }

  it('bring text and certificates back, and no secret', async () => {
    const pieces = piecesOf(documents, report)
    const fragment = await inputLink('input', { documents: pieces, host: 'b.example', sender }, known)
    const opened = await openLink(fragment, known)
    const expected = paste.replace('00112233', '(TLS session key not shared)')
    expect(opened).toEqual({
      ok: true,
      value: {
        kind: 'input',
        encrypted: false,
        input: { documents: [{ name: 'paste', text: expected }], host: 'b.example', sender },
      },
    })
    expect(textsOf(pieces)[0]?.text).toBe(expected)
  })

  it('lead to the same verdict when secrets were taken out', async () => {
    const session = [
      '---',
      'Post-Handshake New Session Ticket arrived:',
      'SSL-Session:',
      `    Session-ID: ${'0A'.repeat(32)}`,
      `    Resumption PSK: ${'0B'.repeat(32)}`,
      '    TLS session ticket lifetime hint: 7200 (seconds)',
      '    TLS session ticket:',
      `    0000 - ${Array.from({ length: 16 }, () => '0c').join(' ')}   ................`,
      '',
      '    Verify return code: 21 (unable to verify the first certificate)',
      '---',
    ]
    const text = `${sClient({ command: toShop, sent: ['shop'], errors: noIssuer })}${session.join('\n')}\n`
    const input = [{ name: 'paste', text }]
    const now = Date.parse('2026-12-01T12:00:00Z')
    const judged = await inspect({ documents: input }, { now })
    expect(judged.verdict.cause).toBe('missing-intermediate')
    const pieces = piecesOf(input, judged)
    expect(textsOf(pieces)[0]?.text).toContain('(TLS session key not shared)')
    for (const documents of [textsOf(pieces), textsOf(withoutNoise(pieces))])
      expect((await inspect({ documents }, { now })).verdict.headline).toBe(judged.verdict.headline)
  })

  it('name certificates that the reader has anyway', async () => {
    const pieces = piecesOf(documents, report)
    const whole = await inputLink('input', { documents: pieces, sender }, known)
    const der = Uint8Array.from(atob(pem.replace(/-----[^-]*-----|\s/g, '')), (c) => c.charCodeAt(0))
    const has = (sha256: string) => (sha256 === 'ab'.repeat(32) ? der : undefined)
    const named = await inputLink('input', { documents: pieces, sender }, has)
    expect(named).not.toBe(whole)
    expect(await openLink(named, has)).toEqual(await openLink(whole, known))
    const elsewhere = await openLink(named, known)
    expect(elsewhere.ok && 'input' in elsewhere.value && elsewhere.value.input.documents[0]?.text).toContain(
      `[The root certificate ${'ab'.repeat(32)} is not known to this version.]`,
    )
  })
})

describe('a passphrase', () => {
  it('opens what it sealed, and nothing else does', async () => {
    const [report] = fc.sample(reports, { seed: 1, numRuns: 1 }) as [Report]
    const fragment = await findingsLink(report, '1', { passphrase: 'correct horse', random })
    expect(fragment.startsWith('w1x')).toBe(true)
    expect(await openLink(fragment, known)).toEqual({ ok: false, error: 'needs-passphrase' })
    expect(await openLink(fragment, known, 'wrong horse')).toEqual({ ok: false, error: 'wrong-passphrase' })
    expect(await openLink(fragment, known, 'correct horse')).toMatchObject({
      ok: true,
      value: { kind: 'findings', encrypted: true },
    })
  }, 60_000)
})
