import { describe, expect, it } from 'vitest'
import type { Certificate, GeneralName, GeneralSubtree } from '../../x509/model.ts'
import { parseNameText } from '../../x509/name.ts'
import { fake, fakeCa, generalName, now } from '../testing/fake.ts'
import { createWork } from '../work.ts'
import { checkNameConstraints } from './name-constraints.ts'

const subtree = (base: GeneralName): GeneralSubtree => ({ base, minimum: 0 })
const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values)
const range = (text: string, ...values: number[]): GeneralName => generalName('IP', text, bytes(...values))

interface Sides {
  readonly permitted?: readonly GeneralName[]
  readonly excluded?: readonly GeneralName[]
}

const constrained = ({ permitted = [], excluded = [] }: Sides, more: { subject?: string; issuer?: string } = {}) =>
  fakeCa({
    subject: 'CA',
    ...more,
    nameConstraints: { permitted: permitted.map(subtree), excluded: excluded.map(subtree) },
  })

const judgePath = (...certificates: Certificate[]) =>
  checkNameConstraints(
    { certificates, signatures: certificates.map(() => 'valid'), end: 'anchor', namesakes: [] },
    { at: now, purpose: 'server' },
    createWork(),
  )

const holding = (...names: GeneralName[]) => fake({ subject: 'O=Lab', issuer: 'CA', subjectAltNames: names })
const allows = (name: GeneralName, sides: Sides): boolean => judgePath(holding(name), constrained(sides)).length === 0

const dns = (value: string) => generalName('DNS', value)
const email = (value: string) => generalName('email', value)
const uri = (value: string) => generalName('URI', value)
const directory = (value: string): GeneralName => ({ ...generalName('directory', value), name: parseNameText(value) })

