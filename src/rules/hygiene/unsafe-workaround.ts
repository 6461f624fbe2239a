/** RFC 9325 section 6.1 (BCP 195): an application that does not verify the server is open to anybody between the two. */
import type { Span } from '../../core/span.ts'
import type { ReadDocument } from '../../input/model.ts'
import type { InputContext } from '../context.ts'
import { type Draft, fail, type InputRule, type Outcome, pass } from '../contract.ts'
import { advisedAgainst, advisesAgainst, type Workaround, workarounds } from './helpers.ts'

export const unsafeWorkaround: InputRule = {
  scope: 'input',
  meta: {
    slug: 'unsafe-workaround',
    title: 'Verification is switched off somewhere in the input.',
    why: 'It makes the error go away, and with it the protection: whoever is on the way can read and change everything. And it proves nothing, for such a client accepts any certificate.',
    cause: false,
    explains: [],
    sources: ['RFC 9325 section 6.1', 'RFC 8446 section 4.4.2.4'],
  },
  check,
}

/** Characters of a document that are searched: settings and commands stand among the first. */
const searchedCharacters = 2_000_000
/** Places that one finding points at. */
const shownPlaces = 20

interface Place {
  readonly span: Span
  /** The text around it tells people not to do it. */
  readonly advisedAgainst: boolean
}

function check(context: InputContext): Outcome {
  const drafts = workarounds.flatMap((workaround) => {
    const places = context.documents.flatMap((document) => placesIn(document, workaround))
    return places.length === 0 ? [] : [draft(workaround, places)]
  })
  return drafts.length === 0 ? pass : fail(...drafts)
}

function placesIn(document: ReadDocument, { pattern }: Workaround): Place[] {
  const text = document.text.slice(0, searchedCharacters)
  const places: Place[] = []
  for (const match of text.matchAll(pattern)) {
    const found = match[1] ?? match[0]
    const start = match.index + match[0].lastIndexOf(found)
    const end = start + found.length
    const line = text.slice(
      Math.max(text.lastIndexOf('\n', match.index) + 1, match.index - lineCharacters),
      match.index,
    )
    places.push({
      span: { document: document.index, start, end },
      advisedAgainst: advisesAgainst.test(line) || advisedAgainst.test(text.slice(end, end + lineCharacters)),
    })
    if (places.length >= shownPlaces) break
  }
  return places
}

/** Characters of a line that are read for advice against what stands in it. */
const lineCharacters = 200

function draft(workaround: Workaround, places: readonly Place[]): Draft {
  const real = places.filter((place) => !place.advisedAgainst)
  const hint = real.length === 0
  return {
    severity: hint ? 'info' : 'warning',
    confidence: hint ? 'hint' : 'certain',
    owner: workaround.owner,
    title: hint
      ? `The input mentions a way to switch verification off (${workaround.shown}).`
      : `Verification is switched off (${workaround.shown}), so whatever answers is accepted.`,
    explanation: `${
      hint
        ? 'The text around it advises against it, and rightly so.'
        : 'As a single try, to see which hop fails, it does no harm as long as no secret is sent. Left in place it gives every password and token to whoever is on the way, and that the connection works then says nothing of the certificate.'
    } Instead, ${workaround.instead}.`,
    evidence: (hint ? places : real).map(({ span }) => span),
  }
}
