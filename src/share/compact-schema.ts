/**
 * The findings as tuples, version 1: what each place of a tuple holds, and what is let in from outside. Later versions
 * append; nothing is ever moved. `0` stands for what is absent.
 */
import * as v from 'valibot'
import { shareLimits } from './limits.ts'

const text = v.pipe(v.string(), v.maxLength(shareLimits.textCharacters))
const count = v.pipe(v.number(), v.integer(), v.minValue(-1), v.maxValue(1_000_000))
/** Seconds since 1970; the years 1 to 9999. */
const seconds = v.pipe(v.number(), v.integer(), v.minValue(-62_135_596_800), v.maxValue(253_402_300_799))
const flag = v.picklist([0, 1])
const orAbsent = <const S extends v.GenericSchema>(schema: S) => v.union([v.literal(0), schema])
const list = <const S extends v.GenericSchema>(schema: S) => v.pipe(v.array(schema), v.maxLength(shareLimits.entries))

/** Index into one of the word lists of {@link ./words.ts}. */
const word = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100))

/** status, cause, headline, owner, hop, index of the leading finding or -1. */
export const verdict = v.looseTuple([word, text, text, word, orAbsent(text), count])

/** role, name, subject, source, missing, link, position or -1, notes, url. */
export const rung = v.looseTuple([word, text, text, word, flag, word, count, list(text), orAbsent(text)])

/** tool, label, host, port, server name (1: none was sent), hop, reason of the hop, protocol, command. */
const connection = v.looseTuple([
  text,
  text,
  orAbsent(text),
  count,
  v.union([v.literal(0), v.literal(1), text]),
  orAbsent(text),
  orAbsent(text),
  orAbsent(text),
  orAbsent(text),
])

/** connection, instant, its reason, the tool's word (code or -1, text, ok), number of certificates sent, verdict (0: that of the whole), chain. */
export const capture = v.looseTuple([
  connection,
  seconds,
  word,
  orAbsent(v.looseTuple([count, text, flag])),
  count,
  orAbsent(verdict),
  list(rung),
])

/** rule, severity, confidence, title, explanation, owner, capture or -1, quotes, next command. */
export const finding = v.looseTuple([text, word, word, text, text, word, count, list(text), orAbsent(text)])

/** Digits and letters, one for each client. */
const digits = v.pipe(v.string(), v.regex(/^[0-9a-z]*$/), v.maxLength(shareLimits.entries))

/** capture, names of clients (a line each), whether they trust it (a digit each), reasons, which of them (a digit in base 36 each). */
export const client = v.looseTuple([count, text, digits, list(text), digits])

/** instant, its reason, verdict, captures, findings, clients, trust data, version of the program. */
export const compactReport = v.looseTuple([
  seconds,
  word,
  verdict,
  list(capture),
  list(finding),
  list(client),
  text,
  text,
])

export type CompactReport = v.InferOutput<typeof compactReport>
export type CompactVerdict = v.InferOutput<typeof verdict>
export type CompactRung = v.InferOutput<typeof rung>
export type CompactCapture = v.InferOutput<typeof capture>
export type CompactFinding = v.InferOutput<typeof finding>
