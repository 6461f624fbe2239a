import { algorithms } from '../make/certificate.ts'
import { boolean, explicit, oid, sequence, tlv } from '../make/der.ts'
import {
  authorityKeyId,
  basicConstraints,
  extendedKeyUsage,
  extension,
  keyUsage,
  nameConstraints,
  policies,
  policyConstraints,
  subjectAltName,
} from '../make/extensions.ts'
import { attribute, dns, email, ip, name, otherName, uri } from '../make/names.ts'
import type { Family } from '../make/workshop.ts'

/** Shapes alone: every certificate is of our own making. */
export const knownShapes: Family = {
  title: 'Shapes that validators got wrong',
  source: 'the advisories named in each title',
  make(shop) {
    const root = shop.ca('root')
    const int = shop.ca('int', { by: root })

    const leaf = shop.leaf('leaf', { by: int, usage: null })
    shop.leaf('forged', { by: leaf })
    shop.expect('a leaf without key usage as issuer (CVE-2002-0862)', 'forged leaf int root', '1 not-a-ca')
    const explicitCurve = shop.ca('curve-ca', { by: root, key: shop.key('explicit P-256') })
    shop.leaf('below-curve-ca', { by: explicitCurve, signer: { ...int.key, id: explicitCurve.key.id } })
    shop.expect(
      'parameters of the attacker with the key of a root (CVE-2020-0601)',
      'below-curve-ca curve-ca root',
      '',
      {
        paths: ['below-curve-ca curve-ca root | 0 signature-unverified, 1 explicit-curve'],
      },
    )
    const curveRoot = shop.ca('curve-root', { subject: root.subject, key: shop.key('explicit P-256') })
    shop.leaf('below-curve-root', { by: curveRoot })
    shop.expect('a root of the right name with parameters of its own (CVE-2020-0601)', 'below-curve-root root', '', {
      served: 'curve-root',
      roots: 'root',
      paths: ['below-curve-root curve-root | 0 signature-unverified, 1 untrusted-root, 1 explicit-curve'],
    })
    const alternate = shop.ca('alternate', { by: root, basic: basicConstraints({ ca: false }) })
    shop.leaf('below-alternate', { by: alternate })
    shop.ca('alternate-true', { by: int, subject: alternate.subject, key: alternate.key })
    shop.expect(
      'a second chain that skips the CA check of the first (CVE-2015-1793)',
      'below-alternate alternate root',
      '',
      {
        served: 'alternate',
        paths: ['below-alternate alternate root | 1 not-a-ca, 1 note profile'],
      },
    )
    shop.expect('the same, with an honest way beside it', 'below-alternate alternate root', '', {
      served: 'alternate alternate-true int',
      paths: ['below-alternate alternate-true int root', 'below-alternate alternate root | 1 not-a-ca, 1 note profile'],
      differs: 'OpenSSL takes the first issuer that fits and never goes back on it',
    })
    const strictly = shop.ca('strict-ca', { by: root, key: shop.key('P-384'), basic: basicConstraints({ ca: false }) })
    shop.leaf('below-strict-ca', { by: strictly })
    shop.expect(
      'a check of curves must not lift the check of CAs (CVE-2021-3450)',
      'below-strict-ca strict-ca root',
      '1 not-a-ca, 1 note profile',
    )

    const narrow = shop.ca('narrow', { by: root, constraints: nameConstraints({ permitted: [dns('lab.example')] }) })
    shop.leaf('cn-bypass', { by: narrow, names: null, subject: 'CN=www.evil.example' })
    shop.expect('a common name past DNS constraints', 'cn-bypass narrow root', '0 name-constraints')
    shop.leaf('cn-nul', { by: narrow, names: null, subject: 'CN=www.evil.example\0.lab.example' })
    shop.expect('a common name with a NUL past DNS constraints (CVE-2009-2408)', 'cn-nul narrow root', '', {
      hosts: { 'www.evil.example': 'no-san' },
      differs: 'OpenSSL refuses a common name with a NUL under DNS constraints',
    })
    shop.leaf('wildcard-past', { by: narrow, names: subjectAltName([dns('*.example')]) })
    shop.expect(
      'a wildcard past a permitted subtree (CVE-2025-61727)',
      'wildcard-past narrow root',
      '0 name-constraints',
    )
    const without = shop.ca('without', {
      by: root,
      constraints: nameConstraints({ excluded: [dns('bank.lab.example')] }),
    })
    shop.leaf('wildcard-over', { by: without, names: subjectAltName([dns('*.lab.example')]) })
    shop.expect(
      'a wildcard over an excluded name (CVE-2025-61727)',
      'wildcard-over without root',
      '0 name-constraints',
      {
        differs: 'OpenSSL compares the wildcard as text, so that it slips past the exclusion',
      },
    )
    shop.leaf('case-past', { by: without, names: subjectAltName([dns('BANK.LAB.EXAMPLE')]) })
    shop.expect('another case past an exclusion', 'case-past without root', '0 name-constraints')
    const uriCa = shop.ca('uri-ca', { by: root, constraints: nameConstraints({ excluded: [uri('evil.example')] }) })
    shop.leaf('uri-past', { by: uriCa, names: subjectAltName([uri('https://evil.example:443/')]) })
    shop.expect('a URI with a port past an exclusion', 'uri-past uri-ca root', '0 name-constraints')
    shop.leaf('uri-empty', { by: uriCa, names: subjectAltName([uri('https:///evil.example')]) })
    shop.expect('a URI without host past an exclusion', 'uri-empty uri-ca root', '0 name-constraints')
    const mailCa = shop.ca('mail-ca', { by: root, constraints: nameConstraints({ excluded: [email('lab.example')] }) })
    shop.leaf('smtp-name', { by: mailCa, names: subjectAltName([otherName('ann@lab.example', '1.3.6.1.5.5.7.8.9')]) })
    shop.expect(
      'an internationalised mailbox past mail constraints (RFC 9598)',
      'smtp-name mail-ca root',
      '0 name-constraints',
    )
    shop.leaf('dotless', { by: mailCa, names: subjectAltName([email('ann')]) })
    shop.expect('a mailbox without host past an exclusion', 'dotless mail-ca root', '0 name-constraints')
    const sub = shop.ca('sub', { by: narrow })
    shop.leaf('two-below', { by: sub, names: subjectAltName([dns('www.evil.example')]) })
    shop.expect('constraints of a CA further up', 'two-below sub narrow root', '0 name-constraints')
    shop.ca('narrow-cross', { by: int, subject: narrow.subject, key: narrow.key })
    shop.leaf('outside', { by: narrow, names: subjectAltName([dns('www.other.example')]) })
    shop.expect('a constrained CA and its unconstrained cross-sign', 'outside narrow root', '', {
      served: 'narrow narrow-cross int',
      paths: ['outside narrow-cross int root', 'outside narrow root | 0 name-constraints'],
      differs: 'OpenSSL takes the first issuer that fits and never goes back on it',
    })

    const anyCa = shop.ca('any-ca', { by: root, purpose: extendedKeyUsage('client any') })
    shop.leaf('below-any-ca', { by: anyCa })
    shop.expect(
      'anyExtendedKeyUsage among others in an issuer',
      'below-any-ca any-ca root',
      '1 note extended-key-usage',
      {
        differs: 'OpenSSL refuses anyExtendedKeyUsage on its own; Go and Windows accept it',
      },
    )
    shop.leaf('name-any', { by: int, purpose: extendedKeyUsage('ocsp code') })
    shop.expect('a signer of responses and code as a server', 'name-any int root', '0 extended-key-usage')
    const mixed = shop.ca('mixed', { by: root, purpose: extendedKeyUsage('server') })
    const mixedBelow = shop.ca('mixed-below', { by: mixed, purpose: extendedKeyUsage('client') })
    shop.leaf('below-mixed', { by: mixedBelow, purpose: extendedKeyUsage('server client') })
    shop.expect('usages that no certificate shares', 'below-mixed mixed-below mixed root', '1 extended-key-usage')
    shop.expect('the same for clients', 'below-mixed mixed-below mixed root', '2 extended-key-usage', {
      purpose: 'client',
    })

    const loop = shop.key()
    const loopA = shop.ca('loop-a', { subject: 'CN=Loop', key: loop })
    shop.ca('loop-b', { by: loopA, subject: 'CN=Loop', key: shop.key() })
    shop.leaf('below-loop', { by: loopA })
    shop.expect('self-issued certificates in a circle (CVE-2024-0567)', 'below-loop loop-a', '1 untrusted-root', {
      served: 'loop-a loop-b',
      roots: 'root',
    })
    const requires = shop.ca('requires', {
      by: root,
      more: [policies('1.2.3.4'), policyConstraints({ requireExplicit: 0 })],
    })
    shop.leaf('policy-less', { by: requires })
    shop.expect('a required policy that the leaf lacks (CVE-2023-0465)', 'policy-less requires root', '0 policy', {
      differs: 'OpenSSL processes policies only with -policy_check',
    })
    shop.leaf('policy-broken', { by: requires, more: [extension('2.5.29.32', [0x30, 0])] })
    shop.expect(
      'policies that cannot be decoded (CVE-2023-0465)',
      'policy-broken requires root',
      '0 policy, 0 malformed-extension',
      {
        differs: 'OpenSSL processes policies only with -policy_check',
      },
    )
    shop.leaf('mail-nul', { by: narrow, names: subjectAltName([email('a\0b')]) })
    shop.expect('a mailbox of strange octets where none is constrained (CVE-2022-3602)', 'mail-nul narrow root')
    shop.leaf('x400', { by: int, names: subjectAltName([tlv(0xa3, [0x30, 0]), dns('www.lab.example')]) })
    shop.expect('an X.400 address among the names (CVE-2023-0286)', 'x400 int root', '', {
      hosts: { 'www.lab.example': 'matches' },
    })
    shop.leaf('other-name-typed', {
      by: int,
      names: subjectAltName([
        explicit(0, oid('1.3.6.1.4.1.311.20.2.3'), explicit(0, [2, 1, 5])),
        dns('www.lab.example'),
      ]),
    })
    shop.expect('an otherName of another type than it says (CVE-2024-6119)', 'other-name-typed int root', '', {
      hosts: { 'www.lab.example': 'matches' },
    })
    shop.leaf('empty-subject', { by: int, subject: '', names: subjectAltName([dns('www.lab.example')], true) })
    shop.expect('an empty subject with critical alternative names', 'empty-subject int root', '', {
      hosts: { 'www.lab.example': 'matches' },
    })
    shop.leaf('many-names', {
      by: narrow,
      names: subjectAltName(Array.from({ length: 300 }, (_, at) => dns(`h${at}.lab.example`))),
    })
    shop.expect('hundreds of names under constraints (CVE-2025-58187)', 'many-names narrow root')
    shop.leaf('inner-null', {
      by: int,
      algorithm: algorithms['ecdsa-with-SHA256'],
      outerAlgorithm: sequence(oid('1.2.840.10045.4.3.2'), [5, 0]),
    })
    shop.expect(
      'parameters added outside of the signed part (CVE-2014-8275)',
      'inner-null int root',
      '0 algorithm-mismatch',
    )
    shop.leaf('zero-signature', { by: int, spoil: () => sequence([2, 1, 0], [2, 1, 0]) })
    shop.expect('a signature of zeros (CVE-2022-21449)', 'zero-signature int root', '0 signature-invalid')
    const rsa = shop.ca('rsa', { by: root, key: shop.key('RSA-2048') })
    shop.leaf('rsa-garbage', { by: rsa, spoil: (one) => new Uint8Array(one.length).fill(0).fill(1, one.length - 1) })
    shop.expect(
      'an RSA signature of the number one (CVE-2006-4339 and kin)',
      'rsa-garbage rsa root',
      '0 signature-invalid',
    )
    const trustedName = shop.ca('trusted-name', { subject: root.subject, by: int })
    shop.leaf('below-trusted-name', { by: trustedName })
    shop.expect('an intermediate that bears the name of a trusted root', 'below-trusted-name trusted-name int root')
    const wrongKey = shop.ca('key-id-clash', { by: int, more: [], subject: root.subject, ownId: null })
    shop.leaf('below-clash', { by: wrongKey, issuerId: authorityKeyId(root.key.id) })
    shop.expect('the key identifier of a root on a signature of somebody else', 'below-clash root', '', {
      served: 'key-id-clash int',
      paths: ['below-clash key-id-clash int root | 1 note profile'],
      differs: 'OpenSSL takes the issuer that the key identifier names',
    })
    const soft = shop.ca('soft', { by: root, basic: extension('2.5.29.19', sequence(boolean(true)), false) })
    const zeroed = shop.ca('zeroed', {
      by: soft,
      basic: extension('2.5.29.19', sequence(), true),
      usage: keyUsage('keyCertSign'),
    })
    shop.leaf('below-zeroed', { by: zeroed })
    shop.expect(
      'an empty basic constraints below a CA',
      'below-zeroed zeroed soft root',
      '1 not-a-ca, 1 note profile, 2 note profile',
    )
    shop.leaf('bmp-name', {
      by: int,
      subject: name([{ type: '2.5.4.3', value: tlv(0x1e, [0, 0x77, 0, 0x77]) }, attribute('O', 'Lab')]),
    })
    shop.expect('a common name in two octets a character', 'bmp-name int root')
    shop.leaf('teletex', {
      by: narrow,
      names: null,
      subject: name([
        {
          type: '2.5.4.3',
          value: tlv(
            0x14,
            [...'www.evil.example'].map((one) => one.charCodeAt(0)),
          ),
        },
      ]),
    })
    shop.expect(
      'a common name in another string type past DNS constraints',
      'teletex narrow root',
      '0 name-constraints',
    )
    shop.leaf('ip-in-cn', { by: narrow, names: null, subject: 'CN=192.0.2.1' })
    shop.expect('an address as common name under DNS constraints', 'ip-in-cn narrow root', '0 name-constraints', {
      hosts: { '192.0.2.1': 'no-san' },
    })
    shop.leaf('mixed-san', { by: narrow, names: subjectAltName([ip('192.0.2.1'), dns('www.lab.example')]) })
    shop.expect('an address beside a permitted name', 'mixed-san narrow root', '', {
      hosts: { '192.0.2.1': 'matches' },
    })
  },
}
