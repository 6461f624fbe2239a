import { describe, expect, it } from 'vitest'
import { sClient, toShop } from '../testing/helpers/capture.ts'
import { judge } from '../testing/helpers/judge.ts'
import { judgeMade } from '../testing/helpers/made.ts'
import { wrongClock as rule } from './wrong-clock.ts'

const story = { command: toShop, sent: ['shop', 'issuing'] } as const

describe('wrong-clock', () => {
  it('is likely where a client calls a certificate too young that is valid since long', async () => {
    const judged = await judge(rule, sClient({ ...story, errors: [[9, 0]] }))
    expect(judged).toMatchObject({
      kind: 'fail',
      severity: 'error',
      confidence: 'likely',
      owner: 'client',
      title:
        'The client takes the certificate "shop.example" (Example Retail) for not yet valid, although it is valid since 2026-09-01 00:00 UTC: its clock is behind.',
      nextCommand: "date -u; curl -sI http://shop.example/ | grep -i '^date:'",
    })
    expect(judged.quotes[1]).toBe('verify error:num=9:certificate is not yet valid')
  })

  it('is likely where the paste was stamped before the certificate existed', async () => {
    const judged = await judge(rule, sClient({ ...story, errors: [[9, 0]], made: '2020-01-01T00:00:00Z' }))
    expect(judged).toMatchObject({ kind: 'fail', confidence: 'likely' })
    expect(judged.explanation).toContain('The client wrote 2020-01-01 00:00 UTC into the paste.')
  })

  it('is certain where two clocks in the paste disagree', async () => {
    const facts = { host: 'shop.example', sent: story.sent, startTime: '2026-08-31T12:00:00Z' } as const
    const answer = 'Date: Tue, 24 Nov 2026 16:01:30 GMT'
    const early = await judgeMade(rule, { ...facts, errors: [[9, 'not yet', 0]], lines: [answer] })
    expect(early).toMatchObject({ kind: 'fail', confidence: 'certain' })
    expect(early.explanation).toContain('The answer of the server has 2026-11-24 16:01 UTC, 85 days later.')
    expect(early.quotes.at(-1)).toBe(answer)
    const ahead = { ...facts, startTime: '2030-01-01T00:00:00Z', errors: [[10, 'expired', 0]] } as const
    expect(await judgeMade(rule, { ...ahead, lines: [answer] })).toMatchObject({ kind: 'fail', confidence: 'certain' })
    expect(await judgeMade(rule, ahead)).toMatchObject({ kind: 'pass' })
  })

  it('contradicts a client that calls a valid certificate expired', async () => {
    const judged = await judge(rule, sClient({ ...story, errors: [[10, 0]] }))
    expect(judged).toMatchObject({ kind: 'fail', confidence: 'likely' })
    expect(judged.title).toContain('for expired, although it is valid until 2027-09-01')
  })

  it('passes a certificate that is out of date by every clock, and one that nobody can name', async () => {
    const pastes = [
      sClient({ command: toShop, sent: ['expiredShop', 'issuing'], errors: [[10, 0]] }),
      sClient({ command: toShop, sent: ['earlyShop', 'issuing'], errors: [[9, 0]] }),
      sClient({ ...story, errors: [[10, 2]] }),
    ]
    for (const paste of pastes) expect(await judge(rule, paste)).toMatchObject({ kind: 'pass' })
    const message = { kind: 'message', errors: [[10, 'certificate has expired']] } as const
    expect(await judgeMade(rule, message)).toMatchObject({ kind: 'pass' })
  })

  it('gives a paste of the hours before the certificate began the benefit of the doubt', async () => {
    const fresh = sClient({ ...story, errors: [[9, 0]], made: '2026-08-31T22:00:00Z' })
    expect(await judge(rule, fresh)).toMatchObject({ kind: 'pass' })
    const undated = await judge(rule, sClient({ ...story, errors: [[9, 0]] }), { now: '2026-09-01T06:00:00Z' })
    expect(undated.explanation).toContain('The paste may also have been made in the hours before')
  })

  it('does not apply to other errors, nor to those of a server', async () => {
    expect(await judge(rule, sClient({ ...story, errors: [[20, 1]] }))).toMatchObject({ kind: 'not-applicable' })
    const log = { kind: 'log', role: 'server', errors: [[10, 'certificate has expired']] } as const
    expect(await judgeMade(rule, log)).toMatchObject({ kind: 'not-applicable' })
  })
})
