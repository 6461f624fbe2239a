/** Keys and certificates made with the real `openssl` command, each in a directory of its own. */
import { execFile } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'

const exec = promisify(execFile)

/** Milliseconds of a day. */
export const day = 86_400_000

export type KeyKind = 'ec' | 'rsa2048' | 'rsa1024'

export interface CertificateSpec {
  /** Subject in the form `openssl req -subj` takes: `/C=GB/O=Example/CN=x`. */
  readonly subject: string
  /** Who signs; without one the certificate signs itself. */
  readonly issuer?: Issued
  /** DNS names of the subject alternative name extension. */
  readonly names?: readonly string[]
  /** A CA certificate, with this path length when it is a number. */
  readonly ca?: boolean | number
  readonly key?: KeyKind
  readonly digest?: 'sha256' | 'sha1'
  /** Days from now; -1 to 90 unless told. */
  readonly from?: number
  readonly until?: number
  /** Value of extendedKeyUsage; `serverAuth` for a leaf unless told. */
  readonly usage?: string
  /** Further lines of the extension section, in the syntax of `x509v3_config`. */
  readonly extensions?: readonly string[]
}

export interface Issued {
  /** PEM of the one certificate, ending in a newline. */
  readonly cert: string
  /** PEM of its private key. */
  readonly key: string
  readonly der: Uint8Array
  readonly certFile: string
  readonly keyFile: string
}

const keyArguments: Record<KeyKind, readonly string[]> = {
  ec: ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'],
  rsa2048: ['-newkey', 'rsa:2048'],
  rsa1024: ['-newkey', 'rsa:1024'],
}

/** The time `daysFromNow` as `openssl ca` wants it, `YYYYMMDDHHMMSSZ`. */
const generalizedTime = (daysFromNow: number) =>
  `${new Date(Date.now() + daysFromNow * day).toISOString().replace(/\D/g, '').slice(0, 14)}Z`

function extensionLines(spec: CertificateSpec): string[] {
  const isCa = spec.ca !== undefined && spec.ca !== false
  const pathLength = typeof spec.ca === 'number' ? `,pathlen:${spec.ca}` : ''
  return [
    `basicConstraints = critical,CA:${isCa ? `TRUE${pathLength}` : 'FALSE'}`,
    `keyUsage = critical,${isCa ? 'keyCertSign,cRLSign' : 'digitalSignature'}`,
    'subjectKeyIdentifier = hash',
    ...(spec.issuer ? ['authorityKeyIdentifier = keyid'] : []),
    ...(isCa ? [] : [`extendedKeyUsage = ${spec.usage ?? 'serverAuth'}`]),
    ...(spec.names?.length ? [`subjectAltName = ${spec.names.map((name) => `DNS:${name}`).join(',')}`] : []),
    ...(spec.extensions ?? []),
  ]
}

/** `openssl ca` sets both ends of the validity, which `openssl x509 -req` before 3.4 cannot. */
const configuration = (dir: string, spec: CertificateSpec) => `
[ca]
default_ca = lab
[lab]
database = ${dir}/index.txt
serial = ${dir}/serial
new_certs_dir = ${dir}
default_md = ${spec.digest ?? 'sha256'}
policy = any
email_in_dn = yes
unique_subject = no
string_mask = utf8only
[any]
commonName = optional
[req]
distinguished_name = names
string_mask = utf8only
utf8 = yes
[names]
[extensions]
${extensionLines(spec).join('\n')}
`

export class Pki {
  readonly dir: string
  #count = 0

  private constructor(dir: string) {
    this.dir = dir
  }

  static async create(): Promise<Pki> {
    return new Pki(await mkdtemp(path.join(tmpdir(), 'weaklink-lab-')))
  }

  /** Makes a key and its certificate. Calls may run side by side. */
  async issue(spec: CertificateSpec): Promise<Issued> {
    this.#count += 1
    const serial = (0x1000 + this.#count).toString(16)
    const dir = path.join(this.dir, String(this.#count))
    const at = (name: string) => path.join(dir, name)
    await mkdir(dir)
    await Promise.all([
      writeFile(at('index.txt'), ''),
      writeFile(at('serial'), `6c${serial.length % 2 ? '0' : ''}${serial}\n`),
      writeFile(at('openssl.cnf'), configuration(dir, spec)),
    ])
    await exec('openssl', [
      ...['req', '-new', '-config', at('openssl.cnf'), '-utf8', '-subj', spec.subject, '-nodes'],
      ...keyArguments[spec.key ?? 'ec'],
      ...['-keyout', at('key.pem'), '-out', at('request.pem')],
    ])
    const signer = spec.issuer
      ? ['-cert', spec.issuer.certFile, '-keyfile', spec.issuer.keyFile]
      : ['-selfsign', '-keyfile', at('key.pem')]
    await exec('openssl', [
      ...[
        'ca',
        '-batch',
        '-notext',
        '-preserveDN',
        '-config',
        at('openssl.cnf'),
        '-extensions',
        'extensions',
        ...signer,
      ],
      ...['-startdate', generalizedTime(spec.from ?? -1), '-enddate', generalizedTime(spec.until ?? 90)],
      ...['-in', at('request.pem'), '-out', at('cert.pem')],
    ])
    const [cert, key] = await Promise.all([readFile(at('cert.pem'), 'utf8'), readFile(at('key.pem'), 'utf8')])
    return {
      cert,
      key,
      der: new Uint8Array(new X509Certificate(cert).raw),
      certFile: at('cert.pem'),
      keyFile: at('key.pem'),
    }
  }

  /** Writes PEM text to a file of the lab and returns its path. */
  async file(name: string, text: string): Promise<string> {
    const file = path.join(this.dir, name)
    await writeFile(file, text)
    return file
  }

  async remove(): Promise<void> {
    await rm(this.dir, { recursive: true, force: true })
  }
}

/** The same certificate with one bit of its signature changed: well-formed, and no longer verifiable. */
export function withBrokenSignature(issued: Issued): Issued {
  const der = issued.der.slice()
  der[der.length - 1] = (der.at(-1) ?? 0) ^ 1
  return { ...issued, der, cert: pemOf(der) }
}

/** Encodes DER bytes as a PEM certificate. */
export function pemOf(der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
}

/** Whether the lab can run here: OpenSSL (not LibreSSL), 1.1.1 or later, and a POSIX shell. */
export async function opensslVersion(): Promise<string | undefined> {
  if (process.platform === 'win32') return undefined
  try {
    const { stdout } = await exec('openssl', ['version'])
    return /^OpenSSL (?:1\.1\.1|[3-9])/.test(stdout) ? stdout.trim() : undefined
  } catch {
    return undefined
  }
}
