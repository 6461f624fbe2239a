/** Puts lines together that tell of one failure: a stack trace, an error object, a loop that tries again. */
import type { Line } from '../../lines.ts'
import type { MappedText } from '../../mapped-text.ts'
import { factsOf, type LineFacts } from './facts.ts'
import { addressesIn, type Place, placeIn, promptLine } from './hosts.ts'
import type { MessageTable } from './pattern.ts'

export interface Incident {
  start: number
  end: number
  /** It starts with a command line. */
  readonly prompted: boolean
  readonly facts: LineFacts[]
  readonly keys: Set<string>
  host?: PlaceOnLine
  address?: PlaceOnLine
  proxy?: PlaceOnLine
  port?: number
  /** Hosts of addresses (URL) around the message, by name: believed when there is only one. */
  readonly around: Map<string, PlaceOnLine>
  serverSide: boolean
  /** How often the failure is told. */
  times: number
}

export interface PlaceOnLine extends Place {
  readonly line: Line
}

/** Lines kept as evidence of one incident: a loop that tried a thousand times is shown by its first tries. */
const maximumFacts = 20
/** Hosts around a message that are told apart; with more than one none is believed. */
const maximumAround = 4

/** Lines that go on with what the line before began. */
const goesOn =
  /^\s|^(?:Caused by|Suppressed|Wrapped by|Nested exception|}|\]|-{2,4}>|Inner ?[Ee]xception|InnerException|Details?:)/

/** The failures that the lines of a segment tell of, each once. */
export function incidentsOf(source: MappedText, lines: readonly Line[], table: MessageTable): Incident[] {
  const all: Incident[] = []
  let current = fresh(lines[0])
  for (const line of lines) {
    if (promptLine.test(line.text)) {
      close()
      current = fresh(line, true)
      noteAddresses(current, line)
    }
    const facts = factsOf(source, line, table)
    if (facts) {
      if (isAnother(current, facts)) {
        close()
        current = fresh(line)
      }
      take(current, facts)
    } else {
      if (table.serverSide?.test(line.text)) current.serverSide = true
      const place = placeIn(line.text)
      if (place) {
        if (current.facts.length > 0 && differs(current.host, place)) {
          close()
          current = fresh(line)
        }
        settle(current, place, line)
      } else noteAddresses(current, line)
      if (current.facts.length > 0 && table.between?.test(line.text)) current.end = line.end
    }
  }
  close()
  return merge(all)

  function close(): void {
    if (current.facts.length > 0) all.push(current)
  }
}

function fresh(line: Line | undefined, prompted = false): Incident {
  return {
    prompted,
    start: line?.start ?? 0,
    end: line?.end ?? 0,
    facts: [],
    keys: new Set(),
    around: new Map(),
    serverSide: false,
    times: 0,
  }
}

const differs = (known: Place | undefined, place: Place | undefined): boolean =>
  known?.host !== undefined &&
  place?.host !== undefined &&
  (known.host.toLowerCase() !== place.host.toLowerCase() ||
    (known.port !== undefined && place.port !== undefined && known.port !== place.port))

/** Does the line tell of another failure than the lines so far? */
function isAnother(current: Incident, facts: LineFacts): boolean {
  if (current.facts.length === 0) return false
  if (differs(current.host, facts.place)) return true
  if (facts.general || goesOn.test(facts.line.text) || facts.keys.every((key) => current.keys.has(key))) return false
  return current.keys.size > 0
}

function take(incident: Incident, facts: LineFacts): void {
  const { line } = facts
  if (incident.facts.length === 0 && !incident.prompted) incident.start = line.start
  incident.end = line.end
  incident.times++
  const last = incident.facts.at(-1)
  // Of a chain of causes the deepest counts; those above only wrap it.
  const deeper = last && goesOn.test(line.text) && !facts.general && sameKeys(last, facts)
  if (deeper) incident.facts[incident.facts.length - 1] = richer(last, facts)
  else if (incident.facts.length < maximumFacts) incident.facts.push(facts)
  if (deeper) incident.times--
  if (!facts.general) for (const key of facts.keys) incident.keys.add(key)
  if (facts.place) settle(incident, facts.place, line)
}

const sameKeys = (a: LineFacts, b: LineFacts): boolean =>
  a.keys.length === b.keys.length && a.keys.every((key, index) => key === b.keys[index])

/** The deeper line, unless the one above has the names or dates and it has not. */
const richer = (above: LineFacts, deeper: LineFacts): LineFacts =>
  above.errors.some(hasDetails) && !deeper.errors.some(hasDetails) ? above : deeper

const hasDetails = ({ mismatch, date, candidate }: LineFacts['errors'][number]): boolean =>
  mismatch !== undefined || date !== undefined || candidate !== undefined

function settle(incident: Incident, place: Place, line: Line): void {
  const found = { ...place, line }
  if (place.host !== undefined) {
    if (incident.host === undefined || (incident.host.port === undefined && !differs(incident.host, place)))
      incident.host = found
  }
  if (place.address !== undefined) incident.address ??= found
  if (place.proxy !== undefined) incident.proxy ??= found
  if (place.port !== undefined) incident.port ??= place.port
}

function noteAddresses(incident: Incident, line: Line): void {
  for (const place of addressesIn(line.text)) {
    const key = `${place.host?.toLowerCase()}:${place.port}`
    if (incident.around.size < maximumAround && !incident.around.has(key)) incident.around.set(key, { ...place, line })
  }
}

/** Joins what tells of the same failure at the same place, in the order of first appearance. */
function merge(all: readonly Incident[]): Incident[] {
  const merged: Incident[] = []
  const known = new Map<string, Incident>()
  for (const incident of all) {
    const keys = [...incident.keys].sort().join(' ')
    const host = hostOf(incident)
    const before = merged.at(-1)
    const same =
      known.get(`${keys}@${host}`) ??
      (before && (host === '' || hostOf(before) === '') && goesWith(before, keys) ? before : undefined)
    if (same) join(same, incident)
    else merged.push(incident)
    const kept = same ?? incident
    known.set(`${keys}@${hostOf(kept)}`, kept)
  }
  return merged
}

const goesWith = (before: Incident, keys: string): boolean => keys === '' || [...before.keys].sort().join(' ') === keys

/** The place an incident is known by; empty when only an IP address, or nothing, is known. */
function hostOf(incident: Incident): string {
  const place = incident.host ?? onlyOne(incident)
  if (place?.host !== undefined) return `${place.host.toLowerCase()}:${place.port ?? incident.port ?? ''}`
  return ''
}

/** The host of the addresses around the message, when they agree. */
export function onlyOne({ around }: Incident): PlaceOnLine | undefined {
  return around.size === 1 ? [...around.values()][0] : undefined
}

function join(into: Incident, from: Incident): void {
  into.end = Math.max(into.end, from.end)
  into.times += from.times
  for (const facts of from.facts) if (into.facts.length < maximumFacts) into.facts.push(facts)
  for (const key of from.keys) into.keys.add(key)
  for (const [key, place] of from.around) if (into.around.size < maximumAround) into.around.set(key, place)
  if (from.host && (into.host === undefined || into.host.port === undefined)) into.host = from.host
  if (from.address) into.address ??= from.address
  if (from.proxy) into.proxy ??= from.proxy
  if (from.port !== undefined) into.port ??= from.port
  if (from.serverSide) into.serverSide = true
}
