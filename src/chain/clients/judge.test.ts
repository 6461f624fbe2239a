import { describe, expect, it } from 'vitest'
import { oid, unixMs } from '../../core/brand.ts'
import type { KnownRoot } from '../../trust/public-ca-tables.ts'
import { knownRoots } from '../../trust/public-cas.ts'
import { rootBySha256 } from '../../trust/roots.ts'
import type { Certificate } from '../../x509/model.ts'
import { nameFromRdns } from '../../x509/name.ts'
import type { BuildResult, BuiltPath, PathProblem, PathProblemCode, PoolSource } from '../model.ts'
import { algorithm, type FakeFacts, fake, fakeCa, now } from '../testing/fake.ts'
import type { ClientEvidence } from './evidence.ts'
import { judgeClient, judgeClients } from './judge.ts'
import { clientProfiles } from './profiles.ts'

const isrgX1 = builtIn('96bcec06264976f37460779acf28c5a7cfe8a3c0aae11a8ffcee05c0bddf08c6')
const leafFacts = { subject: 'shop.example', issuer: 'Int', dns: ['shop.example'] } as const
const leaf = fake(leafFacts)
const int = fakeCa({ subject: 'Int', issuer: 'Internet Security Research Group' })

function builtIn(sha256: string): Certificate {
  const root = rootBySha256(sha256)
  if (root === undefined) throw new Error(`no built-in root ${sha256}`)
  return root
}

/** A fake that a row of the tables takes for its own, by name and key. */
function rootLike(wanted: (root: KnownRoot) => boolean): Certificate {
  const found = knownRoots().find(wanted)
  if (found === undefined) throw new Error('no such root in the tables')
  const { publicKey, ...root } = fakeCa({ subject: found.cn.replaceAll(/\W/g, '') })
  const attribute = (type: 'O' | 'CN', value: string) => [
    { oid: oid(type === 'CN' ? '2.5.4.3' : '2.5.4.10'), type, value },
  ]
  const subject = nameFromRdns([...(found.o === undefined ? [] : [attribute('O', found.o)]), attribute('CN', found.cn)])
  return { ...root, subject, issuer: subject, publicKey: { ...publicKey, spkiSha256: found.spkiSha256 } }
}

const problem = (index: number, code: PathProblemCode, message = `The problem ${code}.`): PathProblem => ({
  code,
  index,
  message,
  certificate: leaf.sha256,
  severity: 'fatal',
})

function path(certificates: readonly Certificate[], facts: Partial<BuiltPath> = {}): BuiltPath {
  const top = certificates.at(-1)
  const sources = certificates.map((certificate): PoolSource => (certificate === top ? 'store' : 'served'))
  const problems = facts.problems ?? []
  return {
    certificates,
    sources,
    signatures: certificates.map(() => 'valid'),
    anchored: true,
    valid: problems.length === 0,
    ...facts,
    problems,
  }
}

const build = (...paths: readonly BuiltPath[]): BuildResult => ({
  paths,
  budgetExhausted: false,
  exhausted: [],
  work: { steps: 0, signatureChecks: 0 },
})

function scene(facts: Partial<ClientEvidence> & { readonly servedBuild: BuildResult }): ClientEvidence {
  const certificate = facts.servedBuild.paths[0]?.certificates[0] ?? leaf
  return {
    at: now,
    leaf: { certificate },
    served: [{ certificate }],
    purpose: 'server',
    supplement: false,
    servedIs: 'complete',
    build: facts.servedBuild,
    end: { kind: 'anchored' },
    target: { host: 'shop.example', from: 'servername' },
    ...facts,
  }
}

const complete = (root: Certificate, first = leaf): ClientEvidence =>
  scene({ servedBuild: build(path([first, int, root])) })

function judge(id: string, evidence: ClientEvidence) {
  const profile = clientProfiles.find((one) => one.id === id)
  if (profile === undefined) throw new Error(`no profile ${id}`)
  return judgeClient(evidence, profile)
}

const verdicts = (evidence: ClientEvidence): ReadonlyMap<string, string> =>
  new Map(judgeClients(evidence).map(({ profile, trusted }) => [profile.id, trusted]))

