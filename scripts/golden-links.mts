/**
 * Makes the golden links of the version that is written now, in `src/share/golden/`. Those of earlier versions stay as
 * they are: a test opens every one of them.
 *
 * Usage: npx tsx scripts/golden-links.mts
 */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { inspect } from '../src/inspect.ts'
import { bundle, noIssuer, sClient, toShop } from '../src/rules/testing/helpers/capture.ts'
import { findingsLink, inputLink } from '../src/share/link.ts'
import { piecesOf } from '../src/share/pieces.ts'

const documents = [
  { name: 'paste', text: sClient({ command: toShop, sent: ['shop'], errors: noIssuer }) },
  { name: 'chain.pem', text: bundle('issuing', 'root') },
]
const report = await inspect({ documents }, { now: Date.parse('2026-12-01T12:00:00Z') })
const { status, cause, headline } = report.verdict
const sender = { status, cause, headline, evaluatedAt: report.evaluatedAt, version: '0.1.0' }
const input = { documents: piecesOf(documents, report), host: 'shop.example', sender }
const known = () => undefined
const sealing = { passphrase: 'golden', random: (length: number) => crypto.getRandomValues(new Uint8Array(length)) }

const links = {
  findings: await findingsLink(report, '0.1.0'),
  certificates: await inputLink('certificates', input, known),
  input: await inputLink('input', input, known),
  encrypted: await findingsLink(report, '0.1.0', sealing),
}
for (const [kind, fragment] of Object.entries(links))
  writeFileSync(fileURLToPath(new URL(`../src/share/golden/1-${kind}.txt`, import.meta.url)), `${fragment}\n`)
writeFileSync(
  fileURLToPath(new URL('../src/share/golden/1-expected.json', import.meta.url)),
  `${JSON.stringify({ status, cause, headline, findings: report.findings.map(({ rule }) => rule), documents }, null, 2)}\n`,
)
