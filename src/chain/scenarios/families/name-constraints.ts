import { explicit, implicit, integer, type Part, sequence } from '../make/der.ts'
import { extension, nameConstraints, subjectAltName } from '../make/extensions.ts'
import {
  attribute,
  type Constraints,
  directory,
  dns,
  ediParty,
  email,
  ip,
  name,
  otherName,
  registeredId,
  subtree,
  uri,
} from '../make/names.ts'
import type { Family, Question } from '../make/workshop.ts'

const refused = '0 name-constraints'

/** One constrained CA for each set of constraints, and leaves below it. */
function bench(shop: Parameters<Family['make']>[0]) {
  const root = shop.ca('root')
  const key = shop.key()
  return (label: string, constraints: Constraints) => {
    const by = shop.ca(label, { by: root, constraints: nameConstraints(constraints) })
    let count = 0
    return (title: string, names: readonly Part[], problems = '', question: Question & { subject?: string } = {}) => {
      const { subject, ...rest } = question
      const leaf = `${label}-${++count}`
      shop.leaf(leaf, {
        by,
        key,
        names: names.length === 0 ? null : subjectAltName(names),
        ...(subject === undefined ? {} : { subject }),
      })
      shop.expect(title, `${leaf} ${label} root`, problems, rest)
    }
  }
}

export const dnsConstraints: Family = {
  title: 'Name constraints on DNS names',
  source: 'RFC 5280 section 4.2.1.10; names compare without regard to case',
  make(shop) {
    const constrain = bench(shop)
    const permitted = constrain('permits', { permitted: [dns('lab.example')] })
    permitted('a name below the permitted one', [dns('www.lab.example')])
    permitted('the permitted name itself', [dns('lab.example')])
    permitted('a name many labels below', [dns('a.b.c.d.lab.example')])
    permitted('a name in other case', [dns('WWW.LAB.EXAMPLE')])
    permitted('a name that only ends alike', [dns('evillab.example')], refused)
    permitted('a sibling', [dns('www.other.example')], refused)
    permitted('the parent', [dns('example')], refused)
    permitted('one good and one bad name', [dns('www.lab.example'), dns('www.other.example')], refused)
    permitted('a wildcard inside', [dns('*.lab.example')])
    permitted('a wildcard that reaches outside', [dns('*.example')], refused)
    permitted('a name with a trailing dot', [dns('www.lab.example.')], '', {
      differs: 'OpenSSL compares the dot as text',
    })
    permitted('a name of another type is free', [email('ann@other.example')])
    permitted('no alternative names and a subject without host', [])
    permitted('a common name that is a host outside', [], refused, { subject: 'O=Lab, CN=www.other.example' })
    permitted('a common name that is a host inside', [], '', { subject: 'O=Lab, CN=www.lab.example' })
    permitted('a common name outside beside a DNS name inside', [dns('www.lab.example')], '', {
      subject: 'O=Lab, CN=www.other.example',
    })
    permitted('a common name outside beside a mail address', [email('ann@lab.example')], refused, {
      subject: 'O=Lab, CN=www.other.example',
    })
    permitted('a NUL after the permitted name', [dns('www.other.example\0.lab.example')])
    permitted('a NUL before the end', [dns('www.lab.example\0.other.example')], refused)
    permitted('a name longer than any host', [dns(`${'a.'.repeat(130)}lab.example`)], refused, {
      differs: 'OpenSSL compares names of any length as text',
    })

    const dotted = constrain('dotted', { permitted: [dns('.lab.example')] })
    dotted('a leading dot permits names below', [dns('www.lab.example')])
    dotted('a leading dot does not permit the name itself', [dns('lab.example')], refused)

    const excluded = constrain('excludes', { excluded: [dns('bad.lab.example')] })
    excluded('a name outside the excluded one', [dns('www.lab.example')])
    excluded('the excluded name itself', [dns('bad.lab.example')], refused)
    excluded('a name below the excluded one', [dns('www.bad.lab.example')], refused)
    excluded('the excluded name in other case', [dns('BAD.Lab.Example')], refused)
    excluded('the excluded name with a trailing dot', [dns('bad.lab.example.')], refused, {
      differs: 'OpenSSL compares the dot as text',
    })
    excluded('a wildcard over the excluded name', [dns('*.lab.example')], refused, {
      differs: 'OpenSSL compares the wildcard as text, so that it slips past the exclusion',
    })
    excluded('a wildcard two labels above the excluded name', [dns('*.example')])
    excluded('a name that only ends like the excluded one', [dns('notbad.lab.example')])

    const both = constrain('both', { permitted: [dns('lab.example')], excluded: [dns('bad.lab.example')] })
    both('permitted and not excluded', [dns('www.lab.example')])
    both('permitted and excluded', [dns('x.bad.lab.example')], refused)

    const empty = constrain('empty-base', { permitted: [dns('')] })
    empty('an empty base permits every name', [dns('www.other.example')])
    const nothing = constrain('excludes-all', { excluded: [dns('')] })
    nothing('an empty base excludes every name', [dns('www.lab.example')], refused)
    nothing('an exclusion of every DNS name lets addresses be', [ip('192.0.2.1')])

    const many = constrain('many', {
      permitted: Array.from({ length: 100 }, (_, at) => dns(`d${at}.example`)),
      excluded: Array.from({ length: 100 }, (_, at) => dns(`no.d${at}.example`)),
    })
    const names = (prefix: string) => Array.from({ length: 100 }, (_, at) => dns(`${prefix}.d${at}.example`))
    many('a hundred names under two hundred constraints', names('www'))
    many('the same with one excluded at the end', [...names('www'), dns('x.no.d99.example')], refused)
  },
}