describe('checkNameConstraints', () => {
  it.each([
    ['example.com', 'example.com', true],
    ['a.b.Example.COM', 'example.com', true],
    ['*.example.com', 'example.com', true],
    ['notexample.com', 'example.com', false],
    ['com', 'example.com', false],
    ['a.example.com', '.example.com', true],
    ['example.com', '.example.com', false],
    ['anything.test', '', true],
    ['*.example.com', 'a.example.com', false],
  ])('on the DNS name %s permitted by %s: %s', (name, base, expected) => {
    expect(allows(dns(name), { permitted: [dns(base)] })).toBe(expected)
  })

  it('refuses a wildcard that covers an excluded name', () => {
    expect(allows(dns('*.example.com'), { excluded: [dns('a.example.com')] })).toBe(false)
    expect(allows(dns('b.example.com'), { excluded: [dns('a.example.com')] })).toBe(true)
    expect(allows(dns('*.example.com'), { excluded: [dns('a.b.example.com')] })).toBe(true)
  })

  it.each([
    [[10, 1, 2, 3], true],
    [[11, 1, 2, 3], false],
    [[0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], false],
  ])('on the address %j permitted by 10.0.0.0/8: %s', (address, expected) => {
    const name = generalName('IP', address.join('.'), bytes(...address))
    expect(allows(name, { permitted: [range('10.0.0.0/8', 10, 0, 0, 0, 255, 0, 0, 0)] })).toBe(expected)
  })

  it('refuses addresses under a mask that is no prefix', () => {
    const name = generalName('IP', '10.0.0.1', bytes(10, 0, 0, 1))
    expect(allows(name, { permitted: [range('10.0.0.0/255.0.255.0', 10, 0, 0, 0, 255, 0, 255, 0)] })).toBe(false)
  })

  it.each([
    ['ann@example.com', 'ann@example.com', true],
    ['Ann@example.com', 'ann@example.com', false],
    ['bob@example.com', 'ann@example.com', false],
    ['bob@EXAMPLE.com', 'example.com', true],
    ['bob@a.example.com', 'example.com', false],
    ['bob@a.example.com', '.example.com', true],
    ['bob@example.com', '.example.com', false],
    ['no address', 'example.com', false],
  ])('on the mailbox %s permitted by %s: %s', (name, base, expected) => {
    expect(allows(email(name), { permitted: [email(base)] })).toBe(expected)
  })

  it.each([
    ['https://example.com/path', 'example.com', true],
    ['https://user@example.com:8443', 'example.com', true],
    ['https://a.example.com/', 'example.com', false],
    ['https://a.example.com/', '.example.com', true],
    ['https://evil.test/@example.com', 'example.com', false],
    ['urn:lab:1', 'example.com', false],
    ['https://10.0.0.1/', 'example.com', false],
  ])('on the URI %s permitted by %s: %s', (name, base, expected) => {
    expect(allows(uri(name), { permitted: [uri(base)] })).toBe(expected)
  })

  it('applies directory names to the subject and to alternative names, RDN by RDN', () => {
    const sides = { permitted: [directory('C=NL, O=Lab')] }
    const subject = (text: string) => fake({ subject: text, issuer: 'CA' })
    expect(judgePath(subject('C=nl, O=  lab , CN=x'), constrained(sides))).toEqual([])
    expect(judgePath(subject('C=NL, O=Laboratory'), constrained(sides))).toHaveLength(1)
    expect(judgePath(subject('C=NL'), constrained(sides))).toHaveLength(1)
    expect(allows(directory('C=DE'), { excluded: [directory('C=DE')] })).toBe(false)
  })

  it('applies e-mail constraints to addresses in the subject', () => {
    const leaf = fake({ subject: 'O=Lab, emailAddress=ann@other.example', issuer: 'CA' })
    expect(judgePath(leaf, constrained({ permitted: [email('lab.example')] }))).toHaveLength(1)
  })

  it('applies DNS constraints to the common name of a leaf that has no DNS name', () => {
    const sides = { permitted: [dns('lab.example')] }
    expect(judgePath(fake({ subject: 'www.evil.example', issuer: 'CA' }), constrained(sides))).toHaveLength(1)
    expect(judgePath(fake({ subject: 'Jane Doe', issuer: 'CA' }), constrained(sides))).toEqual([])
    expect(
      judgePath(fake({ subject: 'www.evil.example', issuer: 'CA', dns: ['a.lab.example'] }), constrained(sides)),
    ).toEqual([])
  })

  it('leaves names alone whose type is not constrained', () => {
    expect(allows(email('ann@other.example'), { permitted: [dns('lab.example')] })).toBe(true)
  })

  it('lets excluded win over permitted', () => {
    expect(allows(dns('a.lab.example'), { permitted: [dns('lab.example')], excluded: [dns('a.lab.example')] })).toBe(
      false,
    )
  })

  it('stops at a constraint it cannot judge only when there is a name of that type', () => {
    const sides = { permitted: [generalName('otherName', 'UPN:lab')] }
    expect(allows(generalName('otherName', 'UPN:ann@lab'), sides)).toBe(false)
    expect(allows(dns('a.example'), sides)).toBe(true)
    const bounded = fakeCa({
      subject: 'CA',
      nameConstraints: { permitted: [{ base: dns('lab.example'), minimum: 1 }], excluded: [] },
    })
    expect(judgePath(holding(dns('a.lab.example')), bounded)).toHaveLength(1)
  })

  it('applies to intermediates, but not to self-issued ones', () => {
    const top = constrained({ permitted: [directory('O=Lab')] }, { subject: 'O=Lab, CN=Top' })
    const leaf = fake({ subject: 'O=Lab, CN=leaf', issuer: 'O=Other, CN=Int' })
    const other = fakeCa({ subject: 'O=Other, CN=Int', issuer: 'O=Lab, CN=Top' })
    expect(judgePath(leaf, other, top)).toMatchObject([{ index: 1, code: 'name-constraints' }])
    const selfIssued = fakeCa({ subject: 'O=Other, CN=Int', key: 'new', signedBy: 'O=Other, CN=Int' })
    expect(judgePath(leaf, selfIssued, top)).toEqual([])
  })

  it('tells the first names and how many more', () => {
    const leaf = holding(...[1, 2, 3, 4, 5].map((at) => dns(`n${at}.evil.example`)))
    const problems = judgePath(leaf, constrained({ permitted: [dns('lab.example')] }))
    expect(problems).toMatchObject([{ index: 0, actual: 'DNS n1.evil.example', expected: 'within lab.example' }])
    expect(problems[0]?.message).toBe(
      'The name constraints of "CA" forbid names of "Lab": DNS n1.evil.example (not permitted), DNS n2.evil.example (not permitted), DNS n3.evil.example (not permitted), and 2 more.',
    )
  })

  it('judges 20,000 names against 20,000 subtrees', () => {
    const names = Array.from({ length: 20_000 }, (_, at) => dns(`host.d${at}.example`))
    const bases = Array.from({ length: 20_000 }, (_, at) => dns(`d${at}.example`))
    expect(judgePath(holding(...names), constrained({ permitted: bases }))).toEqual([])
    const problems = judgePath(holding(...names), constrained({ excluded: bases }))
    expect(problems[0]?.message).toContain('and 19997 more')
  })
})
