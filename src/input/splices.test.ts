import { beforeAll, describe, expect, it } from 'vitest'
import type { ReadDocument } from './model.ts'
import { normalise } from './normalise.ts'
import { findPem } from './pem.ts'
import { manglings } from './testing/mangle.ts'
import { names } from './testing/names.ts'
import { failedVerify, nooutFacts, textDump } from './testing/other-tools.ts'
import { crlPem, issuingPem, leafPem, requestPem, rootPem } from './testing/pki.ts'
import { numbers } from './testing/random.ts'
import { read, spansOf } from './testing/reading.ts'
import { missingIssuerSteps, sClientRun } from './testing/s-client.ts'
import { briefRun, emptyRun } from './testing/s-client-short.ts'

const pieces: readonly string[] = [
  ...(['0.9.8', '1.0.2', '1.1.1', '3.0', '3.5', 'libressl'] as const).map((generation) =>
    sClientRun({ generation, showcerts: true }),
  ),
  sClientRun({
    generation: '3.0',
    steps: missingIssuerSteps,
    order: 'stderr-first',
    command: '$ openssl s_client -connect a.example:443 \\\n  -showcerts',
  }),
  sClientRun({ generation: '3.0', status: 'stapled', clientCertificate: 'asked' }),
  briefRun('3.5', 'certificate has expired'),
  emptyRun('3.0', '40A7:error:0A00010B:SSL routines:f:wrong version number:x.c:1:'),
  failedVerify('3.5', 'a.pem', 20, 'unable to get local issuer certificate'),
  nooutFacts('old', names.leaf, names.issuing),
  textDump('new', names.leaf, names.issuing),
  leafPem + issuingPem + rootPem,
  requestPem + crlPem,
  JSON.stringify({ chain: leafPem + issuingPem }),
  `ca.crt: ${btoa(leafPem + issuingPem)}\n`,
  leafPem.split('\n').slice(1, -2).join('\n'),
  'connect: Connection refused\nconnect:errno=111\n',
  'Some words of a mail, with nothing in them.\n\n',
]

/** Stretches of the pieces in any order, cut anywhere, and mangled. */
function splice(seed: number): string {
  const next = numbers(seed)
  const parts = Array.from({ length: 1 + next(6) }, () => {
    const piece = pieces[next(pieces.length)] as string
    const from = next(3) === 0 ? next(piece.length) : 0
    const to = next(3) === 0 ? from + next(piece.length - from + 1) : piece.length
    return piece.slice(from, to)
  })
  const text = parts.join(next(2) === 0 ? '\n' : '')
  const mangling = manglings[next(manglings.length)]
  return next(2) === 0 || !mangling ? text : mangling.apply(text)
}

describe('splices of valid captures', () => {
  /** Each is read once for all tests; more are tried with WEAKLINK_SPLICES. */
  let spliced: readonly { readonly seed: number; readonly text: string; readonly document: ReadDocument }[] = []
  const count = Number(process.env.WEAKLINK_SPLICES ?? 400)

  beforeAll(
    () => {
      spliced = Array.from({ length: count }, (_, seed) => {
        const text = splice(seed)
        return { seed, text, document: read(text) }
      })
    },
    60_000 + count * 50,
  )

  it('never throw, and every place is inside of the text', () => {
    for (const { seed, text, document } of spliced) {
      for (const span of spansOf([document.captures, document.secrets, document.skipped])) {
        const fine = span.document === 0 && span.start >= 0 && span.start <= span.end && span.end <= text.length
        if (!fine) throw new Error(`seed ${seed}: span ${span.start}-${span.end} of ${text.length}`)
      }
    }
  })

  it('lose no block: each is one of a capture', () => {
    for (const { seed, text, document } of spliced) {
      const { source } = normalise(text, 0)
      const found = findPem(source).map(({ block }) => `${block.label} ${block.span.start}-${block.span.end}`)
      const blocks = document.captures.flatMap((capture) => capture.blocks)
      const kept = blocks.map((block) => `${block.label} ${block.span.start}-${block.span.end}`)
      expect(kept.sort(), `seed ${seed}`).toEqual(found.sort())
    }
  })

  it('lose no BEGIN line: each lies in a block', () => {
    for (const { seed, text, document } of spliced) {
      const blocks = document.captures.flatMap((capture) => capture.blocks)
      for (const match of text.matchAll(/-----BEGIN [A-Z0-9 ]+-----(?:\r?\n|\r|\\n)/g)) {
        const inside = blocks.some(({ span }) => span.start <= match.index && match.index < span.end)
        if (!inside) throw new Error(`seed ${seed}: ${text.slice(match.index, match.index + 80)}`)
      }
    }
  })

  it('have captures in the order of the text that do not overlap', () => {
    for (const { seed, document } of spliced) {
      const { captures } = document
      captures.forEach((capture, index) => {
        const before = captures[index - 1]
        if (before && before.span.end > capture.span.start)
          throw new Error(`seed ${seed}: capture ${index} begins inside of the one before`)
      })
    }
  })

  it('read the same twice', () => {
    for (const { seed, document } of spliced.slice(0, 40)) expect(read(splice(seed))).toEqual(document)
  })
})
