/** Servers on loopback, each with one chosen fault. All listen on ports the system picks. */
import { spawn } from 'node:child_process'
import { createServer as createHttpServer } from 'node:http'
import net, { type AddressInfo } from 'node:net'
import tls from 'node:tls'
import type { Issued } from './pki.ts'

/** Something that listens, and can be stopped with all its connections. */
export interface Listening {
  readonly port: number
  readonly stop: () => Promise<void>
}

/** What one name is served: the leaf's key, and the certificates exactly in the order they are sent. */
export interface Served {
  readonly key: string
  readonly chain: readonly string[]
}

export interface TlsOptions {
  /** Chain for clients that send this server name; the default chain goes to everyone else. */
  readonly named?: Readonly<Record<string, Served>>
  readonly minVersion?: tls.SecureVersion
  readonly maxVersion?: tls.SecureVersion
  /** OpenSSL cipher string; `@SECLEVEL=0` allows weak keys, weak digests and TLS 1.0. */
  readonly ciphers?: string
  /** Asks for a client certificate of this CA (PEM), and refuses clients without one. */
  readonly clientCa?: string
}

/** The leaf and the given certificates, in this order, as one server sends them. */
export const serve = (leaf: Issued, ...others: readonly Issued[]): Served => ({
  key: leaf.key,
  chain: [leaf.cert, ...others.map(({ cert }) => cert)],
})

/** Starts listening on loopback and remembers connections, so that stopping does not wait for them. */
export function listen(server: net.Server): Promise<Listening> {
  const sockets = new Set<net.Socket>()
  server.on('connection', (socket: net.Socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.once('close', () => sockets.delete(socket))
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      resolve({
        port: (server.address() as AddressInfo).port,
        stop: () =>
          new Promise((stopped) => {
            server.close(() => stopped())
            for (const socket of sockets) socket.destroy()
          }),
      })
    })
  })
}

const contextOptions = (served: Served) => ({ key: served.key, cert: served.chain.join('') })

/** A TLS server that answers any request with a line of HTTP. Node sends the concatenated chain as it is. */
export function tlsServer(served: Served, options: TlsOptions = {}): Promise<Listening> {
  const { named, clientCa, ...rest } = options
  const base = { ...rest, ...contextOptions(served) }
  const server = tls.createServer({
    ...base,
    ...(clientCa === undefined ? {} : { ca: clientCa, requestCert: true, rejectUnauthorized: true }),
    SNICallback: (name, done) => {
      const match = named?.[name]
      done(null, match && tls.createSecureContext({ ...rest, ...contextOptions(match) }))
    },
  })
  server.on('tlsClientError', () => {})
  server.on('secureConnection', (socket) => {
    socket.on('error', () => socket.destroy())
    socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'))
  })
  return listen(server)
}

/** What a server that insists on a valid client certificate needs. */
export interface StrictOptions {
  readonly leaf: Issued
  readonly chainFile: string
  readonly clientCaFile: string
  readonly version: 'tls1_2' | 'tls1_3'
}

/** `openssl s_server` refuses an untrusted client certificate with an alert; Node would only close. */
export function strictServer({ leaf, chainFile, clientCaFile, version }: StrictOptions): Promise<Listening> {
  const files = ['-cert', leaf.certFile, '-key', leaf.keyFile, '-cert_chain', chainFile]
  const verify = ['-Verify', '2', '-verify_return_error', '-CAfile', clientCaFile, '-no-CApath', '-no-CAstore']
  const child = spawn('openssl', ['s_server', '-accept', '127.0.0.1:0', `-${version}`, '-www', ...files, ...verify])
  const kill = () => child.kill()
  process.once('exit', kill)
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  return new Promise((resolve, reject) => {
    let output = ''
    child.once('error', reject)
    child.stderr.on('data', (chunk) => {
      output += chunk
    })
    child.stdout.on('data', (chunk) => {
      output += chunk
      const port = /ACCEPT \S+:(\d+)/.exec(output)?.[1]
      if (port !== undefined) resolve({ port: Number(port), stop })
    })
    exited.then(() => reject(new Error(`s_server ended: ${output}`)))
    async function stop() {
      process.off('exit', kill)
      kill()
      await exited
    }
  })
}

/** Speaks plain HTTP where TLS is expected. */
export const plainHttpServer = (): Promise<Listening> =>
  listen(createHttpServer((_request, response) => response.writeHead(200).end('hello')))

/** A mail server (RFC 5321) that goes over to TLS when it is asked to (RFC 3207), or does not offer it. */
export function mailServer(served: Served, offersTls: boolean): Promise<Listening> {
  const secureContext = tls.createSecureContext(contextOptions(served))
  return listen(
    net.createServer((socket) => {
      socket.write('220 mail.shop.example ESMTP\r\n')
      const answer = (data: Buffer) => {
        const command = data.toString('latin1').trim().toUpperCase()
        if (/^(?:EHLO|HELO)/.test(command))
          socket.write(`250-mail.shop.example\r\n${offersTls ? '250-STARTTLS\r\n' : ''}250 8BITMIME\r\n`)
        else if (command === 'STARTTLS' && offersTls) {
          socket.off('data', answer)
          socket.write('220 Go ahead\r\n')
          const secure = new tls.TLSSocket(socket, { isServer: true, secureContext })
          secure.on('error', () => socket.destroy())
          secure.on('data', () => secure.end('221 Bye\r\n'))
        } else if (command === 'QUIT') socket.end('221 Bye\r\n')
        else socket.write('502 Command not implemented\r\n')
      }
      socket.on('data', answer)
    }),
  )
}

/** Accepts and closes at once, as a load balancer without a healthy member does. */
export const closingServer = (): Promise<Listening> => listen(net.createServer((socket) => socket.destroy()))

/** A port that nobody listens on: one that was just given back. */
export async function closedPort(): Promise<number> {
  const { port, stop } = await listen(net.createServer())
  await stop()
  return port
}
