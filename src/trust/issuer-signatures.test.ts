import { describe, expect, it } from 'vitest'
import { oid } from '../core/brand.ts'
import { nameFromRdns, parseNameText } from '../x509/name.ts'
import { issuerSignatureEvidence } from './data/issuer-signature-evidence.ts'
import { type IssuerSignature, issuerSignatures, matchSignatures, type SignatureTarget } from './issuer-signatures.ts'
import type { CaName } from './name-match.ts'
import { knownIntermediates, knownRoots } from './public-cas.ts'

const signatures = issuerSignatures()
const ids = (target: SignatureTarget) => matchSignatures(target).map((match) => match.signature.id)

/** A certificate in which the example stands where the signature looks. */
function targetOf(signature: IssuerSignature, example: string): SignatureTarget {
  const [type = '', ...rest] = example.split(':')
  if (signature.field === 'san') return { sans: [{ type, value: rest.join(':') }] }
  const name = parseNameText(example, { reversed: true })
  return signature.field === 'issuer' ? { issuer: name } : { subject: name }
}

const nameOf = ({ cn, o }: CaName) => {
  const attribute = (type: 'O' | 'CN', value: string) => [
    { oid: oid(type === 'CN' ? '2.5.4.3' : '2.5.4.10'), type, value },
  ]
  return nameFromRdns([...(o === undefined ? [] : [attribute('O', o)]), attribute('CN', cn)])
}

describe('issuer signatures', () => {
  it('have unique kebab-case ids and an example each', () => {
    expect(new Set(signatures.map((signature) => signature.id)).size).toBe(signatures.length)
    for (const { id } of signatures) expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    expect(Object.keys(issuerSignatureEvidence).sort()).toEqual(signatures.map((signature) => signature.id).sort())
  })

  it.each(signatures.map((signature) => [signature.id, signature] as const))(
    '%s matches its example',
    (id, signature) => {
      const example = issuerSignatureEvidence[id]?.example ?? ''
      expect(ids(targetOf(signature, example))).toContain(id)
    },
  )

  it('use only constructs that match in linear time', () => {
    for (const { id, pattern } of signatures) {
      const outsideClasses = pattern.replace(/\\./g, '_').replace(/\[[^\]]*\]/g, '_')
      expect(outsideClasses, id).not.toMatch(/[*+]|\{\d+,\}|\(\?[=!<]|\\[1-9k]/)
      expect(() => new RegExp(pattern, 'i')).not.toThrow()
    }
  })

  it('take no public root or intermediate for an interception product', () => {
    for (const ca of [...knownRoots(), ...knownIntermediates()]) {
      const name = nameOf(ca)
      const wrong = matchSignatures({ issuer: name, subject: name })
        .filter(
          (match) => match.signature.kind.startsWith('interception-') || match.signature.kind === 'cloudflare-gateway',
        )
        .map((match) => `${match.signature.id}: ${match.value}`)
      expect(wrong).toEqual([])
    }
  })

  it('take no public root or intermediate for a staging, Origin CA or factory certificate', () => {
    for (const ca of [...knownRoots(), ...knownIntermediates()]) {
      const name = nameOf(ca)
      const wrong = matchSignatures({ issuer: name, subject: name })
        .filter((match) => match.signature.confidence !== 'hint')
        .filter((match) => ['acme-staging', 'cloudflare-origin', 'product-default'].includes(match.signature.kind))
        .map((match) => `${match.signature.id}: ${match.value}`)
      expect(wrong).toEqual([])
    }
  })
})

describe('matchSignatures', () => {
  it('puts certain before likely before hint, and longer text first among equals', () => {
    const matches = matchSignatures({
      issuer: parseNameText('CN=Zscaler Intermediate Root CA (zscaler.net) SSL inspection,O=Zscaler Inc.'),
    })
    expect(matches.map((match) => match.signature.id)).toEqual([
      'zscaler-intermediate-ca',
      'zscaler-org',
      'generic-ssl-inspection',
    ])
    expect(matches[0]).toMatchObject({ on: 'issuer', matched: 'Zscaler Intermediate Root CA' })
  })

  it('looks at the issuer only where a signature says so', () => {
    expect(ids({ subject: parseNameText('CN=FortiGate CA') })).not.toContain('fortinet-fortigate-ca')
    expect(ids({ issuer: parseNameText('CN=FortiGate CA') })).toContain('fortinet-fortigate-ca')
  })

  it('does not find an exact name inside a longer one', () => {
    expect(ids({ subject: parseNameText('O=Kongsberg Automotive') })).toEqual([])
    expect(ids({ issuer: parseNameText('CN=R100') })).toEqual([])
    expect(ids({ sans: [{ type: 'DNS', value: 'ingress.local.example.com' }] })).toEqual([])
  })

  it('reads names whatever tool printed them', () => {
    for (const text of [
      '/C=US/ST=California/O=Zscaler Inc./CN=Zscaler Root CA/emailAddress=support@zscaler.com',
      'C = US, O = Zscaler Inc., CN = Zscaler Root CA, emailAddress = support@zscaler.com',
      'EMAILADDRESS=support@zscaler.com, CN=Zscaler Root CA, O=Zscaler Inc.',
    ]) {
      expect(ids({ issuer: parseNameText(text) })[0], text).toBe('zscaler-root-ca')
    }
    expect(ids({ issuer: parseNameText('E=certadmin@netskope.com, CN=x') })).toContain('netskope-email')
  })

  it('finds nothing in an empty target', () => {
    expect(matchSignatures({})).toEqual([])
  })

  it('returns on hostile names, and still finds a signature at their start', () => {
    const pieces = [
      'a',
      ' ',
      '-',
      'ca.',
      'firewall',
      'spiffe://',
      'trend micro',
      'internal ',
      'MySQL_a',
      'ssl ',
      'DC=',
      '.serviceaccount.identity.a',
    ]
    for (const piece of pieces) {
      const hostile = piece.repeat(Math.ceil(300_000 / piece.length))
      const name = nameFromRdns([
        [{ oid: oid('2.5.4.3'), type: 'CN', value: hostile }],
        [{ oid: oid('2.5.4.10'), type: 'O', value: `Zscaler Inc. ${hostile}` }],
      ])
      expect(
        ids({
          issuer: name,
          subject: name,
          sans: [
            { type: 'DNS', value: hostile },
            { type: 'URI', value: hostile },
          ],
        }),
      ).toContain('zscaler-org')
    }
    const many = nameFromRdns(
      Array.from({ length: 300_000 }, () => [{ oid: oid('2.5.4.3'), type: 'CN', value: 'internal ' }]),
    )
    expect(ids({ issuer: many, subject: many })).toEqual([])
  })
})
