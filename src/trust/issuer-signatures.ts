/**
 * Recognises products, services and test authorities by the names in a certificate.
 * A name can be set to anything, so a match says what a certificate claims to come from; apply it to chains that are not
 * publicly trusted, and never state a `hint` alone as a fact.
 */
import type { Confidence } from '../core/finding.ts'
import type { Certificate, Name } from '../x509/model.ts'
import { issuerSignatureRows } from './data/issuer-signatures.ts'
import type { SignatureAttribute, SignatureField, SignatureKind } from './signature-kinds.ts'

export interface IssuerSignature {
  /** Stable, kebab-case, unique. */
  readonly id: string
  readonly kind: SignatureKind
  /** Product or service, as shown to people. */
  readonly vendor: string
  readonly field: SignatureField
  readonly attribute: SignatureAttribute
  /** Source of a regular expression with flag `i`. */
  readonly pattern: string
  readonly confidence: Confidence
}

/** What is looked at; names may be decoded or read from text. What is absent is not searched. */
export interface SignatureTarget {
  readonly subject?: Pick<Name, 'rdns'>
  readonly issuer?: Pick<Name, 'rdns'>
  /** Subject alternative names; types as in `GeneralNameType`. */
  readonly sans?: readonly { readonly type: string; readonly value: string }[]
}

export interface SignatureMatch {
  readonly signature: IssuerSignature
  /** Which part of the certificate matched. */
  readonly on: 'issuer' | 'subject' | 'san'
  /** The attribute value, name or alternative name that the pattern was found in. */
  readonly value: string
  /** The part of `value` that the pattern covers. */
  readonly matched: string
}

/** Characters of one value that are searched; X.520 allows 64 for most attributes, real names stay under 500. */
const VALUE_CHARACTERS = 2_048
/** Attributes of one name that are searched; real names have about 10. */
const NAME_ATTRIBUTES = 100
/** Alternative names that are searched; the patterns need only one of a kind that repeats. */
const ALTERNATIVE_NAMES = 1_000

const confidenceRank: Readonly<Record<Confidence, number>> = { certain: 0, likely: 1, hint: 2 }

interface Compiled {
  readonly signature: IssuerSignature
  expression?: RegExp
}

/** Signatures that look at the same place. */
interface Group {
  readonly field: SignatureField
  readonly attribute: SignatureAttribute
  readonly entries: readonly Compiled[]
  /** Any of the patterns, so that the usual miss costs one search. */
  readonly any: RegExp
}

let compiled: readonly Compiled[] | undefined
let grouped: readonly Group[] | undefined

function groups(): readonly Group[] {
  if (grouped !== undefined) return grouped
  const byPlace = new Map<string, Compiled[]>()
  for (const entry of table()) {
    const place = `${entry.signature.field}.${entry.signature.attribute}`
    byPlace.set(place, [...(byPlace.get(place) ?? []), entry])
  }
  grouped = [...byPlace.values()].flatMap((entries) => {
    const first = entries[0]?.signature
    if (first === undefined) return []
    const any = new RegExp(entries.map((entry) => `(?:${entry.signature.pattern})`).join('|'), 'i')
    return { field: first.field, attribute: first.attribute, entries, any }
  })
  return grouped
}

function table(): readonly Compiled[] {
  compiled ??= Object.entries(issuerSignatureRows).flatMap(([kind, rows]) =>
    rows.map(([id, vendor, where, pattern, confidence]) => {
      const [field, attribute] = where.split('.') as [SignatureField, SignatureAttribute]
      return {
        signature: Object.freeze({ id, kind: kind as SignatureKind, vendor, field, attribute, pattern, confidence }),
      }
    }),
  )
  return compiled
}

/** Every signature, in the order of the data. */
export function issuerSignatures(): readonly IssuerSignature[] {
  return table().map((entry) => entry.signature)
}

/** The values a name offers to each kind of pattern. */
function valuesOf(name: Pick<Name, 'rdns'> | undefined): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, string[]>()
  const parts: string[] = []
  for (const attribute of name?.rdns.flat().slice(0, NAME_ATTRIBUTES) ?? []) {
    const value = attribute.value.slice(0, VALUE_CHARACTERS)
    values.set(attribute.type, [...(values.get(attribute.type) ?? []), value])
    parts.push(`${attribute.type}=${value}`)
  }
  values.set('DN', parts.length === 0 ? [] : [parts.join(',').slice(0, VALUE_CHARACTERS)])
  return values
}

function sanValues(sans: SignatureTarget['sans']): ReadonlyMap<string, readonly string[]> {
  const ofType = (type: string) =>
    (sans ?? [])
      .slice(0, ALTERNATIVE_NAMES)
      .filter((san) => san.type === type)
      .map((san) => san.value.slice(0, VALUE_CHARACTERS))
  return new Map([
    ['dNSName', ofType('DNS')],
    ['URI', ofType('URI')],
  ])
}

/**
 * All signatures that fit, the best first: by confidence, then by length of the matched text.
 * Each signature is reported once. Overlong names are searched in their first part only.
 */
export function matchSignatures(target: SignatureTarget): readonly SignatureMatch[] {
  const places = {
    issuer: valuesOf(target.issuer),
    subject: valuesOf(target.subject),
    san: sanValues(target.sans),
  }
  const matches: SignatureMatch[] = []
  for (const group of groups()) {
    const fields = group.field === 'any' ? (['issuer', 'subject'] as const) : [group.field]
    const found = new Set<Compiled>()
    for (const on of fields) {
      const values = (places[on].get(group.attribute) ?? []).filter((value) => group.any.test(value))
      for (const entry of values.length === 0 ? [] : group.entries) {
        const hit = found.has(entry) ? undefined : firstHit(entry, values)
        if (hit === undefined) continue
        found.add(entry)
        matches.push({ signature: entry.signature, on, ...hit })
      }
    }
  }
  return matches.sort(
    (a, b) =>
      confidenceRank[a.signature.confidence] - confidenceRank[b.signature.confidence] ||
      b.matched.length - a.matched.length,
  )
}

function firstHit(entry: Compiled, values: readonly string[]): { value: string; matched: string } | undefined {
  entry.expression ??= new RegExp(entry.signature.pattern, 'i')
  for (const value of values) {
    const found = entry.expression.exec(value)
    if (found !== null) return { value, matched: found[0] }
  }
  return undefined
}

/** What {@link matchSignatures} needs of a decoded certificate. */
export function signatureTargetOf(cert: Pick<Certificate, 'subject' | 'issuer' | 'subjectAltNames'>): SignatureTarget {
  return { subject: cert.subject, issuer: cert.issuer, sans: cert.subjectAltNames }
}
