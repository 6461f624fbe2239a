/** Takes passwords out of what is kept of a command line. */

const keep = '(?!file:|env:|fd:|stdin|\\$|%)'

type Pattern = readonly [pattern: RegExp, replacement: string]

const patterns: readonly Pattern[] = [
  // openssl, keytool (also `-storepass:env`, which names a variable), gnutls-cli, curl: the option's value is the secret.
  [
    new RegExp(
      `((?:^|\\s)-{1,2}(?:pass|passin|passout|proxy_pass|psk|pskkey|srppass|srppasswd|storepass|keypass|new|srcstorepass|deststorepass|srckeypass|destkeypass|proxy-pass|proxy-tlspassword|tlspassword|oauth2-bearer|password|http-password|proxy-password|ftp-password|aws-sigv4)[ =])["']?${keep}[^\\s"']{1,400}["']?`,
      'g',
    ),
    '$1***',
  ],
  [/((?:Proxy-)?Authorization ?[:=] ?(?:(?:Basic|Bearer|Digest|Negotiate|NTLM) )?)[^\s"']{1,8000}/gi, '$1***'],
  [/((?:[\w-]{0,40}(?:api-?key|token|secret|password)) ?[:=] ?)[^\s"'&]{1,4000}/gi, '$1***'],
  [/(Cookie: ?)[^"'\n]{1,8000}/gi, '$1***'],
  // Credentials in an address, with and without a scheme.
  [/(\/\/[^\s:/@"']{1,200}:)[^\s/@"']{1,200}@/g, '$1***@'],
  [/((?:^|[\s=])["']?[^\s:/@"'=]{1,200}:)[^\s/@"']{1,200}(?=@[\w.[-])/g, '$1***'],
]

/** Options of one letter mean other things elsewhere. */
const ofCurl: readonly Pattern[] = [
  // curl's `user:password`; the name may stay.
  [/((?:^|\s)(?:-[a-zA-Z]{0,8}[uU]|--(?:proxy-)?user)[ =]?["']?[^\s:"']{0,200}:)[^\s"']{1,400}/g, '$1***'],
  // curl's `--cert file:password`. A drive letter of Windows has one letter before the colon.
  [/((?:^|\s)(?:-E|--(?:proxy-)?cert)[ =]["']?(?:[A-Za-z]:[\\/])?[^\s:"']{2,300}:)[^\s"'\\/]{1,400}/g, '$1***'],
  // Bodies and cookies: what is sent is nobody's business here.
  [
    /((?:^|\s)(?:-d|-b|-F|--data(?:-raw|-binary|-ascii|-urlencode)?|--json|--form|--cookie|--post-data|--body-data)[ =]?)(?:"[^"]{0,4000}"|'[^']{0,4000}'|[^\s"']{1,4000})/g,
    '$1***',
  ],
]

/** A command line, or a part of one, without its passwords. */
export function mask(text: string, program?: string): string {
  const all =
    program === 'curl' || /^\s{0,8}(?:\S{1,80}\/)?curl(?:\.exe)?\s/.test(text) ? [...patterns, ...ofCurl] : patterns
  return all.reduce((masked, [pattern, replacement]) => masked.replace(pattern, replacement), text)
}
