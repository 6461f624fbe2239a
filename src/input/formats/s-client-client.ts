/** Reads the section of `s_client` on client certificates. */
import type { Segment } from '../format.ts'
import { inputLimits } from '../limits.ts'
import type { Line } from '../lines.ts'
import { printedName } from '../printed.ts'
import type { Draft } from './s-client-draft.ts'

/** The list of names has no end of its own: it ends where one of these begins. */
const listEnd =
  /^\s*(?:Client Certificate Types:|Requested Signature|Shared |Peer |Server Temp Key|Negotiated|SSL handshake|No client certificate|-{3}|<<<|>>>|SSL_connect:|[0-9A-F]{6,}:error:|Verification|depth=|CONNECTED)/

/** What CAs print between them is a name, in any style. */
const name = /^\s*(?:\/[A-Za-z][\w.-]{0,40}=|[A-Za-z][\w.]{0,60}\s{0,40}= ?|[\d.]{5,80} ?= ?)/

/**
 * Reads a line of the section.
 * @returns true when the list of accepted CAs begins or goes on
 */
export function readClientAuth({ source }: Segment, draft: Draft, inList: boolean, line: Line): boolean {
  const { text } = line
  if (/^\s*Acceptable client certificate CA names/.test(text)) {
    draft.requested ??= line
    return true
  }
  if (inList && !listEnd.test(text)) {
    const found = name.test(text)
    if (found && draft.acceptableCas.length < inputLimits.entries)
      draft.acceptableCas.push(printedName(source, line, 0))
    // Mail programs break long lines.
    return true
  }
  const types = /^\s*Client Certificate Types: (.{1,400})/.exec(text)
  const algorithms = /^\s*(Shared )?Requested Signature Algorithms: (.{1,2000})/.exec(text)
  if (types || algorithms) draft.requested ??= line
  if (types) note(draft, line, (types[1] as string).split(/, /))
  if (algorithms && algorithms[1] === undefined) note(draft, line, (algorithms[2] as string).split(':'))
  if (/^\s*No client certificate CA names sent/.test(text)) draft.noRequest ??= line
  return false
}

function note({ algorithms }: Draft, line: Line, values: readonly string[]): void {
  if (algorithms.length < 2)
    algorithms.push({ line, values: values.map((value) => value.trim()).slice(0, inputLimits.entries) })
}
