/** An HTTP answer in the output of a client, as far as it tells of TLS. */
import type { Line } from './lines.ts'
import type { MappedText } from './mapped-text.ts'
import type { Capture } from './model.ts'
import { lineSpan } from './printed.ts'

/**
 * Sentences by which servers say that TLS is the matter: nginx and what is built on it, Kong's mtls-auth, Apache, Go, HAProxy,
 * IIS, Cloudflare. They stand in titles, paragraphs and JSON.
 */
const telling: readonly RegExp[] = [
  /No required SSL certificate was sent/i,
  /The SSL certificate error/i,
  /The plain HTTP request was sent to HTTPS port/i,
  /(?:49[56] )?SSL [Cc]ertificate (?:[Ee]rror|[Rr]equired)/,
  /No required TLS certificate was sent/i,
  /TLS certificate failed verification/i,
  /You're speaking plain HTTP to an SSL-enabled server port/i,
  /Client sent an HTTP request to an HTTPS server/i,
  /HTTP Error 403\.(?:7|13|16|17)[^<"]{0,120}/i,
  /403\.7 - [^<"]{0,120}|requires? (?:a )?client certificate[^<"]{0,60}/i,
  /(?:Error )?52[56](?::|\b)[^<"]{0,12}(?:SSL handshake failed|Invalid SSL certificate)/i,
]

type Answer = NonNullable<Capture['answer']>

/** The status line of an answer; `marker` is what the tool puts before it. */
export const statusLine = /^\s{0,4}HTTP\/\d(?:\.\d)? (\d{3})(?:[ \t](.{0,200}))?$/

/** A first answer from its status line; undefined for another line. */
export function readStatus(source: MappedText, line: Line): Answer | undefined {
  const status = statusLine.exec(line.text.trimEnd())
  return status ? { status: Number(status[1]), text: line.text.trim(), span: lineSpan(source, line) } : undefined
}

/** The sentence on TLS in a line, when there is one. */
export function tellingOf(text: string): string | undefined {
  if (!/SSL|TLS|HTTPS?|403\.|certificate/i.test(text)) return undefined
  for (const pattern of telling) {
    const found = pattern.exec(text)
    if (found) return found[0].trim()
  }
  return undefined
}

/**
 * The answer with what a line of its body says of TLS. Without a status line (`curl -s` prints the body alone) the number in
 * the sentence counts, else 400.
 */
export function withTelling(source: MappedText, answer: Answer | undefined, line: Line): Answer | undefined {
  const words = tellingOf(line.text)
  if (words === undefined) return answer
  if (answer && tellingOf(answer.text) !== undefined) return answer
  const span = lineSpan(source, line)
  if (!answer) return { status: Number(/^(\d{3})\b/.exec(words)?.[1] ?? 400), text: words, span }
  return { status: answer.status, text: `${answer.text}: ${words}`, span }
}
