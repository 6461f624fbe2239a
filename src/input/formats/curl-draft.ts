/** What reading the lines of curl gathers before a capture is made of it. */
import type { Line } from '../lines.ts'
import type { Capture, Failure, ListedCertificate, Located, VerifyError } from '../model.ts'

export type Mutable<T> = { -readonly [K in keyof T]: T[K] }

/** Facts of one TLS handshake. With a proxy that speaks TLS itself there are two. */
export interface Handshake {
  certificate?: Mutable<ListedCertificate>
  /** Names of all certificates, leaf first, as Secure Transport prints them. */
  readonly others: ListedCertificate[]
  ok?: Line
  protocol?: Located<string>
  cipher?: Located<string>
  readonly errors: VerifyError[]
  readonly failures: Failure[]
  /** Failures in words that count only when nothing else is said. */
  readonly general: (Failure | VerifyError)[]
  requested?: Line
  /** Handshake messages in the order they were shown. */
  clientHello?: Line
  certificateIn?: Line
  requestPassed?: Line
  certificateOut?: Line
  proofOut?: Line
  finishedOut?: Line
  noCertificateFound?: Line
}

export const newHandshake = (): Handshake => ({ others: [], errors: [], failures: [], general: [] })

export interface Draft {
  handshake: Handshake
  /** `asked`: CONNECT was sent; `open`: the proxy let it through. */
  tunnel: 'none' | 'asked' | 'open'
  /** The certificate block was headed as that of the proxy. */
  proxyHandshake: boolean
  connected?: { host: string; port?: number; address?: string; line: Line; column: number }
  resolved?: { host: string; port?: number; line: Line; column: number }
  tunnelTo?: { host: string; port?: number; line: Line; column: number }
  trying?: { address: string; port?: number; line: Line; column: number }
  proxy?: string
  answer?: NonNullable<Capture['answer']>
  time?: Line
  version?: string
  library?: string
  aged?: boolean
}

export const newDraft = (): Draft => ({ handshake: newHandshake(), tunnel: 'none', proxyHandshake: false })
