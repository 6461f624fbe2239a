/** What the tests of fixes share: a private PKI for localhost, servers with one fault, and a way to apply a fix as it is printed. */
import { spawn } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import path from 'node:path'
import type { Finding, Fix, FixJob, FixSide, RuleSlug } from '../../src/core/finding.ts'
import { allFixes } from '../../src/fixes/fixes.ts'
import { inspect } from '../../src/inspect.ts'
import type { Report } from '../../src/report/types.ts'
import { sClient } from '../lab/capture.ts'
import { type Issued, Pki } from '../lab/pki.ts'
import { type Listening, listen } from '../lab/server.ts'

/** The host of every server here: it resolves everywhere, and needs no entry in a file of the machine. */
export const host = 'localhost'
const org = '/C=GB/O=Fix Lab'

export interface World {
  readonly pki: Pki
  readonly root: Issued
  readonly issuing: Issued
  readonly clientCa: Issued
  readonly client: Issued
  /** Names where its issuer can be fetched. */
  readonly leaf: Issued
  readonly expired: Issued
  /** Certificate and intermediate of the client. */
  readonly clientChainFile: string
  readonly stop: () => Promise<void>
}

export async function startWorld(): Promise<World> {
  const pki = await Pki.create()
  const root = await pki.issue({ subject: `${org}/CN=Fix Lab Root CA`, ca: true, until: 2000 })
  const issuing = await pki.issue({ subject: `${org}/CN=Fix Lab Issuing CA 1`, ca: true, issuer: root, until: 1000 })
  const clientCa = await pki.issue({ subject: `${org}/CN=Fix Lab Client CA`, ca: true, until: 1000 })
  const files = await listen(createServer((_request, response) => response.end(issuing.der)))
  const leafSpec = { subject: `${org}/CN=${host}`, names: [host], issuer: issuing }
  const aia = [`authorityInfoAccess = caIssuers;URI:http://127.0.0.1:${files.port}/issuing.cer`]
  const [leaf, expired, client] = await Promise.all([
    pki.issue({ ...leafSpec, extensions: aia }),
    pki.issue({ ...leafSpec, from: -20, until: -1, extensions: aia }),
    pki.issue({ subject: `${org}/CN=client-7`, issuer: clientCa, usage: 'clientAuth' }),
  ])
  return {
    ...{ pki, root, issuing, clientCa, client, leaf, expired },
    clientChainFile: await pki.file('client-chain.pem', client.cert + clientCa.cert),
    stop: async () => {
      await files.stop()
      await pki.remove()
    },
  }
}

/** What a terminal shows of a server, and what inspect makes of it. */
export interface Judged {
  readonly capture: string
  readonly report: Report
  readonly finding: Finding
}

/** Takes a real capture of the server and finds the expected cause in it. */
export async function judge(
  port: number,
  rule: RuleSlug,
  args: readonly string[] = [],
  roots: readonly Issued[] = [],
): Promise<Judged> {
  const capture = await sClient({ args: ['-connect', `${host}:${port}`, '-servername', host, '-showcerts', ...args] })
  const report = await inspect(
    { documents: [{ name: 'paste', text: capture }] },
    { trustedRoots: roots.map(({ der }) => der) },
  )
  const finding = report.findings.find((candidate) => candidate.rule === rule)
  if (!finding) throw new Error(`no ${rule} in: ${report.findings.map((found) => found.rule).join(', ')}\n${capture}`)
  return { capture, report, finding }
}

/** The fix of a platform for a job; `title` chooses among several. */
export function fixOf({ finding, report }: Judged, platform: string, job: FixJob, side: FixSide, title = ''): Fix {
  const fixes = allFixes(finding, report).filter(
    (fix) => fix.platform === platform && fix.job === job && fix.side === side,
  )
  const fix = fixes.find((candidate) => candidate.title.includes(title))
  if (!fix) throw new Error(`${platform} has no fix for ${job} on side ${side}`)
  return fix
}

