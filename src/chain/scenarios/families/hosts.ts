import type { Part } from '../make/der.ts'
import { subjectAltName } from '../make/extensions.ts'
import { dns, email, ip, uri } from '../make/names.ts'
import type { Family, Question } from '../make/workshop.ts'

export const hosts: Family = {
  title: 'Host names and addresses',
  source: 'RFC 9525 section 6; RFC 5280 section 4.2.1.6; the public suffix list',
  make(shop) {
    const root = shop.ca('root')
    const key = shop.key()
    let count = 0
    const match = (
      title: string,
      names: readonly Part[] | null,
      wanted: Readonly<Record<string, string>>,
      more: Question & { subject?: string; problems?: string } = {},
    ) => {
      const { subject, problems = '', ...question } = more
      const label = `host-${++count}`
      shop.leaf(label, {
        by: root,
        key,
        names: names === null ? null : subjectAltName(names),
        ...(subject === undefined ? {} : { subject }),
      })
      shop.expect(title, `${label} root`, problems, { hosts: wanted, ...question })
    }
    const yes = 'matches'
    const no = 'no-match'

    match('one name', [dns('www.lab.example')], {
      'www.lab.example': yes,
      'WWW.Lab.Example': yes,
      'lab.example': no,
      'www.lab.example.': yes,
      'a.www.lab.example': no,
      'www.lab.examples': no,
    })
    match('several names', [dns('a.example'), dns('b.example')], {
      'a.example': yes,
      'b.example': yes,
      'c.example': no,
    })
    match('a name in capitals', [dns('WWW.LAB.EXAMPLE')], { 'www.lab.example': yes })
    match('a wildcard', [dns('*.lab.example')], {
      'www.lab.example': yes,
      'lab.example': no,
      'a.b.lab.example': no,
      '.lab.example': 'invalid-host',
      'xn--bcher-kva.lab.example': yes,
    })
    match('a wildcard inside a label', [dns('w*.lab.example')], { 'www.lab.example': no })
    match('a wildcard at the end of a label', [dns('*w.lab.example')], { 'www.lab.example': no })
    match('a wildcard in second place', [dns('www.*.example')], { 'www.lab.example': no })
    match('two wildcards', [dns('*.*.example')], { 'www.lab.example': no })
    match('a wildcard alone', [dns('*')], { 'www.lab.example': no, localhost: no })
    match('a wildcard over one label', [dns('*.example')], { 'lab.example': 'wildcard-too-broad' })
    match('a wildcard over a top-level domain', [dns('*.com')], { 'example.com': 'wildcard-too-broad' })
    match('a wildcard over a public suffix of two labels', [dns('*.co.uk')], { 'example.co.uk': 'wildcard-too-broad' })
    match('a wildcard over a company suffix', [dns('*.github.io')], { 'someone.github.io': yes })
    match('a partial wildcard in an A-label', [dns('xn--*.lab.example')], { 'xn--bcher-kva.lab.example': no })
    match('a name in another script, as A-label', [dns('xn--bcher-kva.example')], {
      'xn--bcher-kva.example': yes,
      'b\u00fccher.example': yes,
      'B\u00dcCHER.example': yes,
      'bucher.example': no,
    })
    match(
      'a name in another script, as raw UTF-8',
      [dns('b\u00c3\u00bccher.example')],
      { 'b\u00fccher.example': no },
      { problems: '0 note encoding' },
    )
    match('an underscore', [dns('my_host.lab.example')], { 'my_host.lab.example': yes })
    match('a trailing dot in the certificate', [dns('www.lab.example.')], { 'www.lab.example': no })
    match('a leading dot in the certificate', [dns('.lab.example')], { 'www.lab.example': no, 'lab.example': no })
    match('a single label', [dns('intranet')], { intranet: yes, 'intranet.lab.example': no })
    match('an empty name', [dns('')], { 'www.lab.example': no })
    match('white space around a name', [dns(' www.lab.example ')], { 'www.lab.example': no })
    match('a NUL in a name', [dns('www.lab.example\0.evil.example')], {
      'www.lab.example': no,
      'evil.example': no,
    })
    match('a NUL at the end of a name', [dns('www.lab.example\0')], { 'www.lab.example': no })

    match('an IPv4 address', [ip('192.0.2.1')], {
      '192.0.2.1': yes,
      '192.0.2.2': 'ip-not-listed',
      '192.0.2.01': no,
      'www.lab.example': no,
    })
    match('an IPv6 address', [ip('20010db8000000000000000000000001')], {
      '2001:db8::1': yes,
      '[2001:DB8:0:0::1]': yes,
      '2001:db8::2': 'ip-not-listed',
    })
    match('an IPv4 address in IPv6 form', [ip('00000000000000000000ffffc0000201')], {
      '::ffff:192.0.2.1': yes,
      '192.0.2.1': 'ip-not-listed',
    })
    match('an address as a DNS name', [dns('192.0.2.1')], { '192.0.2.1': 'ip-not-listed' })
    match('an address as a URI', [uri('https://192.0.2.1/')], { '192.0.2.1': 'no-san' })
    match('an address of three octets', [ip('c00002')], { '192.0.2.1': 'ip-not-listed' })
    match('an address with its mask', [ip('192.0.2.0/255.255.255.0')], { '192.0.2.0': 'ip-not-listed' })
    match('a wildcard does not match an address', [dns('*.0.2.1')], { '192.0.2.1': 'ip-not-listed' })

    match(
      'a common name alone',
      null,
      { 'www.lab.example': 'no-san' },
      {
        subject: 'CN=www.lab.example',
      },
    )
    match(
      'a common name beside another DNS name',
      [dns('api.lab.example')],
      { 'www.lab.example': no },
      {
        subject: 'CN=www.lab.example',
      },
    )
    match(
      'a common name beside a mail address',
      [email('ann@lab.example')],
      { 'www.lab.example': 'no-san' },
      {
        subject: 'CN=www.lab.example',
      },
    )
    match('an address as the common name', null, { '192.0.2.1': 'no-san' }, { subject: 'CN=192.0.2.1' })
    match('a host in a URI', [uri('https://www.lab.example/')], { 'www.lab.example': 'no-san' })
    match('a host in a mail address', [email('ann@www.lab.example')], { 'www.lab.example': 'no-san' })
    match('no name at all', null, { 'www.lab.example': 'no-san' }, { subject: '', problems: '0 note profile' })
  },
}
