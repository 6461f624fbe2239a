import { sClient, shell } from './capture.ts'
import { code, type Row } from './scenario.ts'
import { host } from './world.ts'
/** Names, connections that never become TLS, and captures that were cut. */
export const connectionRows: Readonly<Record<string, Row>> = {
  'hostname-mismatch': {
    title: 'the certificate is for another name, and the client says so',
    capture: (lab) => lab.trusting(lab.servers.other, '-verify_hostname', host),
    shows: [code(62)],
    expect: { cause: 'hostname-mismatch', status: 'broken' },
    roots: ['root'],
  },
  'hostname-mismatch-unnoticed': {
    title: 'the certificate is for another name, and the client did not look',
    capture: (lab) => lab.trusting(lab.servers.other),
    shows: [code(0), /s:.*www\.unrelated\.example/],
    expect: { cause: 'hostname-mismatch', status: 'broken' },
    roots: ['root'],
  },
  'no-sni': {
    title: 'a client that connects by address and sends no server name gets another site',
    capture: (lab) =>
      sClient({
        args: [
          ...['-connect', `127.0.0.1:${lab.servers.byName.port}`, '-noservername', '-verify_hostname', host],
          ...['-showcerts', '-CAfile', lab.ca.root.certFile],
        ],
      }),
    shows: [code(62), /s:.*www\.unrelated\.example/],
    expect: { cause: 'missing-or-wrong-sni', status: 'broken' },
    roots: ['root'],
    host,
  },
  'no-sni-by-name': {
    title: 'a client that connects by name and sends no server name gets another site',
    capture: (lab) =>
      sClient({
        args: [
          ...['-connect', `127.0.0.1:${lab.servers.byName.port}`, '-noservername', '-verify_hostname', host],
          ...['-showcerts', '-CAfile', lab.ca.root.certFile],
        ],
        shownAs: `${host}:443`,
      }),
    shows: [code(62), /s:.*www\.unrelated\.example/],
    expect: { cause: 'missing-or-wrong-sni', status: 'broken' },
    roots: ['root'],
  },
  'right-sni': {
    title: 'with the server name the same server is healthy',
    capture: (lab) => lab.trusting(lab.servers.byName, '-verify_hostname', host),
    shows: [code(0), /s:.*api\.shop\.example/],
    expect: { cause: 'healthy', status: 'healthy' },
    roots: ['root'],
  },
  'connection-refused': {
    title: 'nobody listens on the port',
    capture: (lab) => sClient({ args: ['-connect', `127.0.0.1:${lab.closedPort}`, '-servername', host, '-showcerts'] }),
    shows: [/Connection refused/],
    expect: { cause: 'connection-failed', status: 'broken' },
  },
  'plain-http': {
    title: 'the port speaks plain HTTP',
    capture: (lab) => lab.seen(lab.servers.plainHttp),
    shows: [/wrong version number/, /no peer certificate available/],
    expect: { cause: 'not-tls', status: 'broken' },
  },
  starttls: {
    title: 'a mail server goes over to TLS',
    capture: (lab) => lab.trusting(lab.servers.mail, '-starttls', 'smtp'),
    shows: [code(0)],
    sends: 3,
    expect: { cause: 'healthy', status: 'healthy' },
    roots: ['root'],
  },
  'starttls-missing-intermediate': {
    title: 'a mail server sends its certificate and nothing else',
    capture: (lab) => lab.trusting(lab.servers.mailLeafOnly, '-starttls', 'smtp'),
    shows: [code(21)],
    sends: 1,
    expect: { cause: 'missing-intermediate', status: 'broken' },
    roots: ['root'],
  },
  'starttls-not-offered': {
    title: 'a mail server does not offer TLS',
    capture: (lab) => lab.seen(lab.servers.mailWithoutTls, '-starttls', 'smtp'),
    shows: [/STARTTLS in server response/i, /no peer certificate available/],
    expect: { cause: 'not-tls', status: 'broken' },
  },
  'forgotten-starttls': {
    title: 'TLS is spoken to a mail server that waits for STARTTLS',
    capture: (lab) => lab.seen(lab.servers.mail),
    shows: [/wrong version number/],
    expect: { cause: 'not-tls', status: 'broken' },
  },
  'closed-at-once': {
    title: 'the server accepts and closes before any TLS',
    capture: (lab) => lab.seen(lab.servers.closing),
    shows: [/no peer certificate available/, /has read 0 bytes/],
    expect: { cause: 'connection-failed', status: 'broken' },
  },
  'protocol-mismatch-old-client': {
    title: 'a client of TLS 1.2 meets a server of TLS 1.3',
    capture: (lab) => lab.seen(lab.servers.onlyTls13, '-tls1_2'),
    shows: [/alert protocol version/, /no peer certificate available/],
    expect: { cause: 'protocol-mismatch', status: 'broken' },
  },
  'protocol-mismatch-old-server': {
    title: 'a client of TLS 1.2 meets a server of TLS 1.0',
    capture: (lab) => lab.seen(lab.servers.onlyTls10, '-tls1_2'),
    shows: [/unsupported protocol|wrong ssl version|alert protocol version/],
    expect: { cause: 'protocol-mismatch', status: 'broken' },
  },
  'cut-by-head': {
    title: 'a capture cut within the first certificate proves no missing intermediate',
    capture: (lab) => lab.from(lab.servers.full, ['-showcerts'], { pipe: '2>/dev/null | head -12' }),
    shows: [/BEGIN CERTIFICATE/],
    lacks: [/END CERTIFICATE/],
    expect: { cause: 'undeterminable', status: 'inconclusive', rules: ['incomplete-capture'] },
    roots: ['root'],
  },
  'cut-to-first-certificate': {
    title: 'a capture cut to its first certificate proves no missing intermediate',
    capture: (lab) =>
      lab.from(lab.servers.full, ['-showcerts'], { pipe: "2>/dev/null | sed -n '/BEGIN/,/END/p;/END/q'" }),
    shows: [/BEGIN CERTIFICATE/],
    lacks: [/END CERTIFICATE[\s\S]*END CERTIFICATE/],
    expect: { cause: 'undeterminable', status: 'inconclusive', rules: ['incomplete-capture'] },
    roots: ['root'],
  },
  'verify-given-a-bundle': {
    title: 'openssl verify reads only the first certificate of a bundle',
    capture: async (lab) => {
      const bundle = await lab.pki.file('bundle.pem', lab.leaf.good.cert + lab.ca.issuing.cert + lab.ca.policy.cert)
      const commands = [`openssl verify -CAfile ${lab.ca.root.certFile} ${bundle}`, `cat ${bundle}`]
      const outputs = await Promise.all(commands.map((command) => shell(`${command} 2>&1`)))
      return commands.map((command, index) => `$ ${command}\n${outputs[index]}`).join('')
    },
    shows: [/error 20 at 0 depth lookup/, /BEGIN CERTIFICATE/],
    expect: { cause: 'verification-misused' },
    roots: ['root'],
  },
}