export const otherConstraints: Family = {
  title: 'Name constraints on addresses, mailboxes, URIs, directory names and the rest',
  source: 'RFC 5280 section 4.2.1.10',
  make(shop) {
    const constrain = bench(shop)
    const v6 = '20010db8000000000000000000000001'
    const addresses = constrain('ip', { permitted: [ip('192.0.2.0/255.255.255.0')] })
    addresses('an address inside', [ip('192.0.2.255')])
    addresses('an address outside', [ip('192.0.3.0')], refused)
    addresses('an IPv6 address under an IPv4 constraint', [ip(v6)], refused)
    addresses('an IPv4 address in IPv6 form is an IPv6 address', [ip('00000000000000000000ffffc0000201')], refused)
    addresses('an address of five octets', [ip('c000020101')], refused)
    const notTen = constrain('ip-excludes', { excluded: [ip('10.0.0.0/255.0.0.0')] })
    notTen('an excluded address', [ip('10.255.0.1')], refused)
    notTen('an address next to the excluded block', [ip('11.0.0.1')])
    notTen('an IPv6 address beside an IPv4 exclusion', [ip(v6)])
    const wide = constrain('ip6', { permitted: [ip('20010db8'.padEnd(32, '0') + 'ffffffff'.padEnd(32, '0'))] })
    wide('an IPv6 address inside', [ip(v6)])
    wide('an IPv6 address outside', [ip('20010db9000000000000000000000001')], refused)
    const all = constrain('ip-excludes-all', { excluded: [ip('0.0.0.0/0.0.0.0'), ip('0'.repeat(64))] })
    all('an exclusion of all addresses', [ip('192.0.2.1')], refused)
    all('an exclusion of all IPv6 addresses', [ip(v6)], refused)
    const host = constrain('ip-host', { permitted: [ip('192.0.2.7/255.255.255.255')] })
    host('the only permitted address', [ip('192.0.2.7')])
    host('its neighbour', [ip('192.0.2.6')], refused)
    const holes = constrain('ip-holes', { permitted: [ip('192.0.2.0/255.0.255.0')] })
    holes('a mask with holes cannot be applied', [ip('192.0.2.1')], refused, {
      differs: 'OpenSSL applies any mask',
    })
    holes('a mask with holes does not touch DNS names', [dns('www.lab.example')])
    const short = constrain('ip-short', { permitted: [ip('c0000200ffffff')] })
    short('a constraint of seven octets cannot be applied', [ip('192.0.2.1')], refused)

    const mail = constrain('mail', { permitted: [email('lab.example'), email('ann@other.example')] })
    mail('a mailbox of the permitted host', [email('bob@lab.example')])
    mail('a mailbox of a host below', [email('bob@www.lab.example')], refused)
    mail('the one permitted mailbox elsewhere', [email('ann@other.example')])
    mail('another mailbox there', [email('bob@other.example')], refused)
    mail('the local part is case-sensitive, the host is not', [email('ann@OTHER.example')])
    mail('a local part in other case', [email('ANN@other.example')], refused)
    mail('a mailbox without @', [email('lab.example')], refused)
    mail('an address in the subject', [dns('www.lab.example')], refused, {
      subject: 'O=Lab, CN=x, emailAddress=eve@evil.example',
    })
    mail('a permitted address in the subject', [dns('www.lab.example')], '', {
      subject: 'O=Lab, CN=x, emailAddress=eve@lab.example',
    })
    const mailBelow = constrain('mail-below', { permitted: [email('.lab.example')] })
    mailBelow('a leading dot permits hosts below', [email('bob@www.lab.example')])
    mailBelow('a leading dot does not permit the host', [email('bob@lab.example')], refused)
    const noMail = constrain('mail-excludes', { excluded: [email('lab.example')] })
    noMail('an excluded mailbox', [email('bob@lab.example')], refused)
    noMail('a quoted local part with @', [email('"a@b"@lab.example')], refused)

    const web = constrain('uri', { permitted: [uri('www.lab.example'), uri('.dev.example')] })
    web('a URI of the permitted host', [uri('https://www.lab.example/path?x#y')])
    web('a URI with a port and a user', [uri('https://ann@www.lab.example:8443/')], '', {
      differs: 'OpenSSL takes the user for the host',
    })
    web('a URI of a host below', [uri('https://a.www.lab.example/')], refused)
    web('a URI of a host below a leading dot', [uri('https://a.dev.example/')])
    web('a user that looks like the permitted host', [uri('https://www.lab.example@evil.example/')], refused)
    web('a URI without host', [uri('urn:lab:1')], refused)
    web('a URI of an address', [uri('https://192.0.2.1/')], refused)
    const noWeb = constrain('uri-excludes', { excluded: [uri('bad.example')] })
    noWeb('an excluded URI in other case', [uri('HTTPS://BAD.example/')], refused)
    noWeb('a URI beside the exclusion', [uri('https://good.example/')])

    const directories = constrain('directory', { permitted: [directory('O=Lab')] })
    directories('a subject inside', [dns('www.lab.example')], '', { subject: 'O=Lab, CN=x' })
    directories('a subject inside in other case', [dns('www.lab.example')], '', { subject: 'O=LAB, CN=x' })
    directories('a subject outside', [dns('www.lab.example')], refused, { subject: 'O=Other, CN=x' })
    directories('a subject with the base in second place', [dns('www.lab.example')], refused, {
      subject: 'C=NL, O=Lab, CN=x',
    })
    directories('a directory name outside', [directory('O=Other')], refused, { subject: 'O=Lab, CN=x' })
    directories('an empty subject is no name', [dns('www.lab.example')], '0 note profile', { subject: '' })
    const noDirectory = constrain('directory-excludes', { excluded: [directory('O=Lab, OU=Secret')] })
    noDirectory('an excluded subject', [dns('www.lab.example')], refused, { subject: 'O=Lab, OU=Secret, CN=x' })
    noDirectory('a subject above the exclusion', [dns('www.lab.example')], '', { subject: 'O=Lab, CN=x' })
    const everything = constrain('directory-excludes-all', { excluded: [directory('')] })
    everything('an empty directory name excludes every subject', [dns('www.lab.example')], refused)

    const principals = constrain('other-name', { permitted: [otherName('ann@lab.example')] })
    principals('an otherName under a constraint nobody applies', [otherName('ann@lab.example')], refused)
    principals('a DNS name beside such a constraint', [dns('www.lab.example')])
    const ids = constrain('registered-id', { excluded: [registeredId('1.2.3')] })
    ids('a registered id under a constraint nobody applies', [registeredId('1.2.4')], refused)
    const parties = constrain('edi-party', { excluded: [ediParty('x')] })
    parties('an EDI party name under a constraint nobody applies', [ediParty('y')], refused)
    parties('no EDI party name', [dns('www.lab.example')])

    const minimum = constrain('minimum', { permitted: [subtree(dns('lab.example'), implicit(0, [1]))] })
    minimum('a minimum other than 0', [dns('www.lab.example')], refused)
    minimum('a minimum does not touch other types', [ip('192.0.2.1')])
    const zero = constrain('minimum-zero', { permitted: [subtree(dns('lab.example'), implicit(0, [0]))] })
    zero('a minimum of 0 written out', [dns('www.lab.example')], '1 note encoding')
    const maximum = constrain('maximum', { excluded: [subtree(dns('bad.example'), implicit(1, [3]))] })
    maximum('a maximum', [dns('www.lab.example')], refused)

    const root = shop.ca('plain-root')
    const malformed = (label: string, value: Part) => {
      const by = shop.ca(label, { by: root, constraints: extension('2.5.29.30', value, true) })
      shop.leaf(`below-${label}`, { by })
      return `below-${label} ${label} plain-root`
    }
    shop.expect('constraints that are no SEQUENCE', malformed('no-sequence', integer(1)), '1 malformed-extension')
    shop.expect(
      'constraints with a name of no type',
      malformed('no-type', [0x30, 5, 0xa0, 3, 0x30, 1, 0x82]),
      '1 malformed-extension',
    )
    shop.expect('constraints without subtrees', malformed('no-subtrees', [0x30, 0]))
    shop.expect('an empty list of permitted subtrees', malformed('empty-list', sequence(explicit(0))))

    const soft = shop.ca('soft', { by: root, constraints: nameConstraints({ permitted: [dns('lab.example')] }, false) })
    shop.leaf('below-soft', { by: soft, names: subjectAltName([dns('www.other.example')]) })
    shop.expect('constraints that are not critical count', 'below-soft soft plain-root', refused)
    shop.leaf('leaf-constrained', { by: root, constraints: nameConstraints({ permitted: [dns('other.example')] }) })
    shop.expect(
      'constraints of a leaf are a note and do not bind itself',
      'leaf-constrained plain-root',
      '0 note profile',
    )

    const rootNarrow = shop.ca('root-narrow', { constraints: nameConstraints({ permitted: [dns('other.example')] }) })
    shop.leaf('below-root-narrow', { by: rootNarrow })
    shop.expect('constraints of a root count', 'below-root-narrow root-narrow', refused)
    const middle = shop.ca('middle', { by: root, constraints: nameConstraints({ permitted: [directory('O=Lab')] }) })
    const stranger = shop.ca('stranger', { by: middle, subject: 'O=Stranger, CN=Sub' })
    shop.leaf('below-stranger', { by: stranger })
    shop.expect(
      'an intermediate outside the constraints',
      'below-stranger stranger middle plain-root',
      '1 name-constraints',
    )
    const upper = shop.ca('upper', { by: root, constraints: nameConstraints({ permitted: [dns('lab.example')] }) })
    const lower = shop.ca('lower', { by: upper, constraints: nameConstraints({ permitted: [dns('www.lab.example')] }) })
    shop.leaf('below-lower', { by: lower, names: subjectAltName([dns('api.lab.example')]) })
    shop.expect('constraints narrow on the way down', 'below-lower lower upper plain-root', refused)
    const wider = shop.ca('wider', { by: upper, constraints: nameConstraints({ permitted: [dns('example')] }) })
    shop.leaf('below-wider', { by: wider, names: subjectAltName([dns('www.other.example')]) })
    shop.expect('constraints cannot be widened on the way down', 'below-wider wider upper plain-root', refused)
    const disjoint = shop.ca('disjoint', {
      by: upper,
      constraints: nameConstraints({ permitted: [ip('192.0.2.0/255.255.255.0')] }),
    })
    shop.leaf('below-disjoint', { by: disjoint, names: subjectAltName([dns('www.lab.example'), ip('192.0.2.1')]) })
    shop.expect('constraints of different types add up', 'below-disjoint disjoint upper plain-root')
    const selfNarrow = shop.ca('self-narrow', {
      by: root,
      constraints: nameConstraints({ permitted: [directory('O=Other')] }),
    })
    const selfIssued = shop.ca('self-issued', { by: selfNarrow, subject: selfNarrow.subject })
    shop.leaf('below-self-issued', { by: selfIssued, subject: 'O=Other, CN=x' })
    shop.expect(
      'a self-issued CA is passed over by constraints',
      'below-self-issued self-issued self-narrow plain-root',
    )
    const twoHosts = name([
      attribute('O', 'Lab'),
      attribute('CN', 'www.lab.example'),
      attribute('CN', 'www.evil.example'),
    ])
    shop.leaf('two-hosts', { by: upper, subject: twoHosts, names: null })
    shop.expect('a second common name outside the constraints', 'two-hosts upper plain-root', refused)
  },
}
