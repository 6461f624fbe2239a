/** What a table of messages consists of. */
import type { FailureKind, ToolId } from '../../model.ts'

/** What a line proves by matching, whatever stands in it. */
export interface Proof {
  /** X509_V_ERR number of the same meaning. */
  readonly code?: number
  /** Depth of the certificate that the code is about, where the words tell it: 0 is that of the peer. */
  readonly depth?: number
  readonly failure?: FailureKind
  /** TLS alert number received. */
  readonly alert?: number
  /** TLS alert number sent. */
  readonly alertSent?: number
  /** HTTP status of a proxy that the words stand for. */
  readonly status?: number
  /** The line is printed by the server side. */
  readonly role?: 'server'
  /** The certificate has no alternative name at all. */
  readonly nameless?: true
  /** A client certificate was asked for, and what was sent. */
  readonly requested?: 'yes'
  readonly sent?: 'empty'
}

/**
 * One shape of a line. The pattern may have these named groups:
 *
 * - `host`, `port`, `address`, `proxy`, `wanted`, `names`: who was spoken to, and a comparison of names;
 * - `verify`: why OpenSSL refused a certificate, in its words; `reason`: a reason of OpenSSL's error queue;
 * - `queue`: a whole line of that queue; `alert`, `alertSent`: an alert by its name in any library; `number`, `numberSent`: by number;
 * - `ends`, `starts`: end and start of validity; `clock`: the time of the client; `candidate`: a CA that did not sign;
 * - `status`: HTTP status of a proxy; `text`: the part of the line to quote.
 */
export interface MessagePattern extends Proof {
  /** Linear: every gap is bounded, none is repeated. */
  readonly pattern: RegExp
  /** Says too little to know the program by; it counts only beside other lines of it. */
  readonly weak?: true
  /** May say something beside what another pattern found in the same line, as one flag of several. */
  readonly beside?: true
  /** Holds only where no other line says more, as a wrapper around the real reason. */
  readonly general?: true
}

/** The messages of one runtime or program. */
export interface MessageTable {
  readonly id: ToolId
  readonly label: string
  /** Words that every line of the table has at least one of, to pass over all other lines quickly. */
  readonly possible: RegExp
  readonly patterns: readonly MessagePattern[]
  /** Lines by which the account is that of a server: a stack frame that judges the certificate of a client. */
  readonly serverSide?: RegExp
  /** Lines between the messages of one account: stack frames, fields of an error object. */
  readonly between?: RegExp
}
