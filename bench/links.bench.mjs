/**
 * Measures how long links get, for captures of twelve chains of the shape that public CAs issue, against their PEM
 * deflated without a dictionary (all in characters of base64url).
 * Usage: node bench/links.bench.mjs
 */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { openSources, root } from '../scripts/source-server.mjs'

const sources = await openSources()
const { load } = sources
const { inspect } = await load('inspect.ts')
const { findingsLink, inputLink } = await load('share/link.ts')
const { piecesOf, withoutNoise } = await load('share/pieces.ts')
const { sClientRun } = await load('input/testing/s-client.ts')
const { decodeCertificate } = await load('x509/decode.ts')
await sources.close()

const noIssuer = 'unable to verify the first certificate'
const parts = (name) => name.rdns.flat().map(({ type, value }) => [type, value])

/** What `openssl s_client -showcerts` of 3.0 prints of the chain, where the client does not know the root. */
function captureOf(blocks) {
  const sent = blocks.map((pem) => {
    const decoded = decodeCertificate(Buffer.from(pem.replace(/-----[^-]*-----|\s/g, ''), 'base64'))
    const { subject, issuer } = decoded.value
    const dates = { notBefore: 'Nov 24 18:20:00 2026 GMT', notAfter: 'Feb 22 18:20:00 2027 GMT' }
    return { subject: parts(subject), issuer: parts(issuer), pem, ...dates }
  })
  const step = { depth: 0, name: sent[0].subject }
  return sClientRun({
    generation: '3.0',
    chain: sent,
    showcerts: true,
    command:
      '$ openssl s_client -connect api.payments.example.com:443 -servername api.payments.example.com -showcerts </dev/null',
    steps: [
      { ...step, error: [20, 'unable to get local issuer certificate'] },
      { ...step, error: [21, noIssuer] },
      step,
    ],
    result: [21, noIssuer],
  })
}

const chains = readFileSync(path.join(root, 'src/share/testing/chains.txt'), 'utf8').split(/^# /m).slice(1)
const rows = []
for (const chain of chains) {
  const [title] = chain.split('\n')
  const blocks = chain.match(/-----BEGIN[\s\S]*?END CERTIFICATE-----/g)
  const documents = [{ name: 'paste', text: captureOf(blocks) }]
  const report = await inspect({ documents }, { now: Date.parse('2026-12-01T00:00:00Z') })
  const { status, cause, headline } = report.verdict
  const sender = { status, cause, headline, evaluatedAt: report.evaluatedAt, version: '0.1.0' }
  const pieces = piecesOf(documents, report)
  const known = () => undefined
  rows.push({
    chain: title,
    findings: (await findingsLink(report, '0.1.0')).length,
    'with certificates': (await inputLink('certificates', { documents: withoutNoise(pieces), sender }, known)).length,
    'whole input': (await inputLink('input', { documents: pieces, sender }, known)).length,
    'PEM deflated': Math.ceil((deflateRawSync(blocks.join('\n'), { level: 9 }).length * 4) / 3),
  })
}
console.table(rows)