describe('the store of a client', () => {
  it('accepts a public root by the list of a day', () => {
    const sent = complete(isrgX1)
    expect(judge('firefox', sent)).toEqual({ trusted: 'yes', reason: '"ISRG Root X1" is in its list of 2026-07-19.' })
    for (const id of ['apple', 'windows', 'android-17', 'java-17', 'openssl-3', 'go', 'node-20', 'python-requests'])
      expect(judge(id, sent).trusted, id).toBe('yes')
  })

  it('refuses a root that came into the platform with a later version', () => {
    const sent = complete(isrgX1)
    expect(judge('android-7.0', sent)).toEqual({
      trusted: 'no',
      reason: '"ISRG Root X1" is not in its list of 2016-03-21.',
    })
    expect(judge('android-7.1.1', sent).trusted).toBe('yes')
    expect(judge('java-8-old', sent)).toEqual({
      trusted: 'no',
      reason: '"ISRG Root X1" came into Java with 7u151, 8u141 and 9 only.',
    })
  })

  it('takes Chrome to trust only what all four other stores trust', () => {
    expect(judge('chrome', complete(isrgX1)).trusted).toBe('yes')
    const partly = rootLike(({ stores }) => stores.includes('mozilla') && !stores.includes('apple'))
    expect(judge('chrome', complete(partly))).toMatchObject({
      trusted: 'unknown',
      reason: expect.stringContaining('is in only some of these lists'),
    })
  })

  it('is not sure of a root in a list without purposes', () => {
    const other = rootLike(({ stores, microsoftNotTrusted }) => stores.join() === 'microsoft' && !microsoftNotTrusted)
    expect(judge('windows', complete(other))).toMatchObject({
      trusted: 'unknown',
      reason: expect.stringContaining('does not tell for which purposes'),
    })
    expect(judge('firefox', complete(other)).trusted).toBe('no')
  })

  it('may have been updated from Android 14 on', () => {
    const current = knownRoots().filter(({ stores }) => stores.includes('android'))
    const judged = (id: string) =>
      new Set(current.map((entry) => judge(id, complete(rootLike((root) => root === entry))).trusted))
    expect(judged('android-14')).toEqual(new Set(['yes', 'unknown']))
    expect(judged('android-10')).toEqual(new Set(['yes', 'no']))
  })

  it('is empty in a bare container', () => {
    expect(judge('bare-container', complete(isrgX1))).toMatchObject({
      trusted: 'no',
      reason: expect.stringContaining('no roots at all'),
    })
  })

  it('holds no private root, and says that organisations add some', () => {
    const root = fakeCa({ subject: 'Private Root' })
    const own = scene({
      servedBuild: build(path([leaf, int, root], { anchored: false, problems: [problem(2, 'untrusted-root')] })),
      end: { kind: 'self-signed' },
    })
    for (const { trusted, reason } of judgeClients(own)) {
      expect(trusted).toBe('no')
      expect(reason).toMatch(/^The chain ends at "Private Root", .* organisation added are not known here\.$/)
    }
    const imported = scene({ servedBuild: build(path([leaf, int, root])) })
    expect(new Set(verdicts(imported).values())).toEqual(new Set(['no']))
  })
})

describe('a missing intermediate', () => {
  const withUrl = fake({ ...leafFacts, caIssuers: ['http://ca.example/int.crt'] })
  const short = (first: Certificate) => path([first], { anchored: false, problems: [problem(0, 'issuer-not-found')] })
  const whole = (first: Certificate) => path([first, int, isrgX1], { sources: ['supplied', 'supplied', 'store'] })
  const missing = (first: Certificate) =>
    scene({ servedBuild: build(short(first)), build: build(whole(first)), end: { kind: 'supplied' } })

  it('stops clients that do not fetch', () => {
    for (const id of ['curl', 'java-17', 'go', 'node-20', 'python-requests', 'android-17'])
      expect(judge(id, missing(withUrl)), id).toEqual({
        trusted: 'no',
        reason: 'The server does not send "Int", and this client does not fetch what is missing.',
      })
  })

  it('is fetched by clients that do, from the address in the certificate', () => {
    for (const id of ['chrome', 'apple', 'windows'])
      expect(judge(id, missing(withUrl)), id).toMatchObject({
        trusted: 'yes',
        reason: expect.stringContaining('http://ca.example/int.crt'),
      })
    expect(judge('windows', missing(leaf))).toMatchObject({
      trusted: 'no',
      reason: expect.stringContaining('names no address'),
    })
  })

  it('may be preloaded by Firefox', () => {
    expect(judge('firefox', missing(leaf)).trusted).toBe('unknown')
  })

  it('is no guess where only its name is known', () => {
    const entry = { kind: 'intermediate', by: 'key-id' }
    const named = scene({
      servedBuild: build(short(withUrl)),
      end: { kind: 'public', issuer: entry as NonNullable<ClientEvidence['end']['issuer']> },
    })
    expect(judge('chrome', named).trusted).toBe('unknown')
    expect(judge('curl', named).trusted).toBe('no')
  })

  it('is not missing because it was among what the server sent', () => {
    const sent = { ...missing(withUrl), served: [{ certificate: withUrl }, { certificate: int }] }
    expect(judge('curl', sent).reason).not.toContain('does not send')
  })
})

