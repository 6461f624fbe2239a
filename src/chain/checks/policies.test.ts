import { describe, expect, it } from 'vitest'
import { oid } from '../../core/brand.ts'
import type { Certificate } from '../../x509/model.ts'
import type { PolicyInputs } from '../model.ts'
import { processPolicies } from '../policies/process.ts'
import { extension, type FakePolicies, fake, fakeCa, now, withPolicies } from '../testing/fake.ts'
import { createWork, type Work } from '../work.ts'
import type { PathEnd } from './check.ts'
import { checkPolicies, checkPolicyExtensions } from './policies.ts'

const [gold, silver, bronze] = ['1.2.3.1', '1.2.3.2', '1.2.3.3'] as const
const any = '2.5.29.32.0'
const root = fakeCa({ subject: 'Root' })

/** Certificates below the root, leaf first; each is issued by the next. `self` makes a self-issued CA. */
function chain(...facts: readonly (FakePolicies & { readonly self?: boolean })[]): Certificate[] {
  let name = 'Root'
  const made: Certificate[] = []
  for (const [below, { self, ...policies }] of [...facts].reverse().entries()) {
    const last = below === facts.length - 1
    const subject = self ? name : last ? 'leaf' : `CA${below + 1}`
    const make = last ? fake : fakeCa
    made.unshift(make({ subject, issuer: name, copy: below, ...withPolicies(policies) }))
    name = subject
  }
  return made
}

const held = (certificates: readonly Certificate[], inputs: PolicyInputs = {}, work: Work = createWork()) =>
  [...processPolicies(certificates, inputs, work).policies].sort()
const failureOf = (certificates: readonly Certificate[], inputs: PolicyInputs = {}) =>
  processPolicies(certificates, inputs, createWork()).failure
const accepting = (...policies: string[]): PolicyInputs => ({ initialPolicySet: new Set(policies.map(oid)) })
const explicit: PolicyInputs = { requireExplicitPolicy: true }

function judge(certificates: readonly Certificate[], inputs: PolicyInputs = {}, end: PathEnd = 'anchor') {
  const whole = [...certificates, root]
  const path = { certificates: whole, signatures: whole.map(() => 'valid' as const), end, namesakes: [] }
  const options = { at: now, purpose: 'any', ...inputs } as const
  const work = createWork()
  return [...checkPolicies(path, options, work), ...checkPolicyExtensions(path, options, work)]
}

