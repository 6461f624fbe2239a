/** Real clients other than `openssl`: how each is run against a server of the lab, and whether it is here. */
import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { shell } from '../lab/capture.ts'
import { host } from '../lab/world.ts'

const exec = promisify(execFile)

/** What one run of a client is about. */
export interface Aim {
  readonly port: number
  /** Root that the client is told to trust; without it, it trusts nothing of the lab. */
  readonly caFile?: string
  /** Port of a CONNECT proxy on loopback. */
  readonly proxy?: number
  readonly clientCertificate?: { readonly certFile: string; readonly keyFile: string; readonly p12File: string }
}

export interface Program {
  readonly name: string
  /** Version line, or why it cannot run here. */
  available(): Promise<{ readonly version: string } | { readonly reason: string }>
  /** Makes what the runs need, once. */
  prepare?(folder: string): Promise<void>
  /** The command line as a person would type it. */
  command(aim: Aim, folder: string): string
  /** Situations that it cannot be put into, with the reason. */
  readonly cannot?: Readonly<Partial<Record<'proxy' | 'clientCertificate', string>>>
}

const versionOf = (command: string, pattern: RegExp) => async () => {
  try {
    const [program = '', ...args] = command.split(' ')
    const { stdout, stderr } = await exec(program, args, { timeout: 20_000 })
    const version = pattern.exec(`${stdout}\n${stderr}`)?.[0]
    return version === undefined ? { reason: `${program} does not tell its version` } : { version }
  } catch {
    return { reason: `${command.split(' ')[0]} is not installed` }
  }
}

/** Names of the lab lead to loopback. */
const url = ({ port }: Aim) => `https://${host}:${port}/`

const curl: Program = {
  name: 'curl',
  available: versionOf('curl --version', /^curl \S+/),
  command: (aim) =>
    [
      'curl -v',
      // Through the proxy the name is resolved there.
      aim.proxy === undefined ? `--resolve ${host}:${aim.port}:127.0.0.1` : `-x http://127.0.0.1:${aim.proxy}`,
      aim.caFile === undefined ? '' : `--cacert ${aim.caFile}`,
      aim.clientCertificate === undefined
        ? ''
        : `--cert ${aim.clientCertificate.certFile} --key ${aim.clientCertificate.keyFile}`,
      url(aim),
    ]
      .filter(Boolean)
      .join(' '),
}

const wget: Program = {
  name: 'wget',
  available: versionOf('wget --version', /^GNU Wget \S+/),
  cannot: {},
  // Wget cannot be told an address, so the tunnel resolves the name.
  command: (aim) =>
    [
      `wget -O /dev/null -t 1 -T 10 -e https_proxy=http://127.0.0.1:${aim.proxy}`,
      aim.caFile === undefined ? '' : `--ca-certificate=${aim.caFile}`,
      aim.clientCertificate === undefined
        ? ''
        : `--certificate=${aim.clientCertificate.certFile} --private-key=${aim.clientCertificate.keyFile}`,
      url(aim),
    ]
      .filter(Boolean)
      .join(' '),
}

const gnutls: Program = {
  name: 'gnutls-cli',
  available: versionOf('gnutls-cli --version', /^gnutls-cli \S+/),
  cannot: { proxy: 'gnutls-cli knows no proxy' },
  command: (aim) =>
    [
      'gnutls-cli --print-cert',
      `--sni-hostname ${host} --verify-hostname ${host}`,
      aim.caFile === undefined ? '' : `--x509cafile ${aim.caFile}`,
      aim.clientCertificate === undefined
        ? ''
        : `--x509certfile ${aim.clientCertificate.certFile} --x509keyfile ${aim.clientCertificate.keyFile}`,
      `-p ${aim.port} 127.0.0.1`,
    ]
      .filter(Boolean)
      .join(' '),
}

const keytool: Program = {
  name: 'keytool',
  available: versionOf('java -version', /version "[^"]+"/),
  cannot: {
    clientCertificate: 'keytool presents none',
    proxy: 'left out: keytool reads proxies from system properties',
  },
  command: (aim) => `keytool -printcert -sslserver 127.0.0.1:${aim.port}`,
}