describe('what cannot be judged', () => {
  it('is unknown when the paste does not show all that was sent', () => {
    const part = scene({
      servedBuild: build(path([leaf], { anchored: false, problems: [problem(0, 'issuer-not-found')] })),
      servedIs: 'partial',
      end: { kind: 'unknown' },
    })
    expect(new Set(verdicts(part).values())).toEqual(new Set(['unknown']))
  })

  it('is unknown when the issuer belongs to a public CA, but is not in the tables', () => {
    const open = scene({
      servedBuild: build(path([leaf], { anchored: false, problems: [problem(0, 'issuer-not-found')] })),
      end: { kind: 'public-organisation' },
    })
    expect(new Set(verdicts(open).values())).toEqual(new Set(['unknown']))
  })

  it('has no rows for a client certificate', () => {
    expect(judgeClients({ ...complete(isrgX1), purpose: 'client' })).toEqual([])
  })

  it('is unknown when clients differ about a problem in ways that are not known', () => {
    const odd = scene({ servedBuild: build(path([leaf, int, isrgX1], { problems: [problem(1, 'profile')] })) })
    expect(judge('go', odd)).toMatchObject({
      trusted: 'unknown',
      reason: expect.stringMatching(/The problem profile\.$/),
    })
  })
})

describe('names', () => {
  const named = (facts: Partial<FakeFacts>) => complete(isrgX1, fake({ ...leafFacts, ...facts }))

  it('for another host are refused by everybody', () => {
    const judged = verdicts({ ...complete(isrgX1), target: { host: 'other.example', from: 'servername' } })
    expect(new Set(judged.values())).toEqual(new Set(['no']))
  })

  it('are not compared with an address that was only connected to', () => {
    const at = (from: string) => ({ ...complete(isrgX1), target: { host: '192.0.2.7', from } })
    expect(judge('curl', at('connect')).trusted).toBe('yes')
    expect(judge('curl', at('option')).trusted).toBe('no')
  })

  it('in the common name alone are compared by some', () => {
    const evidence = named({ dns: [] })
    for (const id of ['curl', 'openssl-3', 'java-17', 'node-20']) expect(judge(id, evidence).trusted, id).toBe('yes')
    for (const id of ['chrome', 'firefox', 'apple', 'go', 'python-requests', 'android-17'])
      expect(judge(id, evidence), id).toMatchObject({ trusted: 'no', reason: expect.stringContaining('common name') })
    expect(judge('windows', evidence).trusted).toBe('unknown')
  })

  it('by an odd wildcard are taken by some', () => {
    const judged = (name: string, host: string) => {
      const target = { host, from: 'servername' }
      return verdicts({ ...named({ dns: [name] }), target })
    }
    const partial = judged('f*.shop.example', 'foo.shop.example')
    for (const id of ['openssl-3', 'node-20', 'java-17']) expect(partial.get(id), id).toBe('yes')
    for (const id of ['chrome', 'firefox', 'go', 'curl', 'python-requests']) expect(partial.get(id), id).toBe('no')
    for (const id of ['windows', 'wget', 'android-17']) expect(partial.get(id), id).toBe('unknown')
    const registry = judged('*.co.uk', 'shop.co.uk')
    expect([registry.get('chrome'), registry.get('openssl-3'), registry.get('apple')]).toEqual(['no', 'yes', 'unknown'])
    const top = judged('*.com', 'shop.com')
    expect([top.get('go'), top.get('java-17'), top.get('openssl-3')]).toEqual(['yes', 'yes', 'no'])
    expect(new Set(judged('f*.shop.example', 'bar.shop.example').values())).toEqual(new Set(['no']))
    const { reason } = judge('go', {
      ...named({ dns: ['f*.shop.example'] }),
      target: { host: 'foo.shop.example', from: 'servername' },
    })
    expect(reason).toBe(
      '"shop.example" names foo.shop.example by f*.shop.example only, which this client does not take.',
    )
  })

  it('are missed also where the host is not known', () => {
    const { target, ...rest } = named({ dns: [] })
    expect(target).toBeDefined()
    expect(judge('go', rest)).toMatchObject({
      trusted: 'no',
      reason: expect.stringContaining('no subject alternative name'),
    })
  })
})

