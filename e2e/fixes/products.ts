/** Real servers for the tests: nginx, HAProxy and Apache httpd, each in a folder of its own, reloaded by the words of the fix. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { closedPort } from '../lab/server.ts'
import { Bench, listening, type World } from './world.ts'

export interface Product {
  readonly slug: string
  readonly name: string
  readonly binary: string
  /** Folders of the system that the commands name, and what stands in for them. */
  readonly paths: readonly (readonly [string, string])[]
  /** Writes the configuration of a server with these lines for its TLS side. */
  readonly server: (bench: Bench, port: number, tls: string) => Promise<void>
  /** Writes the configuration of a proxy on plain HTTP that calls `upstream` by TLS, with these lines. */
  readonly gateway: (bench: Bench, port: number, upstream: string, tls: string) => Promise<void>
  /** What it is before the fix: a server with one certificate file, or a gateway that verifies by the roots of the system. */
  readonly faulty: { readonly server: (files: Files) => string; readonly gateway: (upstream: string) => string }
  /** Lines of a gateway that verifies by the root of the lab; empty where the fix says it itself. */
  readonly gatewayTrust: (world: World) => string
  readonly arguments: (bench: Bench) => readonly string[]
  /** Programs that the reload names, made to act on this folder. */
  readonly stubs: (bench: Bench, pid: () => number) => Promise<void>
  readonly prepare?: (bench: Bench) => Promise<void>
}

export interface Files {
  readonly certificate: string
  readonly key: string
  /** Certificate and key in one file. */
  readonly both: string
}

const systemRoots = '/etc/ssl/certs/ca-certificates.crt'

const nginx: Product = {
  slug: 'nginx',
  name: 'nginx',
  binary: '/usr/sbin/nginx',
  paths: [],
  server: (bench, port, tls) =>
    bench.write(
      'nginx.conf',
      nginxConf(
        bench,
        `server { listen 127.0.0.1:${port} ssl; server_name localhost; ${tls}\n location / { return 200 "ok"; } }`,
      ),
    ),
  gateway: (bench, port, upstream, tls) =>
    bench.write(
      'nginx.conf',
      nginxConf(
        bench,
        `server { listen 127.0.0.1:${port}; location / { proxy_ssl_session_reuse off; ${tls}\n proxy_pass https://${upstream}; } }`,
      ),
    ),
  faulty: {
    server: ({ certificate, key }) => `ssl_certificate ${certificate}; ssl_certificate_key ${key};`,
    gateway: () => `proxy_ssl_verify on; proxy_ssl_trusted_certificate ${systemRoots};`,
  },
  gatewayTrust: ({ root }) =>
    `proxy_ssl_verify on; proxy_ssl_verify_depth 3; proxy_ssl_trusted_certificate ${root.certFile};`,
  arguments: (bench) => ['-p', bench.dir, '-c', bench.at('nginx.conf'), '-g', 'daemon off;'],
  stubs: (bench) => bench.stub('nginx', `exec /usr/sbin/nginx -p '${bench.dir}' -c '${bench.at('nginx.conf')}' "$@"`),
}

const nginxConf = (bench: Bench, server: string) => `pid ${bench.at('nginx.pid')};
error_log ${bench.at('error.log')};
worker_processes 1;
events { worker_connections 64; }
http {
  access_log off;
  ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${bench.at(`tmp-${kind}`)};`).join(' ')}
  ${server}
}
`

const haproxyBase = `global
  ssl-server-verify required
defaults
  mode http
  timeout connect 5s
  timeout client 5s
  timeout server 5s