export interface Outcome {
  readonly status: number
  /** Both outputs, in the order they came. */
  readonly output: string
}

/** Settings of the machine that would decide in the place of the fix. */
const inherited = [
  'http_proxy',
  'https_proxy',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NODE_EXTRA_CA_CERTS',
  'SSL_CERT_FILE',
  'REQUESTS_CA_BUNDLE',
  'CURL_CA_BUNDLE',
  'JAVA_TOOL_OPTIONS',
]

/** A folder that a reader works in, with stand-ins for paths of the system. */
export class Bench {
  readonly dir: string
  readonly #values: Readonly<Record<string, string>>
  readonly #paths: readonly (readonly [from: string, to: string])[]

  private constructor(
    dir: string,
    values: Readonly<Record<string, string>>,
    paths: readonly (readonly [string, string])[],
  ) {
    this.dir = dir
    this.#values = values
    this.#paths = paths
  }

  /**
   * @param values what is filled in for each placeholder
   * @param paths folders of the system, and what stands in for them: the tests change nothing outside of their own folder
   */
  static async create(
    world: World,
    values: Readonly<Record<string, string>> = {},
    paths: readonly (readonly [string, string])[] = [],
  ): Promise<Bench> {
    const dir = await mkdtemp(path.join(world.pki.dir, 'bench-'))
    await mkdir(path.join(dir, 'bin'))
    // The steps have the reader save the root under this name.
    await cp(world.root.certFile, path.join(dir, 'fix-lab-root-ca.pem'))
    return new Bench(
      dir,
      {
        CLIENT_CERT_FILE: world.clientChainFile,
        CLIENT_KEY_FILE: world.client.keyFile,
        CLIENT_CA_FILE: world.clientCa.certFile,
        ROOT_FILE: world.root.certFile,
        PASSWORD: 'changeit',
        FULL_CHAIN_FILE: path.join(dir, 'fullchain.pem'),
        ...values,
      },
      paths.map(([from, to]) => [from, path.join(dir, to)] as const),
    )
  }

  at = (name: string): string => path.join(this.dir, name)

  write = (name: string, text: string): Promise<void> => writeFile(this.at(name), text)

  /** A program that is found before that of the system. */
  stub = (name: string, script: string): Promise<void> =>
    writeFile(this.at(`bin/${name}`), `#!/bin/sh\n${script}\n`, { mode: 0o755 })

  /** The text with its placeholders filled in. Fails when one is left. */
  fill(text: string | undefined): string {
    const filled = (text ?? '').replace(/<([A-Z][A-Z0-9_]*)>/g, (all, name: string) => {
      const value = this.#values[name]
      if (value === undefined) throw new Error(`nothing to fill in for ${all}`)
      return value
    })
    return this.#paths.reduce((changed, [from, to]) => changed.replaceAll(from, to), filled)
  }

  /** Runs a text of a fix in a shell, exactly as it is printed once filled in. The servers of the tests go on answering. */
  run(text: string | undefined, environment: Readonly<Record<string, string>> = {}): Promise<Outcome> {
    const env: NodeJS.ProcessEnv = { ...process.env, HOME: this.dir, LC_ALL: 'C' }
    for (const name of inherited) delete env[name]
    Object.assign(env, environment, { PATH: `${this.at('bin')}:${process.env.PATH}:/usr/sbin` })
    const child = spawn('sh', ['-c', this.fill(text)], {
      cwd: this.dir,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 120_000,
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        output += chunk
      })
    return new Promise((resolve, reject) => {
      child.once('error', reject)
      child.once('close', (status) => resolve({ status: status ?? -1, output }))
    })
  }

  remove = (): Promise<void> => rm(this.dir, { recursive: true, force: true })
}

/** Waits until something listens. */
export async function listening(port: number): Promise<void> {
  const { connect } = await import('node:net')
  for (let attempt = 0; attempt < 900; attempt += 1) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false))
      socket.on('connect', () => socket.destroy())
    })
    if (open) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`nothing listens on ${port}`)
}

export type { Listening }
