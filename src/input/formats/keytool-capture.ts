import { newCapture } from '../capture.ts'
import type { Segment } from '../format.ts'
import { inputLimits } from '../limits.ts'
import type { Line } from '../lines.ts'
import type { Capture, Failure, ListedCertificate } from '../model.ts'
import { withRole } from '../pem.ts'
import type { PemBlock } from '../pem-block.ts'
import { lineSpan } from '../printed.ts'
import { connectKind } from './curl-words.ts'
import { type Block, type Mutable, readCertificateLine } from './keytool-certificate.ts'
import { readNoout } from './x509-noout.ts'
import { readText } from './x509-text.ts'

/** An entry of a keystore, or all that stands outside of one. */
interface Entry {
  readonly start: number
  end: number
  readonly alias?: string
  type?: string
  length?: number
  readonly certificates: Mutable[]
}

interface Draft {
  readonly entries: Entry[]
  readonly failures: Failure[]
  /** The position of the certificate that is read, as printed. */
  position?: number
  current: Mutable | undefined
  block: Block
  /** `Certificate #0`: sent by a server, in the order sent. */
  sent: boolean
  /** The last certificate was printed to its end, as far as can be told. */
  whole: boolean
  extensions: boolean
}

/** Makes the captures of one run: what a server sent, the certificates of a file, or one for each entry of a keystore. */
export function parseKeytool(segment: Segment): Capture[] {
  const draft: Draft = {
    entries: [{ start: segment.start, end: segment.start, certificates: [] }],
    failures: [],
    current: undefined,
    block: undefined,
    sent: false,
    whole: false,
    extensions: false,
  }
  for (const line of segment.lines) readLine(segment, draft, line)
  // PEM blocks are not among the lines.
  for (const [index, entry] of draft.entries.entries())
    entry.end = (draft.entries[index + 1]?.start ?? segment.end + 1) - 1
  const { command } = segment
  const connects = draft.sent || command?.host !== undefined || / -sslserver\s/.test(command?.text ?? '')
  if (connects) return [connection(segment, draft)]
  const captures = [...keyEntries(segment, draft), ...trustEntries(segment, draft)]
  return captures.length > 0 ? captures : [capture(segment, draft, draft.entries[0] as Entry, 'keytool', [])]
}