describe('dates', () => {
  it('of the leaf count for everybody', () => {
    const expired = scene({ servedBuild: build(path([leaf, int, isrgX1], { problems: [problem(0, 'expired')] })) })
    expect(new Set(verdicts(expired).values())).toEqual(new Set(['no']))
  })

  it('of the root count for some', () => {
    const late = { ...complete(isrgX1), at: unixMs(Date.UTC(2036, 0, 1)) }
    for (const id of ['firefox', 'curl', 'go', 'node-20'])
      expect(judge(id, late), id).toEqual({
        trusted: 'no',
        reason: 'The root "ISRG Root X1" expired on 2035-06-04, and this client checks the dates of roots.',
      })
    for (const id of ['java-17', 'android-17'])
      expect(judge(id, late), id).toMatchObject({
        trusted: 'yes',
        reason: expect.stringContaining('but this client does not look at the dates of roots'),
      })
    for (const id of ['windows', 'chrome']) expect(judge(id, late).trusted, id).toBe('unknown')
  })

  it('of a cross-signed copy do not matter to clients that have the root', () => {
    const copy = { ...isrgX1, sha256: 'copy' as typeof isrgX1.sha256, selfIssued: false, issuer: int.subject }
    const cross = path([leaf, int, { ...copy, notAfter: unixMs(now - 1) }], {
      sources: ['served', 'served', 'served'],
      problems: [problem(2, 'expired')],
    })
    const evidence = scene({ servedBuild: build(cross, path([leaf, int, isrgX1])) })
    expect(judge('openssl-3', evidence).trusted).toBe('yes')
    expect(judge('openssl-1.0.2', evidence)).toMatchObject({
      trusted: 'unknown',
      reason: expect.stringContaining('follows what is sent first'),
    })
  })

  it('of long validity are refused below a public root by Apple and Chrome', () => {
    const long = complete(isrgX1, fake({ ...leafFacts, from: -100, to: 300 }))
    for (const id of ['apple', 'chrome'])
      expect(judge(id, long), id).toMatchObject({ trusted: 'no', reason: expect.stringContaining('accepts 398') })
    expect(judge('firefox', long).trusted).toBe('yes')
  })

  it('after the end of trust in a CA are refused', () => {
    const entrust = rootLike(({ cn }) => cn === 'Entrust Root Certification Authority - G2')
    expect(judge('apple', complete(entrust))).toMatchObject({
      trusted: 'no',
      reason: expect.stringContaining('after 2024-11-15'),
    })
    expect(judge('java-17', complete(entrust))).toMatchObject({
      trusted: 'no',
      reason: expect.stringContaining('after 2024-11-11'),
    })
  })
})

