/** Makes and opens links in the worker: compression, key derivation and trust data stay off the page's thread. */
import { inspect } from '../inspect.ts'
import type { Report } from '../report/types.ts'
import { findingsLink, inputLink, type Opened, openLink, type Sealing } from '../share/link.ts'
import { piecesOf, textsOf, withoutNoise } from '../share/pieces.ts'
import type { PiecedDocument } from '../share/shared-input.ts'
import { rootBySha256 } from '../trust/roots.ts'
import type { LinkAnswer, MakeLink, OpenLink } from './link-messages.ts'

const known = (sha256: string): Uint8Array | undefined => rootBySha256(sha256)?.der

const sealing = (passphrase: string | undefined): Sealing | undefined =>
  passphrase === undefined || passphrase === ''
    ? undefined
    : { passphrase, random: (length) => crypto.getRandomValues(new Uint8Array(length)) }

export async function makeLink({ kind, report, documents, host, passphrase, version }: MakeLink): Promise<LinkAnswer> {
  const seal = sealing(passphrase)
  if (kind === 'findings') return { ok: true, fragment: await findingsLink(report, version, seal) }
  const { status, cause, headline } = report.verdict
  const sender = { status, cause, headline, evaluatedAt: report.evaluatedAt, version }
  const whole = piecesOf(documents, report)
  const pieces = kind === 'certificates' ? await smallest(whole, report, host) : whole
  const fragment = await inputLink(kind, { documents: pieces, sender, ...(host ? { host } : {}) }, known, seal)
  return { ok: true, fragment }
}

/** Without the lines that no judgement rests on, if the judgement is the same without them. */
async function smallest(
  whole: readonly PiecedDocument[],
  report: Report,
  host: string | undefined,
): Promise<readonly PiecedDocument[]> {
  const less = withoutNoise(whole)
  const at = Date.parse(report.evaluatedAt)
  const options = { now: at, ...(report.evaluatedAtReason === 'option' ? { at } : {}), ...(host ? { host } : {}) }
  const again = await inspect({ documents: textsOf(less) }, options)
  return judgement(again) === judgement(report) ? less : whole
}

/** What has to stay the same. Secrets are taken out of links, so the finding on them goes. */
const judgement = ({ verdict, findings }: Report): string =>
  JSON.stringify([
    verdict.status,
    verdict.cause,
    verdict.headline,
    findings
      .filter(({ rule }) => rule !== 'secret-in-paste')
      .map(({ rule, severity, title }) => [rule, severity, title]),
  ])

export async function openFragment({ fragment, passphrase }: OpenLink): Promise<LinkAnswer> {
  const opened = await openLink(fragment, known, passphrase)
  return opened.ok ? { ok: true, opened: opened.value satisfies Opened } : { ok: false, fault: opened.error }
}
