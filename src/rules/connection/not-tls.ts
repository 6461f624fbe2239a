/** RFC 8446 section 5.1: every TLS record begins with a type and a version; other bytes are another protocol. */
import { type CaptureRule, fail, notApplicable, pass } from '../contract.ts'
import { place, shellWord, targetOf } from '../words.ts'

const starttlsPorts: ReadonlyMap<number, string> = new Map([
  [25, 'smtp'],
  [587, 'smtp'],
  [110, 'pop3'],
  [143, 'imap'],
  [389, 'ldap'],
  [5222, 'xmpp'],
  [3306, 'mysql'],
  [5432, 'postgres'],
  [21, 'ftp'],
])

export const notTls: CaptureRule = {
  scope: 'capture',
  meta: {
    slug: 'not-tls',
    title: 'The port does not speak TLS.',
    why: 'The answer to the handshake was not TLS: plain HTTP on the wrong port, or a protocol that starts TLS later.',
    cause: true,
    explains: [],
    sources: ['RFC 8446 section 5.1', 'RFC 3207'],
  },
  check(context) {
    const { capture } = context
    if (context.served.length > 0) return notApplicable('a certificate was sent, so the port speaks TLS')
    const failure = capture.failures.find((entry) => entry.kind === 'plain-text')
    if (!failure) return pass
    const { connect, port } = targetOf(context)
    const protocol = starttlsPorts.get(port)
    return fail({
      severity: 'error',
      confidence: 'certain',
      owner: 'reporter',
      title: `The answer${place(context) === '' ? '' : place(context).replace(' at ', ' from ')} is not TLS.`,
      explanation: `The first bytes that came back are no TLS record, so the port serves plain text${
        protocol
          ? `; on port ${port} that is usual, and TLS begins with STARTTLS`
          : ', as when https is spoken to the http port, or a proxy or captive page answers in the clear'
      }.${capture.command?.starttls ? ' STARTTLS was asked for, but the server did not switch.' : ''}`,
      evidence: [failure.span],
      nextCommand: protocol
        ? `openssl s_client -connect ${shellWord(connect)} -starttls ${protocol} -showcerts </dev/null`
        : `curl -v --max-time 10 http://${shellWord(connect)}/ -o /dev/null`,
    })
  },
}
