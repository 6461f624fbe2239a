/** Ways in which a connection fails, in words. */
import type { Owner } from '../../core/finding.ts'
import type { FailureKind } from '../../input/model.ts'

/** What a broken connection means. `what` completes "The connection ...". */
export interface Meaning {
  readonly what: string
  readonly text: string
  readonly owner: Owner
}

/** By kind of failure; kinds that are not here are read by other rules. */
export const meanings: ReadonlyMap<FailureKind, Meaning> = new Map<FailureKind, Meaning>([
  [
    'refused',
    {
      what: 'is refused',
      owner: 'server-operator',
      text: 'The host answers, but nothing listens on this port, or a firewall rejects it. Check the port and that the service runs.',
    },
  ],
  [
    'timeout',
    {
      what: 'times out',
      owner: 'network-team',
      text: 'No answer came back: a firewall drops the packets, the address is wrong, or the host is down. Where only a proxy leads out, the connection has to go through it (s_client: -proxy, curl: --proxy, most others: HTTPS_PROXY).',
    },
  ],
  [
    'unreachable',
    {
      what: 'finds no route',
      owner: 'network-team',
      text: 'The network of the client has no route to the address.',
    },
  ],
  [
    'dns',
    {
      what: 'fails because the name does not resolve',
      owner: 'network-team',
      text: 'The resolver of this machine does not know the name: a typing error, a name that exists only inside another network, or a machine that reaches names only through its proxy.',
    },
  ],
  [
    'reset',
    {
      what: 'is reset',
      owner: 'network-team',
      text: 'Something closed the connection hard during the handshake. Typical: a firewall that filters by server name, a load balancer without a healthy server behind it, a server that drops clients without SNI, or one on Windows (IIS) that wants a client certificate.',
    },
  ],
  [
    'closed',
    {
      what: 'is closed during the handshake',
      owner: 'server-operator',
      text: 'The other side ended the connection without saying why. Typical: no certificate is bound to the name that was asked for, a proxy or firewall in between, or a port that speaks another protocol.',
    },
  ],
])

/** Alerts (RFC 8446 section 6) that say nothing of certificates or versions; other rules read the rest. */
export const alerts: ReadonlyMap<number, string> = new Map([
  [10, 'unexpected_message'],
  [20, 'bad_record_mac'],
  [22, 'record_overflow'],
  [47, 'illegal_parameter'],
  [50, 'decode_error'],
  [80, 'internal_error'],
  [86, 'inappropriate_fallback'],
  [109, 'missing_extension'],
  [120, 'no_application_protocol'],
])
