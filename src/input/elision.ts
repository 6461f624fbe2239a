/** Lines with which people say that they left something out. What is not shown is not missing. */
import type { Span } from '../core/span.ts'
import type { MappedText } from './mapped-text.ts'
import type { Capture } from './model.ts'

/** Such a line has nothing else on it. Tags of HTML and names in brackets are none. */
const words = '(?:snip(?:ped)?|cut|omitted|truncated|redacted|removed|shortened|skipped|many more)'
const elided = new RegExp(
  `^[ \\t>|#]{0,12}(?:(?:\\.{3,12}|\\u2026|\\[ ?(?:\\.{2,6}|\\u2026) ?\\])|[[<({*-]{1,8} ?(?:\\.{2,4}|\\u2026)? ?(?:[\\w ]{0,30} )?${words}(?: [\\w ]{0,30})? ?(?:\\.{2,4}|\\u2026)? ?[\\])>}*-]{1,8}|-{2,20} ?(?:8<|>8) ?-{2,20})[ \\t]{0,4}$`,
  'i',
)

/** Characters of such a line at most. */
const longest = 80

/** Marks the connections that are not shown whole, with the place where it says so. */
export function markElided(captures: readonly Capture[], source: MappedText): Capture[] {
  const open = captures.some(({ kind, cut }) => kind === 'connection' && cut === undefined)
  const places = open ? elisionsIn(source) : []
  if (places.length === 0) return [...captures]
  let next = 0
  return captures.map((capture) => {
    while (next < places.length && (places[next] as Span).start < capture.span.start) next++
    const span = places[next]
    if (capture.kind !== 'connection' || capture.cut || !span || span.end > capture.span.end) return capture
    return { ...capture, cut: { reason: 'a part of it was left out', span } }
  })
}

function elisionsIn(source: MappedText): Span[] {
  const { text } = source
  const places: Span[] = []
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start)
    const end = newline === -1 ? text.length : newline
    if (end > start && end - start <= longest && elided.test(text.slice(start, end)))
      places.push(source.span(start, end))
    start = end + 1
  }
  return places
}
