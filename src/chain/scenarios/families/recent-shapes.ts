import { explicit, ia5, integer, oid, type Part, tlv } from '../make/der.ts'
import {
  authorityKeyId,
  extendedKeyUsage,
  nameConstraints,
  policies,
  policyConstraints,
  policyMappings,
  subjectAltName,
} from '../make/extensions.ts'
import { type Constraints, dns, email, ip, otherName, uri } from '../make/names.ts'
import type { Family, Workshop } from '../make/workshop.ts'

const refused = '0 name-constraints'
const asText = { differs: 'OpenSSL compares the wildcard as text, so that it slips past the exclusion' }

/** Shapes alone: every certificate is of our own making. */
export const recentShapes: Family = {
  title: 'Shapes that validators got wrong from 2023 to 2026',
  source: 'the advisories named in each title',
  make(shop) {
    const root = shop.ca('root')
    makeConstraints(shop, root)
    makeNames(shop, root)
    makeUsages(shop, root)
    makePolicies(shop, root)
    makeMesh(shop, root)
  },
}

type Issuer = ReturnType<Workshop['ca']>

function makeConstraints(shop: Workshop, root: Issuer): void {
  const constrain = (label: string, constraints: Constraints) => {
    const by = shop.ca(label, { by: root, constraints: nameConstraints(constraints) })
    let count = 0
    return (title: string, names: readonly Part[], problems = '', differs?: { differs: string }) => {
      const leaf = `${label}-${++count}`
      shop.leaf(leaf, { by, names: subjectAltName(names) })
      shop.expect(title, `${leaf} ${label} root`, problems, differs)
    }
  }
  const mailboxes = [email('ann@lab.example'), email('ann@other.example')]
  const mail = constrain('mail', { permitted: mailboxes })
  mail('the first of two mailboxes with one local part (CVE-2026-27137)', [email('ann@lab.example')])
  mail('the second of them', [email('ann@other.example')])
  mail('the same local part elsewhere', [email('ann@evil.example')], refused)
  const noMail = constrain('no-mail', { excluded: mailboxes })
  noMail(
    'the first of two excluded mailboxes with one local part (CVE-2026-27137)',
    [email('ann@lab.example')],
    refused,
  )
  noMail('another local part beside the excluded ones', [email('bob@lab.example')])

  const excluded = constrain('excluded', { excluded: [dns('Bad.lab.example')] })
  excluded('an empty DNS name under an exclusion (CVE-2026-27138)', [dns(''), dns('www.lab.example')])
  excluded('a wildcard in another case over an excluded name (CVE-2026-33810)', [dns('*.LAB.Example')], refused, asText)
  excluded('an excluded name in another case (CVE-2026-3833)', [dns('BAD.LAB.EXAMPLE')], refused)
  const permitted = constrain('permitted', { permitted: [dns('a.lab.example')] })
  permitted('an empty DNS name under a permission', [dns('')], refused)
  permitted('a wildcard over the one permitted name (RUSTSEC-2026-0099)', [dns('*.lab.example')], refused)
  const web = constrain('web', { permitted: [uri('.lab.example')] })
  web('a URI outside of the permitted ones (RUSTSEC-2026-0098)', [uri('https://www.evil.example/')], refused)
  web('a URI of an IPv6 address with a zone (CVE-2024-45341)', [uri('https://[fe80::1%25a.lab.example]/')], refused)
  const noNet = constrain('no-net', { excluded: [ip('192.0.2.0/255.255.255.0')] })
  noNet('an excluded address as a DNS name is no address', [dns('192.0.2.1')])
  noNet('an excluded address in IPv6 form is another address', [ip('00000000000000000000ffffc0000201')])
  const noX400 = constrain('no-x400', { excluded: [tlv(0xa3, [0x30, 0])] })
  noX400('an X.400 address under a constraint on such (CVE-2023-0286)', [tlv(0xa3, [0x30, 0])], refused)
  noX400('a DNS name beside that constraint', [dns('www.lab.example')])

  const upper = shop.ca('upper', { by: root, constraints: nameConstraints({ excluded: [dns('bad.example')] }) })
  const lower = shop.ca('lower', { by: upper, constraints: nameConstraints({ permitted: [dns('lab.example')] }) })
  shop.leaf('lower-out', { by: lower, names: subjectAltName([dns('www.other.example')]) })
  shop.expect('permissions below a CA with exclusions alone (CVE-2026-42011)', 'lower-out lower upper root', refused)
  shop.leaf('lower-in', { by: lower })
  shop.expect('a name inside of them', 'lower-in lower upper root')

  const domains = Array.from({ length: 1100 }, (_, at) => dns(`d${at}.example`))
  const many = shop.ca('many', { by: root, constraints: nameConstraints({ permitted: domains }) })
  const names = Array.from({ length: 1000 }, (_, at) => dns(`a.d${at}.example`))
  shop.leaf('many-names', { by: many, names: subjectAltName(names) })
  shop.expect(
    'a thousand names under eleven hundred constraints (CVE-2025-14831, CVE-2025-58187)',
    'many-names many root',
    '',
    { differs: 'OpenSSL stops at a product of 2^20 names and constraints' },
  )
  shop.leaf('many-and-one', { by: many, names: subjectAltName([...names, dns('evil.example')]) })
  shop.expect('the same and one name outside', 'many-and-one many root', refused)
}

