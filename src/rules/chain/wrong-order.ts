/** RFC 5246 section 7.4.2: each certificate directly certifies the one before it. RFC 8446 section 4.4.2 lets receivers tolerate other orders. */

import type { CaptureContext } from '../context.ts'
import { type CaptureRule, fail, notApplicable, type Outcome, pass } from '../contract.ts'
import { quoted, server, showChainCommand } from '../words.ts'

export const wrongOrder: CaptureRule = {
  scope: 'capture',
  meta: {
    slug: 'wrong-order',
    title: 'The certificates are sent out of order.',
    why: 'OpenSSL and browsers sort them; some embedded, older Java and GnuTLS clients do not.',
    cause: true,
    explains: [],
    sources: ['RFC 5246 section 7.4.2', 'RFC 8446 section 4.4.2'],
  },
  check,
}

function check(context: CaptureContext): Outcome {
  const { order } = context
  if (context.supplement || context.served.length < 2) return notApplicable('fewer than two certificates')
  if (order.inOrder) return pass
  const strangers = new Set([...order.strangers, ...order.repeats])
  const relevant = context.served.filter((entry) => !strangers.has(entry))
  if (relevant.every((entry, index) => entry === order.ladder[index])) return pass
  const leafFirst = relevant[0] === order.ladder[0]
  const expected = order.ladder.map((entry, index) => `${index + 1}. ${quoted(entry.subject)}`).join('\n')
  const sent = relevant.map((entry, index) => `${index + 1}. ${quoted(entry.subject)}`).join('\n')
  return fail({
    severity: leafFirst ? 'warning' : 'error',
    confidence: 'certain',
    owner: 'server-operator',
    title: leafFirst
      ? `${server(context)} ${context.servedIs === 'file' ? 'has' : 'sends'} its certificates out of order.`
      : `${server(context)} does not begin with the leaf ${quoted((order.ladder[0] ?? context.served[0])?.subject ?? { rdns: [], key: '' })}.`,
    explanation: `Each certificate has to be followed by its issuer. The order is:\n${sent}\n\nIt has to be:\n${expected}${
      leafFirst
        ? '\n\nMost clients sort the certificates themselves, so this alone seldom explains a failure; strict clients reject it.'
        : '\n\nServers take the first certificate as their own: with this file they refuse to start, or present a CA certificate.'
    }`,
    evidence: relevant.map((entry) => entry.span),
    nextCommand: showChainCommand(context),
  })
}
