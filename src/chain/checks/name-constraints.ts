/** Name constraints of issuers against the names below them: RFC 5280 sections 4.2.1.10 and 6.1.3 (b) and (c). */
import { oid } from '../../core/brand.ts'
import type { Certificate, GeneralName, GeneralNameType, GeneralSubtree } from '../../x509/model.ts'
import { rfc4514 } from '../../x509/name.ts'
import type { PathProblem } from '../model.ts'
import { toAscii } from '../punycode.ts'
import type { Work } from '../work.ts'
import { type Check, called, type FoundPath, isWaived, problem } from './check.ts'
import {
  directoryMatcher,
  dnsMatcher,
  emailMatcher,
  ipMatcher,
  type Matcher,
  type Subtrees,
  uriMatcher,
} from './name-matchers.ts'

type Constraints = NonNullable<Certificate['nameConstraints']>

interface Violation {
  readonly name: GeneralName
  readonly kind: 'not-permitted' | 'excluded' | 'unjudged'
  /** The excluded subtree it falls under. */
  readonly base?: string
}

interface TypeRule {
  readonly permitted?: Matcher
  readonly excluded?: Matcher
  /** True for types and fields of constraints that no client can apply: a name of the type then stops the path. */
  readonly unusable: boolean
}

const makers: Partial<Record<GeneralNameType, (subtrees: Subtrees) => Matcher>> = {
  DNS: dnsMatcher,
  IP: ipMatcher,
  email: emailMatcher,
  URI: uriMatcher,
  directory: directoryMatcher,
}

/** Violating names quoted in one message. */
const quotedNames = 3

type Rules = ReadonlyMap<GeneralNameType, TypeRule>
/** What was found before, or that the budget did not suffice. */
type Judgement = readonly Violation[] | 'limit'

const compiled = new WeakMap<Constraints, Rules>()

/**
 * Names of the leaf and of every issuer that a constraint above them does not allow. Self-issued issuers are passed
 * over, as RFC 5280 has it; an anchor's constraints count, as OpenSSL has it, unless `anchor.nameConstraints` is off. One
 * problem per constraining pair.
 */
export const checkNameConstraints: Check = (path, options, work) =>
  path.certificates.flatMap((issuer, above) => {
    const constraints = issuer.nameConstraints
    if (above === 0 || constraints === undefined) return []
    if (isWaived(path, above, options, 'nameConstraints')) return []
    return path.certificates.slice(0, above).flatMap((certificate, index) => {
      if (index > 0 && certificate.selfIssued) return []
      const violations = violationsOf(constraints, certificate, index === 0, work)
      if (violations === 'limit') return [unsettled(path, index, above, work)]
      if (violations.length === 0) return []
      const shown = violations.slice(0, quotedNames).map(describe)
      const more = violations.length > quotedNames ? `, and ${violations.length - quotedNames} more` : ''
      const message = `The name constraints of ${called(issuer)} forbid names of ${called(certificate)}: ${shown.join(', ')}${more}.`
      const actual = violations[0] === undefined ? '' : nameText(violations[0].name)
      const facts = { actual, expected: permittedText(constraints, violations), by: above }
      return [problem(path, index, 'name-constraints', message, facts)]
    })
  })

/**
 * Judges a certificate against an issuer's constraints, once in a search: a leaf is no issuer there, so that its role
 * need not be told apart.
 */
function violationsOf(constraints: Constraints, certificate: Certificate, leaf: boolean, work: Work): Judgement {
  const memo = work.memo<Judgement>(constraints)
  const known = memo.get(certificate)
  if (known !== undefined) return known
  const judgement = judgeAll(constraints, certificate, leaf, work)
  memo.set(certificate, judgement)
  return judgement
}

function judgeAll(constraints: Constraints, certificate: Certificate, leaf: boolean, work: Work): Judgement {
  const names = namesOf(certificate, leaf)
  const rules = compiled.get(constraints) ?? compile(constraints)
  compiled.set(constraints, rules)
  return work.spend('nameChecks', names.length) ? names.flatMap((name) => judge(name, rules.get(name.type))) : 'limit'
}

function unsettled(path: FoundPath, index: number, above: number, work: Work): PathProblem {
  const [certificate, issuer] = [path.certificates[index], path.certificates[above]]
  const names = certificate === undefined ? 'names' : `the names of ${called(certificate)}`
  const whose = issuer === undefined ? '' : ` of ${called(issuer)}`
  const limit = work.limit('nameChecks')
  const message = `Not all of ${names} were held against the name constraints${whose}: the limit is ${limit} names in one search.`
  return problem(path, index, 'search-limit', message, { expected: `at most ${limit} names`, by: above })
}

