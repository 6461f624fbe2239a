/**
 * Makes `chains.txt`: twelve chains of the shape that public CAs issue today (extensions, policies, addresses, two
 * SCTs), under invented names and with keys of their own, to measure how long links get.
 *
 * Usage: node src/share/testing/make-chains.mjs   (needs openssl)
 */
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = mkdtempSync(path.join(tmpdir(), 'chains-'))
const openssl = (...args) =>
  execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] }).toString()

/** Two signed certificate timestamps of the usual size; what they sign is nothing. */
function timestamps() {
  const one = () => {
    const signature = Buffer.concat([
      Buffer.from('30450220', 'hex'),
      randomBytes(32),
      Buffer.from('022100', 'hex'),
      randomBytes(32),
    ])
    const body = Buffer.concat([
      Buffer.from([0]),
      randomBytes(32),
      Buffer.from('0000019b2c', 'hex'),
      randomBytes(3),
      Buffer.from('00000403', 'hex'),
      Buffer.from([0, signature.length]),
      signature,
    ])
    return Buffer.concat([Buffer.from([0, body.length]), body])
  }
  const list = Buffer.concat([one(), one()])
  const inner = Buffer.concat([Buffer.from([list.length >> 8, list.length & 255]), list])
  const header =
    inner.length < 256
      ? Buffer.from([0x04, 0x81, inner.length])
      : Buffer.from([0x04, 0x82, inner.length >> 8, inner.length & 255])
  return Buffer.concat([header, inner]).toString('hex')
}

const key = (name, kind) =>
  kind.startsWith('rsa')
    ? openssl('genpkey', '-algorithm', 'RSA', '-pkeyopt', `rsa_keygen_bits:${kind.slice(3)}`, '-out', `${name}.key`)
    : openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', `ec_paramgen_curve:${kind}`, '-out', `${name}.key`)

function issue(name, kind, subject, issuer, extensions, days) {
  key(name, kind)
  writeFileSync(path.join(folder, `${name}.cnf`), `[x]\n${extensions.join('\n')}\n`)
  openssl('req', '-new', '-key', `${name}.key`, '-subj', subject, '-out', `${name}.csr`)
  const signer =
    issuer === undefined ? ['-signkey', `${name}.key`] : ['-CA', `${issuer}.crt`, '-CAkey', `${issuer}.key`]
  const digest = (issuer ?? name).includes('P-384') ? '-sha384' : '-sha256'
  openssl(
    'x509',
    '-req',
    '-in',
    `${name}.csr`,
    ...signer,
    '-set_serial',
    `0x0${randomBytes(15).toString('hex')}7`,
    '-days',
    String(days),
    digest,
    '-extfile',
    `${name}.cnf`,
    '-extensions',
    'x',
    '-out',
    `${name}.crt`,
  )
  return openssl('x509', '-in', `${name}.crt`)
}

const host = ['api.payments.example.com', 'gateway.example.org', 'www.shop.example.net', 'orders.internal.example.com']
const shapes = []
for (const [leaf, ca] of [
  ['P-256', 'P-384'],
  ['rsa2048', 'rsa2048'],
  ['P-256', 'rsa4096'],
])
  for (const length of [2, 3, 4])
    shapes.push({ leaf, ca, length, names: length === 4 ? host : host.slice(0, length - 1) })
for (const length of [2, 3, 4]) shapes.push({ leaf: 'P-384', ca: 'P-384', length, names: host.slice(0, 1) })

const parts = []
for (const [index, { leaf, ca, length, names }] of shapes.entries()) {
  const base = `c${index}-${ca}`
  const site = `trust${index}.example`
  issue(
    `${base}-root`,
    ca,
    `/C=US/O=Example Trust ${index}/CN=Example Root ${index}`,
    undefined,
    ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,keyCertSign,cRLSign', 'subjectKeyIdentifier=hash'],
    7300,
  )
  const chain = []
  let above = `${base}-root`
  for (let level = length - 1; level >= 1; level--) {
    const name = `${base}-ca${level}`
    chain.unshift(
      issue(
        name,
        ca,
        `/C=US/O=Example Trust ${index}/CN=E${index}${level}`,
        above,
        [
          'keyUsage=critical,digitalSignature,keyCertSign,cRLSign',
          'extendedKeyUsage=serverAuth,clientAuth',
          `basicConstraints=critical,CA:TRUE,pathlen:${level - 1}`,
          'subjectKeyIdentifier=hash',
          'authorityKeyIdentifier=keyid',
          `authorityInfoAccess=caIssuers;URI:http://x1.i.${site}/`,
          'certificatePolicies=2.23.140.1.2.1',
          `crlDistributionPoints=URI:http://x1.c.${site}/`,
        ],
        1825,
      ),
    )
    above = name
  }
  chain.unshift(
    issue(
      `${base}-leaf`,
      leaf,
      `/CN=${names[0]}`,
      above,
      [
        'keyUsage=critical,digitalSignature',
        'extendedKeyUsage=serverAuth',
        'basicConstraints=critical,CA:FALSE',
        'subjectKeyIdentifier=hash',
        'authorityKeyIdentifier=keyid',
        `authorityInfoAccess=caIssuers;URI:http://e${index}.i.${site}/`,
        `subjectAltName=${names.map((name) => `DNS:${name}`).join(',')}`,
        'certificatePolicies=2.23.140.1.2.1',
        `crlDistributionPoints=URI:http://e${index}.c.${site}/40.crl`,
        `1.3.6.1.4.1.11129.2.4.2=DER:${timestamps()}`,
      ],
      90,
    ),
  )
  parts.push(`# ${leaf} leaf, ${ca} CA, ${length} certificates\n${chain.join('')}`)
}
writeFileSync(fileURLToPath(new URL('chains.txt', import.meta.url)), parts.join('\n'))
rmSync(folder, { recursive: true })