function makeNames(shop: Workshop, root: Issuer): void {
  const named = (label: string, title: string, names: readonly Part[], host: string, problems = '') => {
    shop.leaf(label, { by: root, names: subjectAltName(names), subject: 'CN=www.lab.example' })
    shop.expect(title, `${label} root`, problems, { hosts: { 'www.lab.example': host } })
  }
  named('cn-uri', 'a common name beside a URI (CVE-2026-42012)', [uri('https://api.lab.example/')], 'no-san')
  const service = explicit(0, oid('1.3.6.1.5.5.7.8.7'), explicit(0, ia5('_https.www.lab.example')))
  named('cn-service', 'a common name beside a service name (CVE-2026-42012)', [service], 'no-san')
  named(
    'cn-long',
    'a common name beside a name of a thousand octets (CVE-2026-42013)',
    [dns('a.'.repeat(500))],
    'no-match',
  )
  const mismatches = Array.from({ length: 500 }, (_, at) => dns(`host-${at}.lab.example`))
  named('cn-many', 'five hundred names, none of which fits (CVE-2025-61729)', mismatches, 'no-match')
  const typed = explicit(0, oid('1.3.6.1.4.1.311.20.2.3'), explicit(0, integer(5)))
  named('other-only', 'nothing but an otherName of another type than it says (CVE-2024-6119)', [typed], 'no-san')
  named(
    'mailbox-number',
    'an internationalised mailbox that is a number',
    [explicit(0, oid('1.3.6.1.5.5.7.8.9'), explicit(0, integer(5))), dns('www.lab.example')],
    'matches',
  )
  const mail = shop.ca('mailboxes', { by: root, constraints: nameConstraints({ permitted: [email('lab.example')] }) })
  const under = (label: string, title: string, name: Part, problems = '', differs?: { differs: string }) => {
    shop.leaf(label, { by: mail, names: subjectAltName([name]) })
    shop.expect(title, `${label} mailboxes root`, problems, differs)
  }
  const mailbox = (value: string) => otherName(value, '1.3.6.1.5.5.7.8.9')
  under('eai-in', 'a permitted internationalised mailbox', mailbox('\u00fcrs@LAB.example'))
  under('eai-out', 'an internationalised mailbox elsewhere', mailbox('\u00fcrs@evil.example'), refused)
  under('eai-none', 'an internationalised mailbox without host', mailbox('\u00fcrs'), refused)
  under(
    'eai-typed',
    'an internationalised mailbox of another type',
    explicit(0, oid('1.3.6.1.5.5.7.8.9'), explicit(0, integer(5))),
    refused,
  )
  const idn = shop.ca('idn', {
    by: root,
    constraints: nameConstraints({ permitted: [email('xn--bcher-kva.example')] }),
  })
  shop.leaf('idn-u', { by: idn, names: subjectAltName([mailbox('ann@b\u00fccher.example')]) })
  shop.expect('a mailbox whose host is in U-labels, as RFC 8398 had it', 'idn-u idn root')
  shop.leaf('idn-a', { by: idn, names: subjectAltName([mailbox('ann@xn--bcher-kva.example')]) })
  shop.expect('a mailbox whose host is in A-labels, as RFC 9598 has it', 'idn-a idn root', '', {
    differs: 'OpenSSL compares such hosts by their U-labels, as RFC 8398 had it',
  })
}

