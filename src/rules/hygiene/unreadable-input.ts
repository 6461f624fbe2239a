/** Principle: nothing pasted vanishes silently; what was not understood is named with its place. */
import { whatIsReadText } from '../../core/what-is-read.ts'
import type { InputContext } from '../context.ts'
import { type Draft, fail, type InputRule, pass } from '../contract.ts'
import { isRequestBlock } from '../requests.ts'
import { shellWord } from '../words.ts'

export const unreadableInput: InputRule = {
  scope: 'input',
  meta: {
    slug: 'unreadable-input',
    title: 'A part of the input could not be read.',
    why: 'The verdict does not take it into account.',
    cause: false,
    explains: [],
    sources: ['RFC 7468'],
  },
  check(context) {
    // A block that is cut off has a rule of its own.
    const cut = new Set(
      context.captures.flatMap(({ capture }) =>
        capture.blocks.flatMap((block) => (block.truncated ? `${block.span.document}:${block.span.start}` : [])),
      ),
    )
    const drafts: Draft[] = context.documents.flatMap((document) =>
      document.skipped
        .filter(({ span }) => !cut.has(`${span.document}:${span.start}`))
        .slice(0, 20)
        .map((part) => ({
          severity: 'warning' as const,
          confidence: 'certain' as const,
          owner: 'reporter' as const,
          title: part.reason,
          explanation: document.locked ? lockedText : `In ${document.name}. Everything else was read.`,
          evidence: [part.span],
          ...(document.locked ? { nextCommand: `openssl pkcs12 -in ${shellWord(document.name)} -nokeys` } : {}),
        })),
    )
    for (const capture of context.captures) {
      for (const { block, error } of capture.undecoded.slice(0, 20)) {
        if (!error || isRequestBlock(block)) continue
        const what = error.looksLike ? `It is a ${error.looksLike}, not a certificate.` : error.message
        drafts.push({
          severity: 'warning',
          confidence: 'certain',
          owner: 'reporter',
          title: `The ${block.label} block is no readable certificate.`,
          explanation: `${what}${error.offset === undefined ? '' : ` Decoding stopped at byte ${error.offset}.`} Everything else was read.`,
          evidence: [block.span],
        })
      }
    }
    if (context.captures.length === 0) drafts.push(...nothingRead(context))
    return drafts.length === 0 ? pass : fail(...drafts)
  },
}

/** A key store; its name is in the title. */
const lockedText =
  'Type it where the page asks for it, or give it to the command line with --password. It is used to open the file, and kept nowhere. Or run the command below and paste what it prints: certificates alone.'

/** The whole text says nothing that is known here; an empty one is no fault. */
function nothingRead(context: InputContext): Draft[] {
  const document = context.documents.find(({ text }) => text.trim() !== '')
  if (!document) return []
  return [
    {
      severity: 'info',
      confidence: 'certain',
      owner: 'reporter',
      title: 'Nothing in the input is a certificate or the output of a tool that is read here.',
      explanation: `This is read: ${whatIsReadText}. Paste the output of the command below, from the machine where the failure is seen.`,
      evidence: [{ document: document.index, start: 0, end: Math.min(document.text.length, shownStart) }],
      nextCommand: 'openssl s_client -connect HOST:443 -servername HOST -showcerts </dev/null',
    },
  ]
}

/** Characters of an unread text that are quoted. */
const shownStart = 120
