/**
 * What is wrong, and what each client's own words allow to conclude. Where a client only says that it does not trust
 * the certificate, the honest verdict is that its cause cannot be determined.
 */
import type { World } from '../lab/world.ts'

export interface Situation {
  readonly title: string
  readonly server: keyof World['servers'] | 'nobody'
  readonly proxy?: keyof World['servers']
  /** The client trusts the root of the lab. */
  readonly trusting?: boolean
  readonly client?: 'good' | 'expired' | 'strange'
  /** `status cause` by client; `others` for those that are not named; a client without either is left out. */
  readonly expect: Readonly<Record<string, string | undefined>>
}

const unclear = 'inconclusive undeterminable'

export const situations: readonly Situation[] = [
  {
    title: 'a private CA that the client does not know',
    server: 'full',
    expect: { others: unclear, 'gnutls-cli': 'broken private-ca', keytool: 'at-risk private-ca' },
  },
  {
    title: 'a server that sends its leaf only',
    server: 'leafOnly',
    trusting: true,
    expect: {
      others: unclear,
      'gnutls-cli': 'broken missing-intermediate',
      keytool: 'broken missing-intermediate',
      node: 'broken missing-intermediate',
    },
  },
  {
    title: 'a self-signed certificate',
    server: 'selfSigned',
    expect: {
      curl: 'broken self-signed-leaf',
      'gnutls-cli': 'broken self-signed-leaf',
      keytool: 'at-risk self-signed-leaf',
      node: 'broken self-signed-leaf',
      python3: 'broken self-signed-leaf',
      others: unclear,
    },
  },
  {
    title: 'an expired certificate',
    server: 'expired',
    trusting: true,
    expect: { others: 'broken expired-leaf', git: unclear },
  },
  {
    title: 'a certificate for another name',
    server: 'other',
    trusting: true,
    expect: { others: 'broken hostname-mismatch', keytool: 'at-risk private-ca' },
  },
  {
    title: 'a chain that the client trusts',
    server: 'full',
    trusting: true,
    expect: { curl: 'healthy healthy', 'gnutls-cli': 'healthy healthy' },
  },
  {
    title: 'TLS 1.3 with a client certificate that is not presented',
    server: 'strict13',
    trusting: true,
    expect: { others: 'broken client-certificate-missing', keytool: undefined, wget: unclear, git: unclear },
  },
  {
    title: 'a client certificate of another CA',
    server: 'strict13',
    trusting: true,
    client: 'strange',
    expect: { curl: 'broken client-certificate-rejected' },
  },
  {
    title: 'an expired client certificate',
    server: 'strict13',
    trusting: true,
    client: 'expired',
    expect: { curl: 'broken client-certificate-rejected' },
  },
  {
    title: 'a client certificate that is accepted',
    server: 'strict13',
    trusting: true,
    client: 'good',
    expect: { curl: 'healthy healthy' },
  },
  {
    title: 'a port that speaks plain HTTP',
    server: 'plainHttp',
    expect: { others: 'broken not-tls', keytool: unclear },
  },
  {
    title: 'a port that nobody listens on',
    server: 'nobody',
    expect: {
      others: 'broken connection-failed',
      keytool: unclear,
      wget: 'broken proxy-connect-failed',
      git: 'broken proxy-connect-failed',
    },
  },
  {
    title: 'a server that closes at once',
    server: 'closing',
    expect: { others: 'broken connection-failed', keytool: unclear },
  },
  {
    title: 'a proxy that wants credentials',
    server: 'full',
    proxy: 'demanding',
    expect: {
      curl: 'broken proxy-connect-failed',
      wget: 'broken proxy-connect-failed',
      python3: 'broken proxy-connect-failed',
      git: 'broken proxy-connect-failed',
    },
  },
  {
    title: 'a proxy that signs anew',
    server: 'full',
    proxy: 'zscaler',
    trusting: true,
    expect: { curl: unclear, python3: unclear },
  },
]