function makeUsages(shop: Workshop, root: Issuer): void {
  const purpose = (label: string, title: string, names: string) => {
    shop.leaf(label, { by: root, purpose: extendedKeyUsage(names) })
    shop.expect(title, `${label} root`, '0 extended-key-usage')
  }
  purpose('shorter', 'a purpose that is the beginning of another', '1.3.6.1.5.5.7.3')
  purpose('longer', 'a purpose that begins like another', '1.3.6.1.5.5.7.3.1.1')
  const limited = shop.ca('limited', { by: root, purpose: extendedKeyUsage('email') })
  shop.leaf('any-below', { by: limited, purpose: extendedKeyUsage('any server') })
  shop.expect('any purpose in a leaf below an issuer for mail', 'any-below limited root', '1 extended-key-usage')
}

function makePolicies(shop: Workshop, root: Issuer): void {
  const [one, two] = ['1.3.6.1.4.1.99999.1.1', '1.3.6.1.4.1.99999.1.2']
  const every = [one, two].flatMap((from) => [one, two].map((to) => [from, to] as const))
  const explicitly = policyConstraints({ requireExplicit: 0 })
  let by = shop.ca('level-1', { by: root, more: [policies(`${one} ${two}`), explicitly, policyMappings(every)] })
  const levels = ['level-1']
  for (let level = 2; level <= 12; level++) {
    by = shop.ca(`level-${level}`, { by, more: [policies(`${one} ${two}`), policyMappings(every)] })
    levels.unshift(`level-${level}`)
  }
  shop.leaf('below-levels', { by, more: [policies(one)] })
  const unchecked = { differs: 'OpenSSL processes policies only with -policy_check' }
  shop.expect(
    'twelve CAs that map two policies to each other (CVE-2023-0464, CVE-2026-32281)',
    `below-levels ${levels.join(' ')} root`,
  )
  shop.leaf('below-levels-none', { by })
  shop.expect('the same with a leaf of no policy', `below-levels-none ${levels.join(' ')} root`, '0 policy', unchecked)
  const requires = shop.ca('requires', { by: root, more: [policies(one), explicitly] })
  shop.leaf('any-purpose', { by: requires, purpose: extendedKeyUsage('server any') })
  shop.expect(
    'a required policy where any purpose is asked for (CVE-2025-22874)',
    'any-purpose requires root',
    '0 policy',
    {
      purpose: 'any',
      ...unchecked,
    },
  )
}

/** Three CAs that have all certified one another, one of which a root has certified too. */
function makeMesh(shop: Workshop, root: Issuer): void {
  const cas = ['a', 'b', 'c'].map((label) => ({ label, subject: `O=Mesh, CN=${label}`, key: shop.key() }))
  const made = new Map<string, Issuer>()
  for (const to of cas)
    for (const from of cas)
      if (to !== from)
        made.set(
          `${to.label}-by-${from.label}`,
          shop.ca(`${to.label}-by-${from.label}`, {
            ...to,
            issuer: from.subject,
            signer: from.key,
            issuerId: authorityKeyId(from.key.id),
          }),
        )
  const [first] = cas
  if (first === undefined) return
  const entry = shop.ca('a-by-root', { ...first, by: root })
  shop.leaf('below-mesh', { by: entry })
  shop.expect(
    'CAs that have all certified one another (CVE-2024-0567, CVE-2026-32280)',
    'below-mesh a-by-root root',
    '',
    {
      served: [...made.keys(), 'a-by-root'].join(' '),
      paths: [
        'below-mesh a-by-root root',
        'below-mesh a-by-b b-by-c c-by-a | 3 issuer-not-found',
        'below-mesh a-by-c c-by-b b-by-a | 3 issuer-not-found',
        'below-mesh a-by-b b-by-c c-by-b | 3 issuer-not-found',
        'below-mesh a-by-c c-by-b b-by-c | 3 issuer-not-found',
        'below-mesh a-by-b b-by-a | 2 issuer-not-found',
        'below-mesh a-by-c c-by-a | 2 issuer-not-found',
      ],
    },
  )
}
