import { newCapture } from '../capture.ts'
import type { Format } from '../format.ts'
import { readStatus, statusLine, tellingOf, withTelling } from '../http-answer.ts'
import type { Capture } from '../model.ts'

/** An HTTP answer pasted alone, as the error page of nginx or Kong's JSON, that says that TLS is the matter. */
export const answerPage: Format = {
  id: 'text',
  mark(line, seen) {
    if (tellingOf(line) !== undefined) return 'telling'
    // Alone a status line says nothing of TLS.
    return seen.has('telling') && statusLine.test(line) ? 'status' : undefined
  },
  startsNew: (mark, seen) => mark === 'status' && seen.has('telling'),
  acceptsPem: () => false,
  parse({ source, start, end, lines, command }) {
    let answer: Capture['answer']
    for (const line of lines) answer = withTelling(source, answer ?? readStatus(source, line), line)
    return [
      newCapture({
        document: source.document,
        span: source.span(start, end),
        tool: 'text',
        toolLabel: 'HTTP answer',
        kind: 'message',
        ...(answer ? { answer } : {}),
        ...(command ? { command } : {}),
      }),
    ]
  },
}
