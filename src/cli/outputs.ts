/** What the command prints in place of the report: a link, or the chain in the right order. */
import { chainToRepair } from '../fixes/repair.ts'
import { redact, redactionClasses } from '../report/redact.ts'
import type { Report } from '../report/types.ts'
import { findingsLink, inputLink } from '../share/link.ts'
import { piecesOf, type ReportedDocument } from '../share/pieces.ts'
import { rootBySha256 } from '../trust/roots.ts'
import type { Arguments } from './args.ts'

declare const __VERSION__: string

/** The report, without what names anybody when that was asked for. */
export const redacted = (report: Report, { redact: asked }: Arguments): Report =>
  asked ? redact(report, new Set(redactionClasses)).report : report

export interface Repaired {
  readonly pem: string
  /** A line each for what is missing. */
  readonly notes: readonly string[]
}

/** @returns undefined when there is no chain to put in order */
export function repairedText(report: Report): Repaired | undefined {
  const chain = chainToRepair(report)
  if (!chain) return undefined
  const notes = chain.missing.map(
    ({ name, url }) => `${name} is missing${url === undefined ? '' : `; it can be fetched from ${url}`}`,
  )
  return { pem: chain.pem, notes }
}

/** A link with certificates, which is judged again where it is opened; redacted, with the findings alone. */
export async function linkText(
  report: Report,
  documents: readonly ReportedDocument[],
  args: Arguments,
): Promise<string> {
  const base = args.linkBase ?? ''
  if (args.redact) return `${base}#${await findingsLink(redacted(report, args), __VERSION__)}`
  const { status, cause, headline } = report.verdict
  const sender = { status, cause, headline, evaluatedAt: report.evaluatedAt, version: __VERSION__ }
  const pieces = piecesOf(documents, report)
  const host = args.host === undefined ? {} : { host: args.host }
  const known = (sha256: string) => rootBySha256(sha256)?.der
  return `${base}#${await inputLink('certificates', { documents: pieces, sender, ...host }, known)}`
}
