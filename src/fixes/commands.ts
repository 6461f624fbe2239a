/** Commands that several platforms share: gather a chain, confirm a CA, check from outside. All for a POSIX shell. */
import type { Authority, Facts } from './facts.ts'
import { hole } from './placeholders.ts'
import { oneLine, sh } from './quote.ts'

/** The file that holds what a client has to trust, for the job at hand. */
export const trustFile = (facts: Facts): Authority =>
  facts.job === 'supply-intermediate' ? facts.missing : facts.anchor

/** Fetches a certificate, in whichever encoding it comes, and shows whose it is. */
function fetchCertificate(authority: Authority & { readonly url: string }): string[] {
  const raw = sh(`${authority.alias}.cer`)
  const file = sh(authority.file)
  const convert = /\.p7[bc]$/i.test(authority.url)
    ? `openssl pkcs7 -inform DER -in ${raw} -print_certs -out ${file}`
    : `(openssl x509 -inform DER -in ${raw} 2>/dev/null || openssl x509 -in ${raw}) > ${file}`
  return [
    `curl -fsS -o ${raw} ${sh(authority.url)}`,
    convert,
    `openssl x509 -in ${file} -noout -subject -issuer -enddate`,
  ]
}

/** Commands that put the intermediate into a file of its own; none when only the CA can give it. */
export const fetchMissing = ({ missing }: Facts): string[] =>
  missing.url === undefined ? [] : fetchCertificate({ ...missing, url: missing.url })

/** The file of the intermediate: fetched by {@link fetchMissing}, else the reader's own. */
export const missingFile = ({ missing }: Facts): string =>
  missing.url === undefined ? hole('INTERMEDIATE_FILE') : missing.file

/** Writes leaf and intermediates into one file, and shows that key and certificate fit. */
export function gatherChain(facts: Facts): string {
  const chain = sh(hole('FULL_CHAIN_FILE'))
  if (facts.job === 'replace-certificate')
    return [
      `cat ${sh(hole('NEW_CERT_FILE'))} ${sh(hole('INTERMEDIATE_FILE'))} > ${chain}`,
      `openssl x509 -in ${chain} -noout -subject -enddate -ext subjectAltName`,
      keyFits(chain),
    ].join('\n')
  return [...fetchMissing(facts), `cat ${sh(hole('SERVER_CERT_FILE'))} ${sh(missingFile(facts))} > ${chain}`].join('\n')
}

/** Prints two equal lines when a certificate and a key belong together. */
const keyFits = (certificate: string): string =>
  `openssl x509 -in ${certificate} -noout -pubkey | openssl sha256; openssl pkey -in ${sh(hole('SERVER_KEY_FILE'))} -pubout | openssl sha256`

/** Words for {@link gatherChain}, to stand first among the steps of a server. */
export function gatherSteps(facts: Facts): string[] {
  if (facts.job === 'replace-certificate')
    return [
      ...issueSteps(facts),
      'Write the new certificate and its intermediates into one file, leaf first, without the root. The last two lines that the commands print have to be equal: then key and certificate fit.',
    ]
  const order = 'leaf first, then each issuer, without the root'
  if (facts.rule !== 'missing-intermediate')
    return [`Write one file with the certificates of this chain only, each once: ${order}.`]
  return [
    getMissing(facts),
    `Write it after the leaf into one file: ${order}.`,
    ...(facts.missingMore || facts.missing.url === undefined
      ? ['When its issuer is not a root, that issuer belongs into the file as well.']
      : []),
  ]
}

/** How to come by the intermediate, as one step. */
export const getMissing = ({ missing }: Facts): string =>
  missing.url === undefined
    ? `Get the intermediate certificate "${oneLine(missing.name)}" from the CA that issued the server certificate.`
    : `Fetch the intermediate certificate "${oneLine(missing.name)}" from the address that the certificate below it names, and check that the printed subject is that name.`

