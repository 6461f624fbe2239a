import { describe, expect, it } from 'vitest'
import type { Fix, RuleSlug } from '../core/finding.ts'
import { allRules } from '../rules/catalog.ts'
import { allFixes, fixesFor, platformList } from './fixes.ts'
import { advice } from './jobs.ts'
import { allPlaceholders } from './placeholders.ts'
import { platforms } from './registry.ts'
import { everyFix, textsOf } from './testing/every.ts'
import { reportOf, rootHash, type Story } from './testing/reports.ts'

const order = (fixes: readonly Fix[]) => [...new Set(fixes.map(({ platform }) => platform))]
const all = (story: Story) => {
  const { finding, report } = reportOf(story)
  return allFixes(finding, report)
}
const carried = (story: Story) => {
  const { finding, report } = reportOf(story)
  return fixesFor(finding, report)
}

describe('advice', () => {
  it('has for every cause a fix, or a reason why there is none', () => {
    const causes = allRules.filter(({ meta }) => meta.cause).map(({ meta }) => meta.slug)
    for (const rule of [...causes, ...(Object.keys(advice) as RuleSlug[])]) {
      const entry = advice[rule]
      expect(entry, rule).toBeDefined()
      const fixes = all({ rule })
      if (entry?.reason === undefined) expect(fixes.length, rule).toBeGreaterThan(0)
      else expect([entry.reason, entry.tasks], rule).toEqual([expect.stringMatching(/\w/), []])
    }
  })

  it('has a recipe for every task, and a task for every recipe', () => {
    const asked = Object.values(advice).flatMap(({ tasks }) => tasks.map(({ job, side }) => `${job} ${side}`))
    const known = platforms.flatMap(({ recipes }) =>
      recipes.flatMap(({ jobs, side }) => jobs.map((job) => `${job} ${side}`)),
    )
    expect(new Set(known)).toEqual(new Set(asked))
  })

  it('says nothing of what is only told', () => {
    expect(all({ rule: 'private-ca', severity: 'info' })).toEqual([])
  })
})

describe('the order of platforms', () => {
  it('begins with the hop when the server has to act', () => {
    expect(order(all({ hop: 'kong' })).slice(0, 3)).toEqual(['kong', 'generic', 'f5'])
    expect(order(all({ hop: 'f5', rule: 'expired-leaf' }))[0]).toBe('f5')
    expect(order(all({ hop: 'nginx at the edge' }))[0]).toBe('nginx')
  })

  it('begins with the tool when the client has to act', () => {
    expect(order(all({ rule: 'private-ca', owner: 'client', tool: 'java', hop: 'kong' })).slice(0, 2)).toEqual([
      'java',
      'kong',
    ])
    expect(order(all({ rule: 'stale-trust-store', owner: 'client', tool: 'node' }))[0]).toBe('node')
  })

  it('does not take the probe for the client', () => {
    expect(order(all({ rule: 'private-ca', owner: 'client', tool: 's_client' }))[0]).toBe('generic')
  })

  it('puts servers before the workarounds of clients for what the server must send', () => {
    const platformsOf = order(all({}))
    expect(platformsOf.indexOf('iis')).toBeLessThan(platformsOf.indexOf('java'))
    expect(platformsOf).toEqual(expect.arrayContaining(['f5', 'kong', 'cloudflare', 'nginx', 'java', 'debian']))
  })

  it('leaves nothing out and is the same each time', () => {
    expect(all({})).toEqual(all({}))
    expect(order(all({ rule: 'private-ca' })).length).toBeGreaterThan(30)
  })

  it('names the product whose default certificate was met', () => {
    expect(
      order(
        all({ rule: 'product-default-certificate', title: 'The server presents the default certificate of Traefik.' }),
      )[0],
    ).toBe('traefik')
  })
})

describe('what the report carries', () => {
  it('is the general fix and those of the platforms that fit, no more', () => {
    expect(order(carried({}))).toEqual(['generic'])
    expect(order(carried({ hop: 'kong' }))).toEqual(['generic', 'kong'])
    expect(order(carried({ rule: 'private-ca', owner: 'client', tool: 'java' }))).toEqual(['generic', 'java'])
    expect(JSON.stringify(carried({ hop: 'f5' })).length).toBeLessThan(6_000)
  })
})