describe('processPolicies', () => {
  it('keeps the policies that every certificate has', () => {
    expect(held(chain({ policies: [gold, silver] }, { policies: [gold, bronze] }))).toEqual([gold])
    expect(held(chain({ policies: [gold] }, { policies: [silver] }))).toEqual([])
    expect(held(chain({ policies: [gold] }, {}))).toEqual([])
  })

  it('lets anyPolicy stand for all', () => {
    expect(held(chain({ policies: [gold] }, { policies: [any] }))).toEqual([gold])
    expect(held(chain({ policies: [any] }, { policies: [gold, silver] }))).toEqual([gold, silver])
    expect(held(chain({ policies: [any] }, { policies: [any] }))).toEqual([any])
    expect(held(chain({ policies: [any] }, { policies: [any] }), accepting(gold))).toEqual([gold])
  })

  it('needs no policy unless one is required', () => {
    expect(failureOf(chain({}, {}))).toBeUndefined()
    expect(failureOf(chain({}, {}), explicit)).toEqual({ kind: 'no-policy', index: 1, demand: 'caller' })
    expect(failureOf(chain({ policies: [gold] }, { policies: [gold] }), explicit)).toBeUndefined()
  })

  it('counts the certificates after which a policy is required', () => {
    const below = (requireExplicit: number) => failureOf(chain({}, {}, { policies: [gold], requireExplicit }))
    expect(below(0)).toEqual({ kind: 'no-policy', index: 1, demand: 2 })
    expect(below(1)).toEqual({ kind: 'no-policy', index: 0, demand: 2 })
    expect(below(2)).toEqual({ kind: 'no-policy', index: 0, demand: 2 })
    expect(below(3)).toBeUndefined()
  })

  it('does not count self-issued CA certificates', () => {
    const facts = { policies: [gold], requireExplicit: 2 }
    expect(failureOf(chain({}, {}, { self: true }, facts))).toMatchObject({ kind: 'no-policy', index: 0 })
    expect(failureOf(chain({}, {}, {}, { ...facts, requireExplicit: 4 }))).toBeUndefined()
  })

  it('hears a leaf that requires a policy of its own path', () => {
    expect(failureOf(chain({ requireExplicit: 0 }, {}))).toEqual({ kind: 'no-policy', index: 0, demand: 0 })
    expect(failureOf(chain({ requireExplicit: 1 }, {}))).toBeUndefined()
  })

  it('accepts only the policies asked for', () => {
    const certificates = chain({ policies: [gold, silver] }, { policies: [gold, silver] })
    expect(held(certificates, accepting(silver, bronze))).toEqual([silver])
    expect(failureOf(certificates, { ...explicit, ...accepting(bronze) })).toMatchObject({
      kind: 'not-accepted',
      held: [gold, silver],
    })
    expect(failureOf(certificates, accepting(bronze))).toBeUndefined()
  })

  it('follows mappings into the domain below and tells the policy of the anchor', () => {
    const mapping: FakePolicies = { policies: [gold], mappings: [[gold, silver]] }
    expect(held(chain({ policies: [silver] }, mapping))).toEqual([gold])
    expect(held(chain({ policies: [gold] }, mapping))).toEqual([])
    expect(
      held(
        chain(
          { policies: [silver, bronze] },
          {
            ...mapping,
            mappings: [
              [gold, silver],
              [gold, bronze],
            ],
          },
        ),
      ),
    ).toEqual([gold])
  })

  it('maps a policy that is there as anyPolicy only', () => {
    const certificates = chain({ policies: [silver] }, { policies: [any], mappings: [[gold, silver]] })
    expect(held(certificates, accepting(gold))).toEqual([gold])
    expect(held(certificates, accepting(bronze))).toEqual([])
  })

  it('deletes what is mapped once mapping is inhibited', () => {
    const mapping: FakePolicies = { policies: [gold, bronze], mappings: [[gold, silver]] }
    const certificates = chain({ policies: [silver, bronze] }, mapping)
    expect(held(certificates)).toEqual([gold, bronze])
    expect(held(certificates, { inhibitPolicyMapping: true })).toEqual([bronze])
    expect(held([...certificates, ...chain({ policies: [any], inhibitMapping: 0 })])).toEqual([bronze])
    expect(held([...certificates, ...chain({ policies: [any], inhibitMapping: 1 })])).toEqual([gold, bronze])
  })

  it('refuses to map anyPolicy either way', () => {
    for (const mappings of [[[any, gold]], [[gold, any]]] as const) {
      expect(failureOf(chain({ policies: [gold] }, { policies: [gold], mappings }))).toEqual({
        kind: 'maps-any',
        index: 1,
      })
    }
  })

  it('stops taking anyPolicy where that is inhibited, except of self-issued CAs', () => {
    const inhibiting: FakePolicies = { policies: [gold], inhibitAny: 0 }
    expect(held(chain({ policies: [any] }, inhibiting))).toEqual([])
    expect(held(chain({ policies: [any] }, { ...inhibiting, inhibitAny: 1 }))).toEqual([gold])
    expect(held(chain({ policies: [gold] }, { policies: [any], self: true }, inhibiting))).toEqual([gold])
    expect(held(chain({ policies: [any] }, { policies: [gold] }), { inhibitAnyPolicy: true })).toEqual([])
  })

  it('succeeds on a path of the anchor alone', () => {
    expect(failureOf([], explicit)).toBeUndefined()
  })

  it('grows with the extensions, not with the ways through them', () => {
    const policies = Array.from({ length: 40 }, (_, at) => `1.2.4.${at}`)
    const mappings = policies.flatMap((from) => policies.map((to) => [from, to] as const))
    const levels = Array.from({ length: 18 }, () => ({ policies, mappings }))
    const work = createWork()
    expect(held(chain({ policies }, ...levels), explicit, work)).toHaveLength(40)
    expect(work.spent.policySteps).toBeLessThan(18 * 4 * mappings.length)
    expect(work.exhausted.size).toBe(0)
  })

  it('fails with its limit, and only where a policy is required', () => {
    const certificates = chain({ policies: [gold] }, { policies: [gold] })
    const work = createWork({ policySteps: 3 })
    expect(processPolicies(certificates, explicit, work).failure).toMatchObject({ kind: 'limit' })
    expect([...work.exhausted]).toEqual(['policySteps'])
    expect(processPolicies(certificates, {}, createWork({ policySteps: 3 })).failure).toBeUndefined()
  })
})