describe('the limits that a root sets', () => {
  const limited = (problems: readonly PathProblem[]) =>
    scene({ servedBuild: build(path([leaf, int, isrgX1], { problems })) })
  const ofRoot = (code: PathProblemCode) => limited([problem(2, code, 'The root says no.')])
  const names = limited([{ ...problem(0, 'name-constraints', 'The root forbids the name.'), by: 2 }])

  it('count for clients that judge roots as other issuers', () => {
    for (const id of ['firefox', 'go', 'openssl-3', 'curl', 'node-20', 'python-requests'])
      for (const evidence of [names, ofRoot('path-length-exceeded'), ofRoot('extended-key-usage')])
        expect(judge(id, evidence), id).toMatchObject({
          trusted: 'no',
          reason: expect.stringMatching(/^The root .*\. This client applies the .* of its roots\.$/),
        })
  })

  it('are passed over by Java and Apple, which say so', () => {
    for (const id of ['java-17', 'apple'])
      expect(judge(id, names), id).toMatchObject({
        trusted: 'yes',
        reason: expect.stringContaining('This client passes over the name constraints of its roots.'),
      })
    expect(judge('java-17', ofRoot('path-length-exceeded')).trusted).toBe('yes')
    expect(judge('java-17', ofRoot('key-usage-no-cert-sign')).trusted).toBe('no')
  })

  it('count for GnuTLS but for the extended key usage', () => {
    expect(judge('wget', names).trusted).toBe('no')
    expect(judge('wget', ofRoot('extended-key-usage'))).toMatchObject({
      trusted: 'yes',
      reason: expect.stringContaining('passes over the extended key usage of its roots'),
    })
  })

  it('are a matter of the single root to Chrome, and not known of others', () => {
    expect(judge('chrome', names)).toMatchObject({
      trusted: 'unknown',
      reason: 'The root forbids the name. Whether that counts this client decides root by root.',
    })
    expect(judge('windows', names)).toMatchObject({
      trusted: 'unknown',
      reason:
        'The root forbids the name. Whether this client applies the name constraints of its roots is not known here.',
    })
  })

  it('do not reach clients whose root is further down', () => {
    const above = scene({
      servedBuild: build(
        path([leaf, int, isrgX1, fakeCa({ subject: 'Above' })], {
          problems: [{ ...problem(0, 'name-constraints'), by: 3 }, problem(3, 'path-length-exceeded')],
        }),
      ),
    })
    expect(judge('curl', above)).toEqual({ trusted: 'yes', reason: expect.stringContaining('is in its list of') })
  })

  it('of an issuer in between count for everybody', () => {
    const between = limited([{ ...problem(0, 'name-constraints'), by: 1 }])
    expect(new Set(verdicts(between).values())).toEqual(new Set(['no']))
  })
})

describe('keys and digests', () => {
  const rsa = { ...leaf.publicKey, algorithm: 'RSA' as const, bits: 1024 }
  const weak = (facts: Partial<FakeFacts>, code: PathProblemCode) =>
    scene({
      servedBuild: build(path([fake({ ...leafFacts, ...facts }), int, isrgX1], { problems: [problem(0, code)] })),
    })

  it('of 1024 bits are refused by some', () => {
    const evidence = weak({ publicKey: rsa }, 'weak-key')
    for (const id of ['apple', 'curl', 'python-requests'])
      expect(judge(id, evidence), id).toMatchObject({ trusted: 'no', reason: expect.stringContaining('2048 bits') })
    for (const id of ['chrome', 'java-17']) expect(judge(id, evidence).trusted, id).toBe('yes')
    expect(judge('windows', evidence).trusted).toBe('unknown')
  })

  it('of SHA-1 are refused by those that say so', () => {
    const evidence = weak({ signatureAlgorithm: algorithm('sha1WithRSAEncryption', 'SHA-1') }, 'weak-digest')
    for (const id of ['chrome', 'apple', 'go', 'curl', 'java-17']) expect(judge(id, evidence).trusted, id).toBe('no')
    expect(judge('android-10', evidence).trusted).toBe('unknown')
  })
})

describe('the profiles', () => {
  it('have ids, labels and sources of their own', () => {
    expect(new Set(clientProfiles.map(({ id }) => id)).size).toBe(clientProfiles.length)
    expect(new Set(clientProfiles.map(({ label }) => label)).size).toBe(clientProfiles.length)
    for (const { id, sources } of clientProfiles) {
      expect(id).toMatch(/^[a-z0-9.]+(-[a-z0-9.]+)*$/)
      expect(sources.length, id).toBeGreaterThan(0)
    }
  })

  it('give one sentence each, with the day of their list', () => {
    for (const { reason, listDate, profile } of judgeClients(complete(isrgX1))) {
      expect(reason, profile.id).toMatch(/^".*\.$/)
      if (listDate !== undefined) expect(listDate).toMatch(/^\d{4}-\d{2}-\d{2}$/)
    }
  })

  it('say what each verdict rests on, with the days of the list and of what was measured', () => {
    for (const { asOf, profile } of judgeClients(complete(isrgX1))) {
      expect(asOf, profile.id).toMatch(/^Roots: .+\. Habits: .+\.$/)
      if (profile.anchors !== undefined) expect(asOf).toContain(profile.anchors.date)
    }
    const rests = (id: string) => judgeClients(complete(isrgX1)).find(({ profile }) => profile.id === id)?.asOf
    expect(rests('firefox')).toContain('Mozilla (Firefox, curl, certifi), 2026-07-19')
    expect(rests('java-17')).toContain('measured with OpenJDK 17.0.15')
    expect(rests('android-10')).toContain('Android 10, list of ')
    expect(rests('bare-container')).toMatch(/^Roots: none\./)
  })
})
