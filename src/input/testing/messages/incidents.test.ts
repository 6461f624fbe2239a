import { describe, expect, it } from 'vitest'
import { inspect } from '../../../inspect.ts'
import { manglings } from '../mangle.ts'
import { numbers } from '../random.ts'
import { at, read, readOne, spansOf } from '../reading.ts'
import { javaDebug, javaFailures, javaTrace } from './java.ts'
import { dotnet, goGet, nodeFetch, npm, pythonRequests, pythonVerify } from './others.ts'

const issuer = pythonVerify('unable to get local issuer certificate')
const shop = 'https://shop.harbour.example/'

describe('messages: what is one failure', () => {
  it('counts a loop of fifty tries as one', () => {
    const text = Array.from(
      { length: 50 },
      (_, index) => `try ${index}\n${pythonRequests('shop.harbour.example', 443, issuer)}`,
    ).join('')
    const capture = readOne(text)
    expect(capture.lines).toBeGreaterThanOrEqual(50)
    expect(capture.verifyErrors.length).toBeLessThanOrEqual(20)
  })

  it('counts fifty traces of Java without a host as one', () => {
    expect(read(javaTrace({ causes: javaFailures.path }).repeat(50)).captures).toHaveLength(1)
  })

  it('keeps two hosts apart, also where they take turns', () => {
    const text = [1, 2, 3]
      .map(
        () =>
          goGet('https://a.harbour.example/', 'x509: certificate signed by unknown authority') +
          goGet('https://b.harbour.example:8443/', 'x509: certificate signed by unknown authority'),
      )
      .join('')
    expect(read(text).captures.map(({ target }) => `${target?.host}:${target?.port}`)).toEqual([
      'a.harbour.example:443',
      'b.harbour.example:8443',
    ])
  })

  it('keeps two failures of one host apart', () => {
    const text =
      goGet(shop, 'dial tcp 192.0.2.7:443: connect: connection refused') +
      goGet(shop, 'x509: certificate signed by unknown authority')
    expect(read(text).captures).toHaveLength(2)
  })

  it('keeps two runs apart by their command lines', () => {
    const run = (host: string) =>
      `$ node get.mjs https://${host}/\n${nodeFetch('certificate has expired', 'CERT_HAS_EXPIRED')}`
    expect(
      read(run('a.harbour.example') + run('b.harbour.example')).captures.map(({ target }) => target?.host),
    ).toEqual(['a.harbour.example', 'b.harbour.example'])
  })

  it('reads messages of several runtimes in one paste', () => {
    const text =
      javaTrace({ causes: javaFailures.name }) +
      goGet(shop, 'remote error: tls: certificate required') +
      npm('error', 'CERT_HAS_EXPIRED', shop, 'certificate has expired')
    expect(read(text).captures.map(({ tool }) => tool)).toEqual(['java', 'go', 'node'])
  })

  it('believes no host where the addresses around a message disagree', () => {
    const text = `calling https://a.harbour.example/ and https://b.harbour.example/\n${nodeFetch('certificate has expired', 'CERT_HAS_EXPIRED')}`
    expect(readOne(text).target).toBeUndefined()
  })
})

const samples: readonly (readonly [name: string, text: string, code: number])[] = [
  ['java', javaTrace({ causes: javaFailures.name }), 62],
  ['node', nodeFetch('certificate has expired', 'CERT_HAS_EXPIRED'), 10],
  ['python', pythonRequests('shop.harbour.example', 443, issuer), 20],
  ['go', goGet(shop, 'x509: certificate signed by unknown authority'), 20],
  ['.net', dotnet('The remote certificate is invalid because of errors in the certificate chain: PartialChain'), 20],
]

describe('messages: what happens to pastes', () => {
  // Those that break lines are the normaliser's to mend, and have its tests.
  const whole = manglings.filter(({ name }) => !/wrapping|cutting|quoted-printable/.test(name))
  for (const { name, apply, undo } of whole) {
    it.each(samples)(`%s survives: ${name}`, (_, text, code) => {
      const mangled = apply(text)
      const [capture] = read(mangled).captures
      const error = capture?.verifyErrors[0]
      expect(error?.code).toBe(code)
      expect(undo(at(mangled, error?.span)).replace(/=?\s/g, '')).toMatch(/cert|alternative/i)
    })
  }

  it('throws nothing and is certain of nothing without evidence, whatever becomes of the lines', async () => {
    const printed = [
      ...samples.map(([, text]) => text),
      javaDebug({
        chain: [['CN=shop.harbour.example', 'CN=Harbour TLS CA 2']],
        authorities: ['CN=Client CA 7'],
        answer: 'empty',
        alert: 'bad_certificate',
      }),
    ]
      .join('')
      .split('\n')
    const below = numbers(20_261_201)
    const random = () => below(1_000) / 1_000
    for (let round = 0; round < 60; round++) {
      const lines = printed.flatMap((line) => {
        const dice = random()
        if (dice < 0.15) return []
        if (dice < 0.25) return [line, line]
        return [dice < 0.4 ? line.slice(0, Math.floor(random() * line.length)) : line]
      })
      if (round % 3 === 0) lines.sort(() => random() - 0.5)
      const text = lines.join('\n')
      const document = read(text)
      for (const span of spansOf(document.captures)) {
        expect(span.start).toBeGreaterThanOrEqual(0)
        expect(span.end).toBeLessThanOrEqual(text.length)
      }
      const report = await inspect(
        { documents: [{ name: 'paste', text }] },
        { now: Date.parse('2026-12-01T00:00:00Z') },
      )
      for (const finding of report.findings)
        if (finding.confidence === 'certain') expect(finding.evidence.length, finding.rule).toBeGreaterThan(0)
    }
  })
})
