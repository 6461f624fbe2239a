/** Clocks in a paste: that of the client by which it judged, and those of others that tell whether it is right. */
import { type UnixMs, unixMs } from '../core/brand.ts'
import type { Span } from '../core/span.ts'
import type { VerifyError } from '../input/model.ts'
import type { CaptureContext, ServedEntry } from './context.ts'
import { depthOf, notAfterOf, notBeforeOf } from './signals.ts'

/** A time that another machine than the client wrote into the paste. */
export interface OtherClock {
  readonly value: UnixMs
  readonly span: Span
  readonly who: string
}

/** The client calls a certificate out of date (9: not yet valid, 10: expired) that is in date by other clocks. */
export interface ClockContradiction {
  readonly code: 9 | 10
  readonly entry?: ServedEntry
  /** Where its validity begins (9) or ends (10). */
  readonly limit: UnixMs
  readonly error: Pick<VerifyError, 'span' | 'date' | 'depth'>
  /** The clock that proves it. */
  readonly witness?: OtherClock
}

const day = 86_400_000
/** CAs date certificates back by hours, never ahead by days: a client whose clock is further behind has a wrong one. */
const datedAhead = 2 * day

export function clockContradiction(context: CaptureContext, code: 9 | 10): ClockContradiction | undefined {
  if (context.capture.role === 'server' || !context.codes.has(code)) return undefined
  const error = errorOf(context, code)
  const depth = error?.depth ?? (code === 9 ? (depthOf(context, 9) ?? 0) : undefined)
  const entry = depth === undefined ? undefined : context.order.ladder[depth]
  const own = entry && (code === 9 ? notBeforeOf(entry) : notAfterOf(entry))
  const limit = error?.date?.value ?? own
  if (error === undefined || limit === undefined) return undefined
  const clock = context.capture.startTime?.value
  const now = context.atReason === 'option' ? context.at : context.input.now
  const found = { code, limit, error, ...(entry ? { entry } : {}) }
  const inDate = (time: UnixMs) => (code === 9 ? time >= limit : time <= limit)
  if (clock === undefined) return inDate(now) ? found : undefined
  if (inDate(clock)) return found
  const witness = otherClock(context, code)
  if (witness && inDate(witness.value)) return { ...found, witness }
  return code === 9 && inDate(now) && limit - clock >= datedAhead ? found : undefined
}

function errorOf({ capture }: CaptureContext, code: number): Pick<VerifyError, 'span' | 'date' | 'depth'> | undefined {
  const { verifyErrors, verifyResult } = capture
  const found = verifyErrors.find((error) => error.code === code)
  return found ?? (verifyResult?.code === code ? { span: verifyResult.span } : undefined)
}

/** RFC 9110 section 5.6.7: `Tue, 24 Nov 2026 16:01:30 GMT`. */
const httpDate =
  /^[ \t<*]{0,6}date:[ \t]{0,4}[A-Z][a-z]{2}, (\d{2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) GMT/im
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** Characters of a capture in which the date of an HTTP answer is looked for. */
const searchedCharacters = 200_000

/**
 * The clock of the server (the Date of its answer); else, for a certificate that is called too young, that of a public log
 * that saw it being issued.
 */
function otherClock(context: CaptureContext, code: 9 | 10): OtherClock | undefined {
  const { document, start, end } = context.capture.span
  const text = context.input.documents[document]?.text.slice(start, Math.min(end, start + searchedCharacters)) ?? ''
  const match = httpDate.exec(text)
  if (match) {
    const [, dayOfMonth, month, year, ...rest] = match
    const [hour, minute, second] = rest.map(Number)
    const time = Date.UTC(Number(year), months.indexOf(month as string), Number(dayOfMonth), hour, minute, second)
    const from = start + match.index
    return {
      value: unixMs(time),
      span: { document, start: from, end: from + match[0].length },
      who: 'The answer of the server',
    }
  }
  const { leaf } = context
  const logged = code === 9 ? leaf?.certificate?.scts.map(({ time }) => time).sort((a, b) => b - a)[0] : undefined
  if (logged === undefined || !leaf) return undefined
  return { value: logged, span: leaf.span, who: 'The timestamp that a public log signed for the certificate' }
}
