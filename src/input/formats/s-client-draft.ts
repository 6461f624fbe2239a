/** What reading the lines of `s_client` gathers before a capture is made of it. */
import type { UnixMs } from '../../core/brand.ts'
import type { Line } from '../lines.ts'
import type { Capture, Failure, ListedCertificate, Located, PrintedName, VerifyError } from '../model.ts'

export interface Draft {
  readonly chainList: ListedCertificate[]
  readonly server: { subject?: PrintedName; issuer?: PrintedName }
  readonly verifyPath: { depth: number; subject: PrintedName; span: PrintedName['span'] }[]
  readonly verifyErrors: VerifyError[]
  readonly failures: Failure[]
  /** Lines that the verification printed below an error, as `notAfter=`; they are no facts of the leaf. */
  readonly ofVerification: Set<Line>
  requested?: Line
  noRequest?: Line
  /** CA names that the server accepts. */
  readonly acceptableCas: PrintedName[]
  /** Certificate types and signature algorithms that the server accepts, and where they stand. */
  readonly algorithms: { readonly line: Line; readonly values: readonly string[] }[]
  /** Proof of a client certificate, or an empty answer, in what -msg, -state and -trace print. */
  proof?: Line
  empty?: Line
  /** Alerts as -state, -msg and -trace print them; the error queue says the same with a number. */
  readonly alerts: Failure[]
  answer?: NonNullable<Capture['answer']>
  /** Stretches in which -trace prints what was sent; the certificates in them are the client's own. */
  readonly outgoing: { start: number; end: number }[]
  protocol?: Located<string>
  cipher?: Located<string>
  startTime?: Located<UnixMs>
  result?: NonNullable<Capture['verifyResult']>
  noPeer?: Line
  /** The heading or an entry of the chain list was seen. */
  sawChain: boolean
  sawChainHeading: boolean
  chainEnded: boolean
  /** What stands below the certificates was seen. */
  ended: boolean
  /** Stretches of OCSP responses; offsets into the normalised text. */
  readonly ocsp: { start: number; end: number }[]
  readonly clues: Set<string>
}

export const newDraft = (): Draft => ({
  chainList: [],
  server: {},
  verifyPath: [],
  verifyErrors: [],
  failures: [],
  acceptableCas: [],
  algorithms: [],
  alerts: [],
  outgoing: [],
  ofVerification: new Set(),
  sawChain: false,
  sawChainHeading: false,
  chainEnded: false,
  ended: false,
  ocsp: [],
  clues: new Set(),
})
