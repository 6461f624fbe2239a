/** An HTTP CONNECT proxy: tunnels, intercepts, or refuses. */
import { createServer } from 'node:http'
import net from 'node:net'
import tls from 'node:tls'
import type { Issued, Pki } from './pki.ts'
import { type Listening, listen } from './server.ts'

export type ProxyMode =
  | { readonly kind: 'tunnel' }
  /** Ends TLS itself, with a certificate minted by `authority` for the name the client asks for. */
  | { readonly kind: 'intercept'; readonly authority: Issued; readonly pki: Pki }
  | { readonly kind: 'refuse'; readonly status: 403 | 407 }

const reasons = { 403: 'Forbidden', 407: 'Proxy Authentication Required' }

/** The answer of a proxy that does not let the client through. */
const refusal = (status: 403 | 407) =>
  `HTTP/1.1 ${status} ${reasons[status]}\r\n` +
  (status === 407 ? 'Proxy-Authenticate: Basic realm="proxy"\r\n' : '') +
  'Content-Length: 0\r\nConnection: close\r\n\r\n'

/** The TLS side of an intercepting proxy. Minted certificates are kept by name. */
function interceptor(authority: Issued, pki: Pki): Promise<Listening> {
  const minted = new Map<string, Promise<tls.SecureContext>>()
  const mint = async (name: string) => {
    const leaf = await pki.issue({ subject: `/CN=${name}`, names: [name], issuer: authority, until: 14 })
    return tls.createSecureContext({ key: leaf.key, cert: leaf.cert + authority.cert })
  }
  const server = tls.createServer({
    SNICallback: (name, done) => {
      const context = minted.get(name) ?? mint(name)
      minted.set(name, context)
      context.then((made) => done(null, made), done)
    },
  })
  server.on('tlsClientError', () => {})
  server.on('secureConnection', (socket) => {
    socket.on('error', () => socket.destroy())
  })
  return listen(server)
}

/** Starts a proxy on loopback. */
export async function connectProxy(mode: ProxyMode): Promise<Listening> {
  const inside = mode.kind === 'intercept' ? await interceptor(mode.authority, mode.pki) : undefined
  const server = createServer((_request, response) => response.writeHead(405).end())
  server.on('connect', (request, client) => {
    client.on('error', () => client.destroy())
    if (mode.kind === 'refuse') {
      client.end(refusal(mode.status))
      return
    }
    // Every name of the lab is on loopback.
    const port = (request.url ?? '').split(':')[1]
    const upstream = net.connect(inside ? inside.port : Number(port ?? 443), '127.0.0.1')
    upstream.on('error', () => client.destroy())
    upstream.once('connect', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n')
      upstream.pipe(client)
      client.pipe(upstream)
    })
    client.once('close', () => upstream.destroy())
  })
  const listening = await listen(server)
  return {
    port: listening.port,
    stop: async () => {
      await Promise.all([listening.stop(), inside?.stop()])
    },
  }
}
