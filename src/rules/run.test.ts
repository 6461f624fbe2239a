import { describe, expect, it } from 'vitest'
import { inspect } from '../inspect.ts'
import { type CaptureRule, fail, pass } from './contract.ts'
import { runCaptureRules, runInputRules, runRules } from './run.ts'
import { bundle, noIssuer, sClient, toShop } from './testing/helpers/capture.ts'
import { contextOf, today } from './testing/helpers/judge.ts'
import { privateCa } from './trust/private-ca.ts'

const crashing: CaptureRule = {
  ...privateCa,
  check() {
    throw new Error('a bug')
  },
}
const passing: CaptureRule = { ...privateCa, check: () => pass }
const twice: CaptureRule = {
  ...privateCa,
  check: ({ capture }) => {
    const draft = { severity: 'info', confidence: 'certain', title: 'x', explanation: '', owner: 'nobody' } as const
    return fail({ ...draft, evidence: [capture.span] }, { ...draft, evidence: [] })
  },
}

async function contextsOf(paste: string) {
  const input = await contextOf(paste)
  const [capture] = input.captures
  if (!capture) throw new Error('the paste holds no capture')
  return { input, capture }
}

describe('running rules', () => {
  it('makes a result of a rule that throws, and runs the others', async () => {
    const { capture } = await contextsOf(sClient({ command: toShop, sent: ['shop'], errors: noIssuer }))
    const results = runRules(capture, { captureRules: [crashing, passing, twice], conclusionRules: [] })
    expect(results.map(({ outcome }) => outcome.kind)).toEqual(['crashed', 'pass', 'fail'])
    expect(results[0]).toMatchObject({ outcome: { reason: 'a bug' }, findings: [] })
  })

  it('lets no rule crash on the pastes of these tests', async () => {
    const stories = [
      sClient({ sent: [] }),
      sClient({ command: toShop, sent: ['selfIssued', 'selfIssuer', 'crossRoot', 'legacy'], errors: [[10, 2]] }),
      sClient({
        command: '-connect [2001:db8::1]:443',
        sent: [
          ['CN = a', 'CN = a'],
          ['CN = b', 'CN = a'],
        ],
      }),
      bundle('root', 'crossRoot', 'legacy', 'client', 'weakKey'),
      'verify error:num=20:unable to get local issuer certificate\n',
      'error 20 at 3 depth lookup: unable\nerror x.pem: verification failed\n',
    ]
    for (const story of stories) {
      const input = await contextOf(story)
      const results = [...input.captures.flatMap((capture) => runCaptureRules(capture)), ...runInputRules(input)]
      expect(results.filter(({ outcome }) => outcome.kind === 'crashed')).toEqual([])
    }
  })

  it('numbers findings so that ids are unique within a report', async () => {
    const story = sClient({ command: toShop, sent: ['otherSite', 'issuing'], errors: [[20, 1]] })
    const key = '-----BEGIN PRIVATE KEY-----\nQUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo=\n-----END PRIVATE KEY-----\n'
    const text = `${story}${story}${key}    Master-Key: ${'0A'.repeat(48)}\n`
    const { findings } = await inspect({ documents: [{ name: 'paste', text }] }, { now: Date.parse(today) })
    const ids = findings.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids).toEqual(expect.arrayContaining(['c0-private-ca', 'c1-private-ca', 'input-secret-in-paste-2']))
    const { capture } = await contextsOf(story)
    const [result] = runRules(capture, { captureRules: [twice], conclusionRules: [] })
    expect(result?.findings.map(({ id }) => id)).toEqual(['c0-private-ca', 'c0-private-ca-2'])
  })

  it('covers secrets in what it quotes, and shortens long evidence', async () => {
    const secret = '0A'.repeat(48)
    const { capture } = await contextsOf(
      `$ openssl s_client ${toShop}\n    Master-Key: ${secret}\n${'x'.repeat(400)}\n`,
    )
    const [result] = runRules(capture, { captureRules: [twice], conclusionRules: [] })
    const quote = result?.findings[0]?.evidence[0]?.quote ?? ''
    expect(quote).toContain(`Master-Key: ${'*'.repeat(96)}`)
    expect(quote).not.toContain('0A0A')
    expect(quote.length).toBeLessThan(300)
    expect(quote).toMatch(/\.\.\.$/)
  })

  it('covers the password of a proxy in the command it points at', async () => {
    const command = `-proxy http://alice:hunter2@proxy.corp.example:8080 ${toShop}`
    const text = sClient({
      command,
      sent: [],
      unfinished: true,
      lines: ['s_client: HTTP CONNECT failed, reason=403 Forbidden'],
    })
    const { findings } = await inspect({ documents: [{ name: 'paste', text }] }, { now: Date.parse(today) })
    expect(JSON.stringify(findings)).not.toContain('hunter2')
  })

  it('covers secrets wherever they stand, however many there are', async () => {
    const keys = Array.from({ length: 500 }, (_, index) => `    Master-Key: ${`${index % 10}A`.repeat(48)}`)
    const { capture } = await contextsOf(`$ openssl s_client ${toShop}\n${keys.join('\n')}\n`)
    const text = capture.input.documents[0]?.text ?? ''
    const pointing: CaptureRule = {
      ...privateCa,
      check: () => {
        const draft = { severity: 'info', confidence: 'certain', title: 'x', explanation: '', owner: 'nobody' } as const
        const places = [...text.matchAll(/Master-Key: .{20}/g)].map(({ index }) => ({
          document: 0,
          start: index,
          end: index + 30,
        }))
        return fail({ ...draft, evidence: places })
      },
    }
    const [result] = runRules(capture, { captureRules: [pointing], conclusionRules: [] })
    const quotes = result?.findings[0]?.evidence.map(({ quote }) => quote) ?? []
    expect(quotes).toHaveLength(500)
    expect(new Set(quotes)).toEqual(new Set([`Master-Key: ${'*'.repeat(18)}`]))
  })
})
