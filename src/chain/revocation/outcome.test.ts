import { describe, expect, it } from 'vitest'
import { unixMs } from '../../core/brand.ts'
import type { Crl } from '../../x509/crl-model.ts'
import { fake } from '../testing/fake.ts'
import type { CertificateRevocation, RevocationOutcome, RevocationSource } from './model.ts'
import { joinRevocation, revocationProblems, revoked, unknown } from './outcome.ts'

const leaf = fake({ subject: 'leaf', issuer: 'Int' })
const source: RevocationSource = { kind: 'crl', crl: { sha256: 'ab' } as unknown as Crl }
const result = (index: number, outcome: RevocationOutcome): CertificateRevocation => ({
  index,
  certificate: leaf.sha256,
  outcome,
})
const good: RevocationOutcome = { status: 'good', sources: [source], objections: [] }
const bad = revoked(leaf, source, { reason: 'keyCompromise', revocationDate: unixMs(0), stale: false })
const open = unknown([{ code: 'none-at-hand', message: 'Nothing is at hand.' }])

describe('revoked', () => {
  const message = (facts: Parameters<typeof revoked>[2]) => revoked(leaf, source, facts).message

  it('says when and why', () => {
    expect(bad.message).toBe('"leaf" was revoked by its CA on 1970-01-01T00:00:00Z, for the reason keyCompromise.')
    expect(message({ stale: false })).toBe('"leaf" was revoked by its CA, without a stated reason.')
    expect(message({ stale: false, invalidityDate: unixMs(0) })).toContain('suspect since 1970-01-01T00:00:00Z.')
  })

  it('tells a hold and an old source apart', () => {
    expect(message({ reason: 'certificateHold', stale: false })).toContain('was put on hold by its CA, which may be')
    expect(message({ stale: true })).toContain('the CRL that says so is out of date, but such a revocation is final.')
  })
})

describe('unknown', () => {
  it('tells at most three objections and keeps all', () => {
    const objections = [1, 2, 3, 4].map((number) => ({ code: 'stale' as const, message: `Number ${number}.` }))
    expect(unknown(objections)).toMatchObject({ why: 'Number 1. Number 2. Number 3.', objections })
  })
})

describe('joinRevocation', () => {
  const statuses = (a: RevocationOutcome, b: RevocationOutcome) =>
    joinRevocation([result(0, a)], [result(0, b)]).map(({ outcome }) => outcome.status)

  it('puts a revocation before good, and good before unknown', () => {
    expect(statuses(good, bad)).toEqual(['revoked'])
    expect(statuses(bad, good)).toEqual(['revoked'])
    expect(statuses(open, good)).toEqual(['good'])
    expect(statuses(open, bad)).toEqual(['revoked'])
  })

  it('keeps what only one of them judged, leaf first', () => {
    const joined = joinRevocation([result(1, good)], [result(0, open)])
    expect(joined.map(({ index }) => index)).toEqual([0, 1])
  })

  it('tells the objections of both when neither knows', () => {
    const [joined] = joinRevocation([result(0, open)], [result(0, open)])
    expect(joined?.outcome).toMatchObject({ why: 'Nothing is at hand. Nothing is at hand.' })
  })
})

describe('revocationProblems', () => {
  const results = [result(0, bad), result(1, open), result(2, good)]

  it('makes a revocation fatal, and the lack of an answer a note', () => {
    expect(revocationProblems(results)).toMatchObject([
      { code: 'revoked', index: 0, severity: 'fatal', actual: 'keyCompromise', message: bad.message },
      { code: 'revocation-unknown', index: 1, severity: 'note', actual: 'none-at-hand' },
    ])
  })

  it('makes the lack of an answer fatal where one is required', () => {
    expect(revocationProblems(results, { required: true })[1]?.severity).toBe('fatal')
  })
})