function readLine(segment: Segment, draft: Draft, line: Line): void {
  const { source } = segment
  const text = line.text.trim()
  const alias = /^Alias name: (.{1,200})/.exec(text)?.[1]
  if (alias !== undefined) {
    if (draft.entries.length <= inputLimits.entries)
      draft.entries.push({
        start: line.start,
        end: line.end,
        alias: alias.trim(),
        certificates: [],
      })
    draft.current = undefined
  }
  const entry = draft.entries.at(-1) as Entry
  const type = /^Entry type: (\w{1,40})/.exec(text)
  if (type) entry.type = type[1] as string
  const length = /^Certificate chain length: (\d{1,4})/.exec(text)
  if (length) entry.length = Number(length[1])
  const heading = /^Certificate(?: #(\d{1,4})|\[(\d{1,4})\]:)$/.exec(text)
  if (heading) {
    draft.sent ||= heading[1] !== undefined
    draft.position = heading[1] === undefined ? Number(heading[2]) - 1 : Number(heading[1])
    draft.current = undefined
    draft.whole = false
    draft.extensions = false
    return
  }
  if (/^(?:Owner: )/.test(text)) {
    draft.current = { span: lineSpan(source, line), position: draft.position ?? entry.certificates.length }
    draft.block = undefined
    draft.extensions = false
    if (entry.certificates.length < inputLimits.entries) entry.certificates.push(draft.current)
    delete draft.position
  }
  // Behind the version come extensions, each with a heading; a certificate of version 1 has none.
  draft.whole = /^Version: \d$/.test(text) || (draft.extensions && !/^(?:Extensions:|#\d{1,3}: ObjectId)/.test(text))
  draft.extensions = draft.extensions ? !/^(?:Owner: |Alias name: |\*{20})/.test(text) : /^Extensions:/.test(text)
  if (draft.current) draft.block = readCertificateLine(source, draft.current, line, draft.block)
  const error = /^keytool error: (.{1,400})/.exec(text)
  if (error) draft.failures.push({ kind: kindOf(error[1] as string), text, span: lineSpan(source, line) })
}

function kindOf(text: string): Failure['kind'] {
  if (/UnknownHostException/.test(text)) return 'dns'
  if (/ConnectException|SocketTimeoutException|NoRouteToHost/.test(text)) return connectKind(text)
  // "No certificate from the SSL server" is said of a port that refuses and of one that does not speak TLS alike.
  return 'other'
}

/** What `-printcert -sslserver` got. It prints everything that was sent, in that order, but no line that ends it. */
function connection(segment: Segment, draft: Draft): Capture {
  const { source, command, pem } = segment
  const list = draft.entries.flatMap(({ certificates }) => certificates).filter((entry) => entry.subject)
  const whole =
    draft.whole &&
    command !== undefined &&
    command.pipes.length === 0 &&
    list.every((entry, index) => entry.position === index)
  const piped = command?.pipes.length ? [...readNoout(segment), ...readText(segment)] : []
  return newCapture({
    document: source.document,
    span: source.span(segment.start, segment.end),
    tool: 'keytool',
    toolLabel: 'keytool -printcert -sslserver',
    kind: 'connection',
    blocks: pem.map(({ block }) => withRole(block, 'server')),
    chainList: list,
    chainListComplete: list.length > 0 && whole,
    printed: piped,
    failures: draft.failures,
    ...(command ? { command } : {}),
  })
}

/** A key and its chain: what a server with this keystore sends. */
function keyEntries(segment: Segment, draft: Draft): Capture[] {
  return draft.entries
    .filter((entry) => entry.type !== 'trustedCertEntry' && entry.type !== 'SecretKeyEntry')
    .filter((entry) => entry.certificates.length > 0 || blocksOf(segment, entry).length > 0)
    .map((entry) => {
      const label =
        entry.alias === undefined ? 'keytool' : `keytool, entry "${entry.alias}"${entry.type ? ` (${entry.type})` : ''}`
      return capture(segment, draft, entry, label, entry.certificates)
    })
}

/** The trusted certificates of a store belong together, and are no chain. */
function trustEntries(segment: Segment, draft: Draft): Capture[] {
  const trusted = draft.entries.filter(
    (entry) => entry.type === 'trustedCertEntry' && entry.certificates.length + blocksOf(segment, entry).length > 0,
  )
  const [first] = trusted
  if (!first) return []
  const all: Entry = {
    ...first,
    end: trusted.at(-1)?.end ?? first.end,
    certificates: trusted.flatMap(({ certificates }) => certificates),
  }
  const blocks = trusted.flatMap((entry) => blocksOf(segment, entry))
  const label =
    trusted.length === 1
      ? `keytool, entry "${first.alias}" (trustedCertEntry)`
      : `keytool, ${trusted.length} trusted entries`
  return [capture(segment, draft, all, label, all.certificates, blocks)]
}

const blocksOf = ({ pem }: Segment, { start, end }: Entry): readonly PemBlock[] =>
  pem.filter((block) => block.start >= start && block.start <= end)

function capture(
  segment: Segment,
  draft: Draft,
  entry: Entry,
  toolLabel: string,
  printed: readonly ListedCertificate[],
  blocks: readonly PemBlock[] = blocksOf(segment, entry),
): Capture {
  const { source, command } = segment
  return newCapture({
    document: source.document,
    span: source.span(entry.start, Math.max(entry.start, entry.end)),
    tool: 'keytool',
    toolLabel,
    kind: 'file',
    blocks: blocks.map(({ block }) => withRole(block, 'loose')),
    printed,
    failures: draft.failures,
    ...(command ? { command } : {}),
  })
}
