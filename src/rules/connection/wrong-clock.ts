/** RFC 5280 section 4.1.2.5: validity is judged by the clock of whoever judges; a wrong one makes good certificates bad. */
import { type ClockContradiction, clockContradiction } from '../clock.ts'
import type { CaptureContext } from '../context.ts'
import { type CaptureRule, fail, notApplicable, type Outcome, pass } from '../contract.ts'
import { nameAtDepth } from '../signals.ts'
import { dateText, distance, quoted, shellWord, targetOf } from '../words.ts'

export const wrongClock: CaptureRule = {
  scope: 'capture',
  meta: {
    slug: 'wrong-clock',
    title: 'The clock of the machine that judged the certificate is wrong.',
    why: 'It refuses certificates that are valid; nothing is to be changed on the server.',
    cause: true,
    explains: [9, 10],
    sources: ['RFC 5280 section 4.1.2.5', 'OpenSSL openssl-verification-options(1)'],
  },
  check(context) {
    if (context.capture.role === 'server') return notApplicable('the errors are about the certificate of the client')
    if (!context.codes.has(9) && !context.codes.has(10))
      return notApplicable('no client found a certificate out of date')
    const found = clockContradiction(context, 9) ?? clockContradiction(context, 10)
    return found ? failing(context, found) : pass
  },
}

function failing(context: CaptureContext, found: ClockContradiction): Outcome {
  const { code, entry, limit, error, witness } = found
  const { startTime } = context.capture
  const early = code === 9
  const name = entry?.subject ?? nameAtDepth(context, error.depth ?? 0)?.name
  return fail({
    severity: 'error',
    confidence: witness ? 'certain' : 'likely',
    owner: 'client',
    title: `The client takes the certificate ${name ? `${quoted(name)} ` : ''}for ${
      early ? 'not yet valid, although it is valid since' : 'expired, although it is valid until'
    } ${dateText(limit)}: its clock is ${early ? 'behind' : 'ahead'}.`,
    explanation: `${clocks(context, found)}\n\nSet the clock of that machine, and keep it set by NTP: virtual machines that were suspended, containers on such hosts and devices without a battery lose it.${
      witness
        ? ''
        : ' Look at its clock first; where it is right, the certificate that the client met is not the one that is judged here.'
    }`,
    evidence: [
      ...(entry ? [entry.span] : []),
      error.span,
      ...(error.date ? [error.date.span] : []),
      ...(startTime ? [startTime.span] : []),
      ...(witness ? [witness.span] : []),
    ],
    nextCommand: `date -u; curl -sI http://${shellWord(targetOf(context).host)}/ | grep -i '^date:'`,
    ...(entry?.certificate ? { certificate: entry.certificate.sha256 } : {}),
  })
}

/** Which clock says what. */
function clocks(context: CaptureContext, { code, limit, witness }: ClockContradiction): string {
  const { startTime } = context.capture
  const early = code === 9
  if (startTime && witness)
    return `The client wrote ${dateText(startTime.value)} into the paste. ${witness.who} has ${dateText(witness.value)}, ${distance(startTime.value, witness.value)} ${early ? 'later' : 'earlier'}.`
  if (startTime && (early ? startTime.value >= limit : startTime.value <= limit))
    return `The paste is stamped ${dateText(startTime.value)}, when the certificate was in date.`
  if (startTime)
    return `The client wrote ${dateText(startTime.value)} into the paste. That is ${distance(startTime.value, limit)} before the certificate began to be valid, and nobody can meet a certificate before it is issued; CAs date them back by hours, not ahead by days.`
  const young = early && context.input.now - limit < hours
  return `It is judged here at ${dateText(context.at)}.${young ? ' The paste may also have been made in the hours before the certificate began to be valid.' : ''}`
}

/** A paste is as a rule not older than that. */
const hours = 86_400_000