function judge(name: GeneralName, rule: TypeRule | undefined): Violation[] {
  if (rule === undefined) return []
  if (rule.unusable) return [{ name, kind: 'unjudged' }]
  const excluded = rule.excluded?.(name)
  if (excluded === 'unusable') return [{ name, kind: 'unjudged' }]
  if (excluded !== undefined) return [{ name, kind: 'excluded', base: excluded.base }]
  if (rule.permitted === undefined) return []
  const permitted = rule.permitted(name)
  if (permitted === 'unusable') return [{ name, kind: 'unjudged' }]
  return permitted === undefined ? [{ name, kind: 'not-permitted' }] : []
}

function compile(constraints: Constraints): ReadonlyMap<GeneralNameType, TypeRule> {
  const types = new Set([...constraints.permitted, ...constraints.excluded].map(({ base }) => base.type))
  return new Map(
    [...types].map((type): [GeneralNameType, TypeRule] => {
      const ofType = (list: readonly GeneralSubtree[]) => list.filter(({ base }) => base.type === type)
      const permitted = ofType(constraints.permitted)
      const excluded = ofType(constraints.excluded)
      const maker = makers[type]
      // RFC 5280 section 4.2.1.10: minimum is zero and maximum absent; OpenSSL refuses anything else.
      const bounded = [...permitted, ...excluded].some(({ minimum, maximum }) => minimum !== 0 || maximum !== undefined)
      if (maker === undefined || bounded) return [type, { unusable: true }]
      const make = (list: readonly GeneralSubtree[], out: boolean) =>
        maker({ bases: list.map(({ base }) => base), excluded: out })
      return [
        type,
        {
          unusable: false,
          ...(permitted.length === 0 ? {} : { permitted: make(permitted, false) }),
          ...(excluded.length === 0 ? {} : { excluded: make(excluded, true) }),
        },
      ]
    }),
  )
}

const emailAddress = oid('1.2.840.113549.1.9.1')
const commonName = oid('2.5.4.3')
const hostShape = /^(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9-]{1,63}$/i
const noBytes = new Uint8Array()

/**
 * Alternative names, subject, e-mail addresses in the subject, and the common name of a leaf without DNS names where it
 * looks like a host (OpenSSL, `NAME_CONSTRAINTS_check_CN`).
 */
function namesOf(certificate: Certificate, leaf: boolean): GeneralName[] {
  const { subject, subjectAltNames } = certificate
  const names = subjectAltNames.map(asMail)
  if (subject.rdns.flat().length === 0) return names
  names.push({ type: 'directory', value: rfc4514(subject), bytes: noBytes, name: subject })
  for (const attribute of subject.rdns.flat()) {
    if (attribute.oid === emailAddress) names.push({ type: 'email', value: attribute.value, bytes: noBytes })
    const host = leaf && attribute.oid === commonName && hostShape.test(attribute.value)
    if (host && !subjectAltNames.some(({ type }) => type === 'DNS')) {
      names.push({ type: 'DNS', value: attribute.value, bytes: noBytes })
    }
  }
  return names
}

/**
 * An internationalised mailbox falls under the constraints on mailboxes (RFC 9598 section 6). Its host is compared by
 * A-labels, which RFC 9598 asks for; RFC 8398 had U-labels.
 */
function asMail(name: GeneralName): GeneralName {
  const { mailbox, bytes } = name
  if (mailbox === undefined) return name
  const at = mailbox.lastIndexOf('@')
  const host = toAscii(mailbox.slice(at + 1))
  return { type: 'email', value: at === -1 || host === undefined ? '' : `${mailbox.slice(0, at)}@${host}`, bytes }
}

const nameText = (name: GeneralName): string => `${name.type} ${name.value}`

function describe({ name, kind, base }: Violation): string {
  if (kind === 'excluded') return `${nameText(name)} (excluded by ${base})`
  return kind === 'unjudged' ? `${nameText(name)} (cannot be judged)` : `${nameText(name)} (not permitted)`
}

function permittedText(constraints: Constraints, violations: readonly Violation[]): string {
  const type = violations[0]?.name.type
  const bases = constraints.permitted.filter(({ base }) => base.type === type).map(({ base }) => base.value)
  if (bases.length === 0) return 'a name outside the excluded ones'
  const more = bases.length > quotedNames ? ` and ${bases.length - quotedNames} more` : ''
  return `within ${bases.slice(0, quotedNames).join(', ')}${more}`
}