describe('every fix', () => {
  const fixes = everyFix()

  const name = ({ platform, title }: Fix) => `${platform}: ${title}`
  const offenders = (wrong: (fix: Fix) => boolean) => [...new Set(fixes.filter(wrong).map(name))]
  const withText = (pattern: RegExp) =>
    fixes.flatMap((fix) => textsOf(fix).flatMap((text) => (pattern.test(text) ? `${name(fix)}: ${text}` : [])))

  it('has a source with version and page, and says how it was verified', () => {
    expect(offenders(({ source }) => !/^https:\/\/\S+$/.test(source?.page ?? ''))).toEqual([])
    expect(offenders(({ source }) => !/\w/.test(source?.product ?? ''))).toEqual([])
    expect(offenders(({ evidence }) => evidence !== 'tested' && evidence !== 'documented')).toEqual([])
  })

  it('has one command to verify it', () => {
    expect(offenders(({ verify = '' }) => verify === '' || verify.includes('\n'))).toEqual([])
  })

  it('lists what is left to fill in, and leaves nothing unmarked', () => {
    expect(
      withText(
        /(?<!<)\b(?:HOST|PORT|FILE|YOUR_\w+|TODO|FIXME|CHANGEME)\b(?!>)|\bexample\.(?:com|org)\b|undefined|\[object|NaN|\{host\}/,
      ),
    ).toEqual([])
    const unlisted = (fix: Fix) => {
      const listed = new Set(fix.placeholders?.map((placeholder) => placeholder.name))
      return [
        ...textsOf(fix)
          .join('\n')
          .matchAll(/<([A-Z][A-Z0-9_]*)>/g),
      ].some((match) => !listed.has(match[1] ?? ''))
    }
    expect(offenders(unlisted)).toEqual([])
  })

  it('uses every placeholder that is explained', () => {
    const used = new Set(fixes.flatMap(({ placeholders = [] }) => placeholders.map(({ name }) => name)))
    expect(allPlaceholders.filter((name) => !used.has(name))).toEqual([])
  })

  it('never switches verification off', () => {
    expect(
      withText(
        /curl[^\n]* -k\b|--insecure\b|REJECT_UNAUTHORIZED|rejectUnauthorized|--no-check-certificate|strict-ssl|InsecureSkip|Noop|sslVerify\b|--trusted-host|verify(?:[_-]?client)?[ =:]+"?(?:none|off|no|false|0)\b|peer-cert-mode ignore|TrustAll|DangerousAccept/i,
      ),
    ).toEqual([])
  })

  it('has a title of its own within platform, job and side', () => {
    const { finding, report } = reportOf({ rule: 'private-ca' })
    const titles = allFixes(finding, report).map(({ platform, job, side, title }) =>
      [platform, job, side, title].join(' '),
    )
    expect(new Set(titles).size).toBe(titles.length)
  })

  it('ends steps with a full stop, in plain words', () => {
    expect(offenders(({ steps }) => steps.some((step) => !/[.,:"]$/.test(step)))).toEqual([])
  })
})

describe('advice to trust', () => {
  const trusting = (story: Story) =>
    all({ rule: 'private-ca', owner: 'client', ...story }).filter(({ job }) => job === 'trust-ca')

  it('names the CA and its fingerprint, and another way to confirm it', () => {
    const pairs = rootHash.toUpperCase().match(/../g)?.join(':') ?? ''
    for (const fix of trusting({}).filter(({ title }) => !title.startsWith('Use the bundle'))) {
      const text = fix.steps.join(' ')
      expect(text, fix.title).toContain('Shop Root CA')
      expect(text, fix.title).toContain(pairs)
      expect(text, fix.title).toContain('by another way')
      expect(fix.warning, fix.title).toContain('Whatever this CA signs')
    }
  })

  it('says that what the server sent proves nothing', () => {
    expect(trusting({ rootSource: 'served' })[0]?.steps.join(' ')).toContain('which alone proves nothing')
  })

  it('says what trusting an interceptor means', () => {
    const fixes = trusting({ rule: 'interception-proxy' })
    expect(fixes.length).toBeGreaterThan(20)
    for (const fix of fixes.filter(({ title }) => !title.startsWith('Use the bundle'))) {
      expect(fix.warning, fix.title).toContain('read and change all traffic')
      expect(fix.steps.join(' '), fix.title).toContain('the proxy team')
    }
  })

  it('is a workaround for a self-signed certificate and for a missing intermediate', () => {
    const selfSigned = trusting({ rule: 'self-signed-leaf' })
    expect(selfSigned.every(({ workaround }) => workaround === true)).toBe(true)
    const supplied = all({}).filter(({ job }) => job === 'supply-intermediate')
    expect(supplied.length).toBeGreaterThan(8)
    expect(
      supplied.every(
        ({ workaround, warning }) => workaround === true && warning?.includes('The server has to send it.'),
      ),
    ).toBe(true)
  })
})

describe('the list of platforms', () => {
  it('has every platform once, with name and group', () => {
    expect(new Set(platformList.map(({ slug }) => slug)).size).toBe(platforms.length)
    for (const { slug, name } of platformList) expect(`${slug} ${name}`).toMatch(/^[a-z0-9-]+ \S/)
  })
})