`

const haproxy: Product = {
  slug: 'haproxy',
  name: 'HAProxy',
  binary: '/usr/sbin/haproxy',
  paths: [['/etc/haproxy', '.']],
  server: (bench, port, tls) =>
    bench.write(
      'haproxy.cfg',
      `${haproxyBase}frontend site\n  ${tls.replace(/^bind :\d+/, `bind 127.0.0.1:${port}`)}\n  http-request return status 200 content-type text/plain string ok\n`,
    ),
  gateway: (bench, port, _upstream, tls) =>
    bench.write(
      'haproxy.cfg',
      `${haproxyBase}frontend site\n  bind 127.0.0.1:${port}\n  default_backend app\nbackend app\n  ${tls}\n`,
    ),
  faulty: {
    server: ({ both }) => `bind :1 ssl crt ${both}`,
    gateway: (upstream) => `server app ${upstream} ssl verify required ca-file @system-ca sni str(localhost)`,
  },
  gatewayTrust: () => '',
  arguments: (bench) => ['-W', '-f', bench.at('haproxy.cfg')],
  stubs: (bench, pid) => bench.stub('systemctl', `test "$*" = 'reload haproxy' && kill -USR2 ${pid()}`),
}

const modules = '/usr/lib/apache2/modules'

const apacheConf = (bench: Bench, port: number, body: string) => `ServerRoot "${bench.dir}"
PidFile "${bench.at('httpd.pid')}"
ErrorLog "${bench.at('error.log')}"
Listen 127.0.0.1:${port}
ServerName localhost
${['mpm_event', 'authz_core', 'ssl', 'socache_shmcb', 'proxy', 'proxy_http', 'alias', 'rewrite'].map((name) => `LoadModule ${name}_module ${modules}/mod_${name}.so`).join('\n')}
${body}
`

const apache: Product = {
  slug: 'apache',
  name: 'Apache httpd',
  binary: '/usr/sbin/apache2',
  paths: [],
  server: (bench, port, tls) =>
    bench.write(
      'httpd.conf',
      apacheConf(
        bench,
        port,
        `<VirtualHost 127.0.0.1:${port}>\nServerName localhost\nSSLEngine on\n${tls}\nDocumentRoot "${bench.at('htdocs')}"\n<Directory "${bench.at('htdocs')}">\nRequire all granted\n</Directory>\nRewriteEngine on\nRewriteRule ^ - [R=204]\n</VirtualHost>`,
      ),
    ),
  gateway: (bench, port, upstream, tls) =>
    bench.write(
      'httpd.conf',
      apacheConf(
        bench,
        port,
        `<VirtualHost 127.0.0.1:${port}>\n${tls}\nProxyPass / https://${upstream}/\n</VirtualHost>`,
      ),
    ),
  faulty: {
    server: ({ certificate, key }) => `SSLCertificateFile ${certificate}\nSSLCertificateKeyFile ${key}`,
    gateway: () => `SSLProxyEngine on\nSSLProxyVerify require\nSSLProxyCACertificateFile ${systemRoots}`,
  },
  gatewayTrust: ({ root }) =>
    `SSLProxyEngine on\nSSLProxyVerify require\nSSLProxyVerifyDepth 3\nSSLProxyCACertificateFile ${root.certFile}`,
  arguments: (bench) => ['-d', bench.dir, '-f', bench.at('httpd.conf'), '-D', 'FOREGROUND'],
  stubs: (bench) =>
    bench.stub(
      'apachectl',
      `case "$1" in configtest) exec /usr/sbin/apache2 -d '${bench.dir}' -f '${bench.at('httpd.conf')}' -t;; *) exec /usr/sbin/apache2 -d '${bench.dir}' -f '${bench.at('httpd.conf')}' -k "$1";; esac`,
    ),
  prepare: async (bench) => {
    await mkdir(bench.at('htdocs'), { recursive: true })
  },
}

export const products: readonly Product[] = [nginx, haproxy, apache]

/** Why a product cannot be tried here, or undefined. */
export const missing = ({ name, binary }: Product): string | undefined =>
  existsSync(binary) ? undefined : `${name} is not installed (${binary})`

/** A product that runs in a bench, on a port. */
export class Running {
  readonly port: number
  readonly bench: Bench
  readonly product: Product
  readonly #child: ChildProcess

  private constructor(product: Product, bench: Bench, port: number, child: ChildProcess) {
    this.product = product
    this.bench = bench
    this.port = port
    this.#child = child
  }

  /** @param configure writes the configuration that it starts with */
  static async start(
    product: Product,
    world: World,
    values: Readonly<Record<string, string>>,
    configure: (bench: Bench, port: number) => Promise<void>,
  ): Promise<Running> {
    const port = await closedPort()
    const bench = await Bench.create(world, { ...values, GATEWAY_URL: `http://127.0.0.1:${port}/` }, product.paths)
    await product.prepare?.(bench)
    await configure(bench, port)
    let output = ''
    const child = spawn(product.binary, [...product.arguments(bench)], {
      cwd: bench.dir,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk) => {
        output += chunk
      })
    await product.stubs(bench, () => child.pid ?? 0)
    await listening(port).catch((error) => {
      child.kill()
      throw new Error(`${product.name}: ${error.message}\n${output}`)
    })
    return new Running(product, bench, port, child)
  }

  /** Applies the reload of a fix, and waits until the new configuration answers. */
  async reload(text: string | undefined): Promise<void> {
    const { status, output } = await this.bench.run(text)
    if (status !== 0) throw new Error(`the reload failed: ${output}`)
    await new Promise((resolve) => setTimeout(resolve, 700))
    await listening(this.port)
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    const ended = new Promise((resolve) => this.#child.once('exit', resolve))
    this.#child.kill('SIGTERM')
    await ended
  }
}