/** What has to be asked of the CA, by what was found. */
function issueSteps({ rule, host, leaf, names }: Facts): string[] {
  const known = host === hole('HOST') ? names : [host, ...names.filter((name) => name !== host)]
  const listed = (known.length > 0 ? known : [host]).slice(0, 5).join(', ')
  switch (rule) {
    case 'hostname-mismatch':
    case 'no-san':
      return [`Have a certificate issued with ${host} among its DNS names (subject alternative names).`]
    case 'weak-key-or-signature':
      return [
        `Make a new key (RSA 2048 or more, or EC P-256), and have a certificate issued for it with a SHA-256 signature${leaf ? `; the present one has ${leaf.key.label} and ${leaf.signatureAlgorithm}` : ''}.`,
      ]
    case 'revoked':
      return [`Make a new key, for the old one may be known to others, and have a certificate issued for ${listed}.`]
    case 'acme-staging':
      return ['Point the ACME client at the production directory of its CA, and have the certificate issued again.']
    case 'cloudflare-origin':
    case 'self-signed-leaf':
    case 'product-default-certificate':
      return [`Have a certificate for ${host} issued by a CA that the clients trust.`]
    default:
      return [`Have the certificate renewed for ${listed}.`]
  }
}

/** Prints `same` when a file holds the certificate of the report. */
export function compareFingerprint({ file, sha256 }: Authority): string | undefined {
  if (sha256 === undefined) return undefined
  return `openssl x509 -in ${sh(file)} -noout -fingerprint -sha256 | tr -d : | grep -qi ${sh(sha256)} && echo same || echo 'another certificate'`
}

const trust = (facts: Facts): string => (facts.isPublic ? '' : ` -CAfile ${sh(facts.anchor.file)}`)

const nameCheck = ({ host, hostIsIp }: Facts): string =>
  hostIsIp ? `-noservername -verify_ip ${sh(host)}` : `-servername ${sh(host)} -verify_hostname ${sh(host)}`

/** Chain, name and dates in one go; the exit status is 0 only when all are right. */
export function opensslCheck(facts: Facts, extra = ''): string {
  const proxy = facts.proxy === undefined || facts.side === 'server' ? '' : ` -proxy ${sh(facts.proxy)}`
  const starttls = facts.starttls === undefined ? '' : ` -starttls ${sh(facts.starttls)}`
  return `openssl s_client -connect ${sh(facts.connect)} ${nameCheck(facts)}${proxy}${starttls}${trust(facts)}${extra} -verify_return_error -brief </dev/null`
}

/** The status of a request, with the exit status of curl: 60 when the certificate is refused. */
export function curlCheck(facts: Facts, extra: readonly string[] = []): string {
  if (facts.starttls !== undefined) return opensslCheck(facts)
  const elsewhere = facts.connect === facts.authority ? [] : ['--connect-to', sh(`${facts.authority}:${facts.connect}`)]
  const ca =
    facts.isPublic || extra.some((word) => word.startsWith('--cacert')) ? [] : ['--cacert', sh(facts.anchor.file)]
  return [
    'curl',
    '-sS',
    '-o',
    '/dev/null',
    '-w',
    sh('%{http_code}\\n'),
    ...elsewhere,
    ...ca,
    ...extra,
    sh(facts.url),
  ].join(' ')
}

/** The same with the client's own certificate; a server that wants another answers with an alert or with 400, 401 or 403. */
export const clientCurlCheck = (facts: Facts): string =>
  facts.starttls === undefined
    ? curlCheck(facts, ['-f', '--cert', sh(hole('CLIENT_CERT_FILE')), '--key', sh(hole('CLIENT_KEY_FILE'))])
    : opensslCheck(facts, ` -cert ${sh(hole('CLIENT_CERT_FILE'))} -key ${sh(hole('CLIENT_KEY_FILE'))}`)

/** Through the gateway: fails on 502 and the other errors by which a gateway says that its upstream failed. */
export const gatewayCheck = `curl -fsS -o /dev/null -w ${sh('%{http_code}\\n')} ${sh(hole('GATEWAY_URL'))}`