const node: Program = {
  name: 'node',
  available: async () => ({ version: `node ${process.version}` }),
  cannot: { proxy: 'the https module knows no proxy' },
  async prepare(folder) {
    await writeFile(
      path.join(folder, 'client.mjs'),
      `import https from 'node:https'
import { readFileSync } from 'node:fs'
const [url, cert, key] = process.argv.slice(2)
const lookup = (_name, options, done) => options.all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4)
const options = { lookup, ...(cert ? { cert: readFileSync(cert), key: readFileSync(key) } : {}) }
https.get(url, options, (response) => console.log('status', response.statusCode)).on('error', (error) => { throw error })
`,
    )
  },
  command: (aim, folder) =>
    [
      aim.caFile === undefined ? '' : `NODE_EXTRA_CA_CERTS=${aim.caFile}`,
      `node ${folder}/client.mjs ${url(aim)}`,
      aim.clientCertificate === undefined ? '' : `${aim.clientCertificate.certFile} ${aim.clientCertificate.keyFile}`,
    ]
      .filter(Boolean)
      .join(' '),
}

const python: Program = {
  name: 'python3',
  available: versionOf('python3 --version', /^Python \S+/),
  async prepare(folder) {
    await writeFile(
      path.join(folder, 'client.py'),
      `import os, socket, ssl, sys, urllib.request
real = socket.getaddrinfo
socket.getaddrinfo = lambda name, *rest, **more: real('127.0.0.1' if str(name).endswith('.example') else name, *rest, **more)
context = ssl.create_default_context(cafile=os.environ.get('CA_FILE'))
if len(sys.argv) > 2:
    context.load_cert_chain(sys.argv[2], sys.argv[3])
print(urllib.request.urlopen(sys.argv[1], context=context, timeout=10).status)
`,
    )
  },
  command: (aim, folder) =>
    [
      aim.caFile === undefined ? '' : `CA_FILE=${aim.caFile}`,
      aim.proxy === undefined ? '' : `https_proxy=http://127.0.0.1:${aim.proxy}`,
      `python3 ${folder}/client.py ${url(aim)}`,
      aim.clientCertificate === undefined ? '' : `${aim.clientCertificate.certFile} ${aim.clientCertificate.keyFile}`,
    ]
      .filter(Boolean)
      .join(' '),
}

const java: Program = {
  name: 'java',
  available: async () => {
    const found = await versionOf('javac -version', /javac \S+/)()
    return 'version' in found ? found : { reason: 'a Java compiler is not installed' }
  },
  async prepare(folder) {
    await mkdir(path.join(folder, 'java'), { recursive: true })
    const source = path.join(folder, 'java', 'Client.java')
    await writeFile(
      source,
      `import java.net.URI;
import java.net.http.*;

public class Client {
    public static void main(String[] args) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(args[0])).build();
        System.out.println(HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding()).statusCode());
    }
}
`,
    )
    await writeFile(path.join(folder, 'java', 'hosts'), `127.0.0.1 ${host}\n`)
    await exec('javac', ['-d', path.join(folder, 'java'), source], { timeout: 60_000 })
  },
  cannot: { proxy: 'left out: the Java client takes a proxy in code' },
  command: (aim, folder) =>
    [
      `java -Djdk.net.hosts.file=${folder}/java/hosts`,
      aim.caFile === undefined
        ? ''
        : `-Djavax.net.ssl.trustStoreType=PKCS12 -Djavax.net.ssl.trustStore=${aim.caFile.replace(/\.\w+$/, '')}-trust.p12 -Djavax.net.ssl.trustStorePassword=changeit`,
      aim.clientCertificate === undefined
        ? ''
        : `-Djavax.net.ssl.keyStore=${aim.clientCertificate.p12File} -Djavax.net.ssl.keyStorePassword=changeit`,
      `-cp ${folder}/java Client ${url(aim)}`,
    ]
      .filter(Boolean)
      .join(' '),
}

const git: Program = {
  name: 'git',
  available: versionOf('git --version', /^git version \S+/),
  command: (aim) =>
    [
      aim.caFile === undefined ? '' : `GIT_SSL_CAINFO=${aim.caFile}`,
      aim.clientCertificate === undefined
        ? ''
        : `GIT_SSL_CERT=${aim.clientCertificate.certFile} GIT_SSL_KEY=${aim.clientCertificate.keyFile}`,
      `https_proxy=http://127.0.0.1:${aim.proxy} GIT_TERMINAL_PROMPT=0 git ls-remote ${url(aim)}repository.git`,
    ]
      .filter(Boolean)
      .join(' '),
}

export const programs: readonly Program[] = [curl, wget, gnutls, keytool, node, python, java, git]

/** These reach the lab's names only through a proxy that resolves them. */
export const needsProxy: ReadonlySet<string> = new Set(['wget', 'git'])

/** Runs a client and returns what a terminal would have shown, with its command line. */
export async function run(program: Program, aim: Aim, folder: string): Promise<string> {
  const command = program.command(aim, folder)
  const output = await shell(`{ ${command} </dev/null; } 2>&1`)
  return `$ ${command}\n${output}`
}
