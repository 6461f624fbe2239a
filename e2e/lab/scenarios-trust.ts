import { code, type Row } from './scenario.ts'

const clientArguments = (client: { certFile: string; keyFile: string }) => [
  '-cert',
  client.certFile,
  '-key',
  client.keyFile,
]

/** Who signed, who stands between, and who must show a certificate. */
export const trustRows: Readonly<Record<string, Row>> = {
  'private-ca': {
    title: 'a full chain ends at a root nobody knows',
    capture: (lab) => lab.seen(lab.servers.full),
    sends: 3,
    shows: [code(20)],
    expect: { cause: 'private-ca', status: 'broken' },
  },
  'private-ca-root-sent': {
    title: 'a full chain with its own unknown root is a private CA',
    capture: (lab) => lab.seen(lab.servers.withRoot),
    sends: 4,
    shows: [code(19)],
    expect: { cause: 'private-ca', status: 'broken', rules: ['root-included'] },
  },
  'self-signed-leaf': {
    title: 'the server certificate signs itself',
    capture: (lab) => lab.seen(lab.servers.selfSigned),
    sends: 1,
    shows: [code(18)],
    expect: { cause: 'self-signed-leaf', status: 'broken' },
  },
  'cloudflare-origin': {
    title: 'an origin certificate is met without going through Cloudflare',
    capture: (lab) => lab.seen(lab.servers.cloudflare),
    sends: 1,
    shows: [code(21), /CloudFlare Origin SSL Certificate Authority/],
    expect: { cause: 'cloudflare-origin', status: 'broken' },
  },
  'interception-known-product': {
    title: 'a proxy signs the certificate anew with the CA of a known product',
    capture: (lab) => lab.through(lab.servers.zscaler),
    shows: [/i:.*Zscaler Intermediate Root CA \(zscaler\.net\) \(t\)/, code(20)],
    expect: { cause: 'interception-proxy', status: 'broken' },
  },
  'interception-corporate': {
    title: 'a proxy signs the certificate anew with a CA of the company',
    capture: (lab) => lab.through(lab.servers.corporate),
    shows: [/i:.*Example Corp Proxy CA/, code(19)],
    expect: { cause: 'interception-proxy', status: 'broken' },
  },
  'tunnelling-proxy': {
    title: 'a proxy that only tunnels is not a fault',
    capture: (lab) => lab.through(lab.servers.tunnel, '-CAfile', lab.ca.root.certFile),
    sends: 3,
    shows: [code(0)],
    expect: { cause: 'healthy', status: 'healthy' },
  },
  'proxy-refuses': {
    title: 'a proxy forbids the connection',
    capture: (lab) => lab.through(lab.servers.forbidding),
    shows: [/reason= ?403 Forbidden/],
    expect: { cause: 'proxy-connect-failed', status: 'broken' },
  },
  'proxy-wants-credentials': {
    title: 'a proxy asks for credentials',
    capture: (lab) => lab.through(lab.servers.demanding),
    shows: [/reason= ?407 Proxy Authentication Required/],
    expect: { cause: 'proxy-connect-failed', status: 'broken' },
  },
  'client-certificate-missing-tls12': {
    title: 'a server of TLS 1.2 wants a client certificate and gets none',
    capture: (lab) => lab.seen(lab.servers.mutual12, ...lab.trust),
    shows: [/Acceptable client certificate CA names/, /alert handshake failure/],
    expect: { cause: 'client-certificate-missing', status: 'broken' },
  },
  'client-certificate-missing-tls13': {
    title: 'a server of TLS 1.3 wants a client certificate and gets none',
    capture: (lab) => lab.from(lab.servers.mutual13, ['-showcerts', ...lab.trust], { stdin: 'wait' }),
    shows: [/Acceptable client certificate CA names/, /alert certificate required/],
    expect: { cause: 'client-certificate-missing', status: 'broken' },
  },
  'client-certificate-rejected-tls12': {
    title: 'a server of TLS 1.2 refuses a client certificate of another CA',
    capture: (lab) => lab.seen(lab.servers.strict12, ...lab.trust, ...clientArguments(lab.leaf.strangeClient)),
    shows: [/alert unknown ca/],
    expect: { cause: 'client-certificate-rejected', status: 'broken' },
  },
  'client-certificate-rejected-tls13': {
    title: 'a server of TLS 1.3 refuses a client certificate of another CA',
    capture: (lab) =>
      lab.from(lab.servers.strict13, ['-showcerts', ...lab.trust, ...clientArguments(lab.leaf.strangeClient)], {
        stdin: 'wait',
      }),
    shows: [/alert unknown ca/],
    expect: { cause: 'client-certificate-rejected', status: 'broken' },
  },
}