describe('checkPolicies', () => {
  it('says who requires a policy and what the certificate has', () => {
    const certificates = chain({ policies: [silver] }, { policies: [gold], requireExplicit: 0 })
    expect(judge(certificates)).toMatchObject([
      { code: 'policy', index: 0, severity: 'fatal', actual: silver, expected: 'a policy that the whole path has' },
    ])
    expect(judge(certificates)[0]?.message).toBe(
      '"leaf" has 1.2.3.2, but no policy that holds for every certificate from the anchor down, and "CA1" requires one. Java, Go and browsers refuse that; OpenSSL does when told to check policies.',
    )
  })

  it('says which policies hold when none is accepted', () => {
    const [problem] = judge(chain({ policies: [gold] }, { policies: [gold] }), { ...explicit, ...accepting(bronze) })
    expect(problem).toMatchObject({ code: 'policy', index: 0, actual: gold, expected: bronze })
  })

  it('leaves the extensions of the anchor out', () => {
    const strict = fakeCa({ subject: 'Root', ...withPolicies({ requireExplicit: 0 }) })
    const certificates = [...chain({}, {}), strict]
    const path = {
      certificates,
      signatures: certificates.map(() => 'valid' as const),
      end: 'anchor',
      namesakes: [],
    } as const
    expect(checkPolicies(path, { at: now, purpose: 'any' }, createWork())).toEqual([])
  })

  it('judges a path without anchor as far as it goes', () => {
    const certificates = chain({}, { policies: [gold], requireExplicit: 0 })
    expect(judge(certificates, {}, 'no-issuer')).toMatchObject([{ code: 'policy', index: 0 }])
  })

  it('tells a limit as one', () => {
    const certificates = [...chain({ policies: [gold] }, { policies: [gold] }), root]
    const path = {
      certificates,
      signatures: certificates.map(() => 'valid' as const),
      end: 'anchor',
      namesakes: [],
    } as const
    const work = createWork({ policySteps: 3 })
    expect(checkPolicies(path, { at: now, purpose: 'any', ...explicit }, work)).toMatchObject([
      { code: 'search-limit', expected: 'at most 3 steps' },
    ])
  })
})

describe('checkPolicyExtensions', () => {
  const broken = (type: string, critical: boolean) =>
    judge([
      fake({ subject: 'leaf', issuer: 'Root', extensions: [extension(type, critical, 'Policy Mappings is empty')] }),
    ])

  it('refuses a policy extension that cannot be decoded, and leaves critical ones to the check of those', () => {
    expect(broken('2.5.29.33', false)).toMatchObject([{ code: 'malformed-extension', index: 0, actual: '2.5.29.33' }])
    expect(broken('2.5.29.33', true)).toEqual([])
    expect(broken('2.5.29.20', false)).toEqual([])
  })

  it('refuses a policy that is listed twice', () => {
    const [problem] = judge(chain({ policies: [gold, gold] }))
    expect(problem).toMatchObject({ code: 'malformed-extension', actual: '2.5.29.32' })
    expect(problem?.message).toContain('has a policy more than once')
  })

  it('leaves the anchor alone', () => {
    expect(judge([]).length).toBe(0)
  })
})
